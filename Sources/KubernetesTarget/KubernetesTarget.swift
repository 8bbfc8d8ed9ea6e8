package import KubernetesClient
package import Logging
import Manifests
package import Model

/// One Kubernetes cluster as a place where applications live, written to as one user.
package struct KubernetesTarget: Target {
    package static let defaultInventoryNamespace = "plumb-system"

    package let name = "kubernetes"
    let cluster: LiveCluster
    /// Writes an application's objects; observes nothing, and does not touch inventories.
    let writer: KubernetesClient

    /// A target that shares nothing with others.
    ///
    /// - Parameters:
    ///   - client: Observes, and keeps the inventories. Stays the caller's: whoever made it shuts it down.
    ///   - writer: Writes and rehearses; impersonates an application's service account where it has one. The client itself
    ///     where none is given.
    package init(
        client: KubernetesClient, writer: KubernetesClient? = nil, inventoryNamespace: String = defaultInventoryNamespace,
        logger: Logger
    ) {
        let cluster = LiveCluster(client: client, inventoryNamespace: inventoryNamespace, logger: logger)
        self.init(cluster: cluster, writer: writer ?? client)
    }

    init(cluster: LiveCluster, writer: KubernetesClient) {
        self.cluster = cluster
        self.writer = writer
    }

    package var inventoryNamespace: String { cluster.inventoryNamespace }
    package var place: String { cluster.place }
    var client: KubernetesClient { cluster.client }
    var logger: Logger { cluster.logger }
    var facts: ServerFacts { cluster.facts }
    var store: InventoryStore { cluster.store }

    /// The uid of the namespace kube-system, which every cluster has and no two share; the installation where that namespace
    /// may not be read. Asked once, and while the cluster is watched again after each interruption.
    package func identity() async throws -> String {
        if let known = await facts.knownIdentity { return known }
        let identity: String
        do {
            let namespace = try await client.get(.namespaces, namespace: nil, name: "kube-system")
            identity = if let namespace { namespace.uid } else { try await installation() }
        } catch let error as KubernetesError where error.isForbidden {
            identity = try await installation()
        } catch {
            throw ServerErrors.plain(error)
        }
        await facts.remember(identity: identity)
        return identity
    }

    package func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async { await cluster.watch(report) }

    package func close() async { await cluster.close() }
}
