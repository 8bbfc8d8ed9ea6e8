import KubernetesClient
import Logging
import Manifests
import TestSupport

/// Clients for the length of a test.
enum Clients {
    static let configMaps = APIResource(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true)
    static let secrets = APIResource(group: "", version: "v1", kind: "Secret", plural: "secrets", namespaced: true)
    static let namespaces = APIResource(group: "", version: "v1", kind: "Namespace", plural: "namespaces", namespaced: false)
    static let services = APIResource(group: "", version: "v1", kind: "Service", plural: "services", namespaced: true)
    static let pods = APIResource(group: "", version: "v1", kind: "Pod", plural: "pods", namespaced: true)
    static let deployments = APIResource(group: "apps", version: "v1", kind: "Deployment", plural: "deployments", namespaced: true)

    static func with<Success>(
        _ configuration: KubernetesConfiguration, limits: ClientLimits = .standard, logger: Logger = quiet,
        _ body: (KubernetesClient) async throws -> Success
    ) async throws -> Success {
        let client = try KubernetesClient(configuration: configuration, userAgent: "plumb/test", logger: logger, limits: limits)
        do {
            let result = try await body(client)
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    static func with<Success>(
        _ server: KubeServer, user: KubeUser = .admin, limits: ClientLimits = .standard,
        _ body: (KubernetesClient) async throws -> Success
    ) async throws -> Success {
        // A file of its own: other tests write the server's kubeconfigs at the same time.
        try await TemporaryDirectory.with { directory in
            let pair = server.clientCertificate
            let credential =
                switch user {
                case .admin: "token: \(server.adminToken)"
                case .alice: "token: \(server.aliceToken)"
                case .adminByCertificate: "client-certificate: \"\(pair.certificate)\", client-key: \"\(pair.key)\""
                }
            let configuration = try await configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"", user: credential, in: directory)
            return try await with(configuration, limits: limits, body)
        }
    }

    /// Writes a kubeconfig with one context and reads it.
    static func configuration(
        server: String, cluster: String = "", user: String = "", in directory: String, environment: [String: String] = [:]
    ) async throws -> KubernetesConfiguration {
        let path = "\(directory)/kubeconfig"
        try Files.write(
            """
            clusters: [{name: c, cluster: {server: "\(server)"\(cluster.isEmpty ? "" : ", \(cluster)")}}]
            users: [{name: u, user: {\(user)}}]
            contexts: [{name: test, context: {cluster: c, user: u}}]
            current-context: test
            """, to: path)
        return try await KubernetesConfiguration.load(kubeconfig: path, context: nil, environment: environment)
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func configMap(_ name: String, _ namespace: String, data: Object = Object([("key", "value")])) -> Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "data": .object(data),
        ]
    }
}

extension Value {
    var uid: String { at("metadata", "uid")?.string ?? "" }
    var resourceVersion: String { at("metadata", "resourceVersion")?.string ?? "" }
    var name: String { at("metadata", "name")?.string ?? "" }
}
