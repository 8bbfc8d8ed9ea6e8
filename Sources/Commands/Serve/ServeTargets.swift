import HostTarget
import KubernetesClient
import KubernetesTarget
import Logging
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The targets that an operator was given, each opened once.
struct ServeTargets: Sendable {
    let all: [any Target]
    private let cluster: LiveCluster?
    private let client: KubernetesClient?
    private let defaultServiceAccount: String?

    static func open(_ command: ServeCommand, logger: Logger) async throws -> ServeTargets {
        let environment = ProcessInfo.processInfo.environment
        var host: HostTarget?
        if let root = command.root {
            host = try HostTarget(root: URL(fileURLWithPath: root).standardizedFileURL.path, logger: logger)
        }
        let client = try await configuration(command, environment).map {
            try KubernetesClient(configuration: $0, userAgent: "plumb/\(PlumbVersion.text)", logger: logger)
        }
        guard host != nil || client != nil else {
            throw PlumbError(
                .usage, "The operator was given no target.",
                remedy: "Name a cluster with --kubeconfig FILE, or a directory for host objects with --root DIR.")
        }
        let cluster = client.map { LiveCluster(client: $0, logger: logger) }
        return ServeTargets(
            all: [host as (any Target)?, cluster.map { $0.target() }].compactMap(\.self), cluster: cluster, client: client,
            defaultServiceAccount: command.defaultServiceAccount)
    }

    /// Where an application is written to, with the rights of its service account.
    func writer(of application: Application) async throws -> any Target {
        let name = application.target.name ?? all.first?.name
        guard name == "kubernetes", let cluster, let client else {
            guard let target = all.first(where: { $0.name == name }) else {
                throw PlumbError(.notFound, "There is no target \((name ?? "").quoted).")
            }
            return target
        }
        guard let account = application.serviceAccount ?? defaultServiceAccount else { return cluster.target() }
        guard let namespace = application.target.namespace else {
            throw PlumbError(
                .invalid,
                "The application \(application.name) acts as the service account \(account.quoted), and names no namespace.",
                remedy: "Say in which namespace it is with spec.target.namespace.")
        }
        return cluster.target(writer: client.impersonating(Impersonation(user: "system:serviceaccount:\(namespace):\(account)")))
    }

    /// What the other commands reach the same targets with, by target.
    func flags(_ command: ServeCommand) -> [String: String] {
        var flags: [String: String] = [:]
        if let root = command.root { flags["host"] = "--root \(URL(fileURLWithPath: root).standardizedFileURL.path)" }
        let cluster = [("--kubeconfig", command.kubeconfig), ("--context", command.context)].compactMap { name, value in
            value.map { "\(name) \($0)" }
        }
        if client != nil { flags["kubernetes"] = cluster.isEmpty ? "--target kubernetes" : cluster.joined(separator: " ") }
        return flags
    }

    func close() async {
        for target in all { await target.close() }
        try? await client?.shutdown()
    }

    private static func configuration(
        _ command: ServeCommand, _ environment: [String: String]
    ) async throws -> KubernetesConfiguration? {
        if command.kubeconfig != nil {
            return try await KubernetesConfiguration.load(
                kubeconfig: command.kubeconfig, context: command.context, environment: environment)
        }
        guard environment["KUBERNETES_SERVICE_HOST"] != nil else { return nil }
        return try await KubernetesConfiguration.inCluster(environment: environment)
    }
}
