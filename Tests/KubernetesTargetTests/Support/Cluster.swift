import KubernetesClient
import KubernetesTarget
import Logging
import Manifests
import Model
import TestSupport

/// A target on the shared API server, with namespaces and a user agent of its own.
struct Cluster: Sendable {
    let server: KubeServer
    let client: KubernetesClient
    let live: LiveCluster
    let target: KubernetesTarget
    let namespace: String
    let inventoryNamespace: String
    let userAgent: String

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameter server: The shared one where none is given.
    static func with<Success>(
        user: KubeUser = .admin, on server: KubeServer? = nil, _ body: (Cluster) async throws -> Success
    ) async throws -> Success {
        let server = if let server { server } else { try await KubeServer.shared() }
        let namespace = try await server.uniqueNamespace("target")
        let userAgent = "plumb/\(namespace)"
        let client = try KubernetesClient(
            configuration: try await configuration(server, user), userAgent: userAgent, logger: quiet)
        let inventories = "inventory-\(namespace)"
        let live = LiveCluster(client: client, inventoryNamespace: inventories, logger: quiet)
        let cluster = Cluster(
            server: server, client: client, live: live, target: live.target(),
            namespace: namespace, inventoryNamespace: inventories, userAgent: userAgent)
        do {
            let result = try await body(cluster)
            await cluster.target.close()
            try await client.shutdown()
            return result
        } catch {
            await cluster.target.close()
            try await client.shutdown()
            throw error
        }
    }

    /// The same cluster, seen by a process that knows nothing yet.
    func restarted() -> KubernetesTarget {
        KubernetesTarget(client: client, inventoryNamespace: inventoryNamespace, logger: Self.quiet)
    }

    private static func configuration(_ server: KubeServer, _ user: KubeUser) async throws -> KubernetesConfiguration {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/kubeconfig"
            try Files.write(
                """
                clusters: [{name: c, cluster: {server: "\(server.url)", certificate-authority: "\(server.caFile)"}}]
                users: [{name: u, user: {token: "\(user == .alice ? server.aliceToken : server.adminToken)"}}]
                contexts: [{name: test, context: {cluster: c, user: u}}]
                current-context: test
                """, to: path)
            return try await KubernetesConfiguration.load(kubeconfig: path, context: nil, environment: [:])
        }
    }

    func prepare(_ yaml: String, createNamespace: Bool = false, namespace: String? = nil) async throws -> [DesiredObject] {
        try await target.prepare(
            manifests(yaml),
            for: Placement(
                namespace: namespace ?? self.namespace, createNamespace: createNamespace, tree: MemoryTree([TreePath: [UInt8]]())))
    }

    /// What this target's own client has asked for since `mark`.
    func requests(since mark: AuditLog.Mark) async throws -> [AuditEntry] {
        try await server.auditLog.entries(since: mark) { $0.userAgent == userAgent }
    }

    func get(_ path: String) async throws -> Value {
        try JSON.parse(Array(try await server.check("GET", path).utf8))
    }

    /// As kubectl's client-side apply and other tools without server-side apply do it.
    @discardableResult
    func patch(_ path: String, _ body: String, manager: String = "somebody", type: String = "application/merge-patch+json")
        async throws -> Value
    {
        try JSON.parse(
            Array(try await server.check("PATCH", "\(path)?fieldManager=\(manager)", body: body, contentType: type).utf8))
    }
}

func manifests(_ yaml: String, file: String = "app.yaml") throws -> [Manifest] {
    try ManifestReader.manifests(inFile: Array(yaml.utf8), file: file)
}

func yaml(_ text: String) throws -> Value {
    try YAML.parse(Array(text.utf8), file: "test.yaml").first?.value ?? .null
}
