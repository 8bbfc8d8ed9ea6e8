import Manifests
import Model

enum NamespaceHealth {
    static func health(_ object: Live) -> Health {
        object.status["phase"]?.string == "Terminating" ? Health(.progressing, "It is being deleted.") : .healthy
    }
}
