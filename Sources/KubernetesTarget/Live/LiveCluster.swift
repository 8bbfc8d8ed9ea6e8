package import KubernetesClient
package import Logging
import Model

/// One cluster as one process knows it: its kinds, its inventories, and, while somebody runs `watch`, what lives there.
///
/// A target is made of it for each user that writes; they all share what is known.
package struct LiveCluster: Sendable {
    let client: KubernetesClient
    let inventoryNamespace: String
    let logger: Logger
    let facts: ServerFacts
    let view = ClusterView()
    let store: InventoryStore

    /// - Parameter client: Observes, and keeps the inventories. Stays the caller's: whoever made it shuts it down.
    package init(
        client: KubernetesClient, inventoryNamespace: String = KubernetesTarget.defaultInventoryNamespace, logger: Logger
    ) {
        self.client = client
        self.inventoryNamespace = inventoryNamespace
        self.logger = logger
        facts = ServerFacts(client: client)
        store = InventoryStore(client: client, namespace: inventoryNamespace, view: view)
    }

    /// - Parameter writer: Writes and rehearses; impersonates an application's service account where it has one. The
    ///   cluster's own client where none is given.
    package func target(writer: KubernetesClient? = nil) -> KubernetesTarget {
        KubernetesTarget(cluster: self, writer: writer ?? client)
    }

    /// `https://10.0.0.1:6443 (context prod)`
    var place: String {
        let context = client.configuration.contextName.map { " (context \($0))" } ?? ""
        return "\(client.configuration.server)\(context)"
    }

    package func close() async { await facts.close() }
}
