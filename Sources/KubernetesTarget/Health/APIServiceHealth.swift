import Manifests
import Model

enum APIServiceHealth {
    static func health(_ object: Live) -> Health {
        guard let available = object.condition("Available") else { return Health(.progressing, "It has not been tried yet.") }
        return available.status == "True" ? .healthy : Health(.progressing, available.why)
    }
}
