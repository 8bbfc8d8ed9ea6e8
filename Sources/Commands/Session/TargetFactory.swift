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

/// From the flags and the application to the target they mean.
struct TargetFactory {
    let options: TargetOptions
    let logger: Logger

    /// With an application, its own target and service account rule; the flags say how to reach it.
    func target(for application: Application?) async throws -> OpenedTarget {
        switch try kind(application?.target.name) {
        case .kubernetes: try await kubernetes(application)
        case .host: OpenedTarget(target: try host(), namespace: nil) {}
        }
    }

    private enum Kind: String { case kubernetes, host }

    private func kind(_ wanted: String?) throws -> Kind {
        if let name = wanted ?? options.target {
            if let wanted, let given = options.target, wanted != given {
                throw PlumbError(.usage, "--target is \(given.quoted), and the application's target is \(wanted.quoted).")
            }
            guard let kind = Kind(rawValue: name) else {
                throw PlumbError(
                    wanted == nil ? .usage : .invalid, "There is no target \(name.quoted).",
                    remedy: "This version has kubernetes and host.")
            }
            return kind
        }
        let hasCluster = options.kubeconfig != nil || options.context != nil
        switch (options.root != nil, hasCluster) {
        case (true, true):
            throw PlumbError(
                .usage, "Both --root and a cluster are given.",
                remedy: "Say which one is meant with --target host or --target kubernetes.")
        case (true, false): return .host
        case (false, _): return .kubernetes
        }
    }

    private func host() throws -> any Target {
        guard let root = options.root else {
            throw PlumbError(
                .usage, "The host target needs a directory that everything is below.", remedy: "Name it with --root DIR.")
        }
        if let namespace = options.namespace {
            throw PlumbError(
                .usage, "A host has no namespaces, so nothing can go to \(namespace.quoted).", remedy: "Leave --namespace out.")
        }
        return try HostTarget(root: URL(fileURLWithPath: root).standardizedFileURL.path, logger: logger)
    }

    /// A kubeconfig where one is named or there; in a Pod without one, the cluster it runs in.
    private func configuration(_ environment: [String: String]) async throws -> KubernetesConfiguration {
        let isNamed = options.kubeconfig != nil || options.context != nil || environment["KUBECONFIG"] != nil
        let usual = (environment["HOME"] ?? "") + "/.kube/config"
        if !isNamed, environment["KUBERNETES_SERVICE_HOST"] != nil, !FileManager.default.fileExists(atPath: usual) {
            return try await KubernetesConfiguration.inCluster(environment: environment)
        }
        return try await KubernetesConfiguration.load(
            kubeconfig: options.kubeconfig, context: options.context, environment: environment)
    }

    private func kubernetes(_ application: Application?) async throws -> OpenedTarget {
        let environment = ProcessInfo.processInfo.environment
        let configuration = try await configuration(environment)
        let client = try KubernetesClient(configuration: configuration, userAgent: "plumb/\(PlumbVersion.text)", logger: logger)
        let namespace = namespace(application) ?? configuration.defaultNamespace ?? "default"
        let writer = application?.serviceAccount.map {
            client.impersonating(Impersonation(user: "system:serviceaccount:\(namespace):\($0)"))
        }
        return OpenedTarget(target: KubernetesTarget(client: client, writer: writer, logger: logger), namespace: namespace) {
            try? await client.shutdown()
        }
    }

    /// Where objects without a namespace go; nil leaves it to the kubeconfig.
    func namespace(_ application: Application?) -> String? { options.namespace ?? application?.target.namespace }
}

/// A target and what has to be ended with it.
struct OpenedTarget: Sendable {
    let target: any Target
    /// Where objects without one go; nil where there are no namespaces.
    let namespace: String?
    let disconnect: @Sendable () async -> Void

    func close() async {
        await target.close()
        await disconnect()
    }
}
