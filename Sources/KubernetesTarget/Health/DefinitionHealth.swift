import Manifests
import Model

enum DefinitionHealth {
    static func health(_ object: Live) -> Health {
        if let names = object.condition("NamesAccepted"), names.status == "False" { return Health(.degraded, names.why) }
        guard let established = object.condition("Established") else { return Health(.progressing, "It is not established yet.") }
        if established.status == "True" { return .healthy }
        return Health(established.reason == "Installing" ? .progressing : .degraded, established.why)
    }
}
