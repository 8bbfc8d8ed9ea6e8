import Manifests
import Model

enum ServiceHealth {
    static func health(_ object: Live) -> Health {
        guard object.spec["type"]?.string == "LoadBalancer" else { return .healthy }
        let addresses = object.status.at("loadBalancer", "ingress")?.array ?? []
        return addresses.isEmpty ? Health(.progressing, "Its load balancer has no address yet.") : .healthy
    }
}
