import Manifests
import Model

/// As Argo CD has it: progressing until a controller has given it an address.
enum IngressHealth {
    static func health(_ object: Live) -> Health {
        let addresses = object.status.at("loadBalancer", "ingress")?.array ?? []
        return addresses.isEmpty ? Health(.progressing, "No ingress controller has given it an address yet.") : .healthy
    }
}
