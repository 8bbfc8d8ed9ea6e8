package import KubernetesClient
package import Logging
package import Model

/// One Kubernetes cluster as a place where applications live.
package struct KubernetesTarget: Target {
    package static let defaultInventoryNamespace = "plumb-system"

    package let name = "kubernetes"
    package let inventoryNamespace: String
    let client: KubernetesClient
    /// Writes an application's objects; observes nothing, and does not touch inventories.
    let writer: KubernetesClient
    let logger: Logger
    let facts: ServerFacts
    let store: InventoryStore

    /// - Parameters:
    ///   - client: Observes, and keeps the inventories. Stays the caller's: whoever made it shuts it down.
    ///   - writer: Writes and rehearses; impersonates an application's service account where it has one. The client itself
    ///     where none is given.
    package init(
        client: KubernetesClient, writer: KubernetesClient? = nil, inventoryNamespace: String = defaultInventoryNamespace,
        logger: Logger
    ) {
        self.client = client
        self.writer = writer ?? client
        self.inventoryNamespace = inventoryNamespace
        self.logger = logger
        facts = ServerFacts(client: client)
        store = InventoryStore(client: client, namespace: inventoryNamespace)
    }

    package var place: String {
        let context = client.configuration.contextName.map { " (context \($0))" } ?? ""
        return "\(client.configuration.server)\(context)"
    }

    package func identity() async throws -> String { try await installation() }

    package func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async {}

    package func close() async { await facts.close() }
}
