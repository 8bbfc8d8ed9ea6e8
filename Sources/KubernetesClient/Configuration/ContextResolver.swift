import Manifests
import Model
import SystemPackage

/// Turns one context of a kubeconfig into a configuration: reads the files it names, and checks that everything fits.
struct ContextResolver {
    let selection: Kubeconfig.Selection
    let environment: [String: String]

    func resolve() async throws -> KubernetesConfiguration {
        let cluster = try await resolveCluster()
        let user = try await UserResolver(selection: selection, environment: environment, cluster: cluster).resolve()
        // Made once here, so that a bad certificate or key is an error of the configuration, not of some later request.
        do {
            _ = try cluster.trust.tlsConfiguration(user.source.certificate)
        } catch let error as PlumbError {
            throw Fields.error(selection.context.file, "context \(selection.context.name.quoted): \(error.message)")
        }
        return KubernetesConfiguration(
            server: cluster.server, defaultNamespace: selection.namespace, contextName: selection.context.name,
            impersonate: user.impersonate, trust: cluster.trust, credential: user.source)
    }

    private func resolveCluster() async throws -> ResolvedCluster {
        let entry = selection.cluster
        let fields = Fields(value: entry.value, file: entry.file, place: "cluster \(entry.name.quoted)")
        guard let text = try fields.string("server") else { throw fields.error("it has no server") }
        if try fields.string("proxy-url") != nil { throw fields.unsupported("proxy-url") }
        let server: ServerAddress
        do { server = try ServerAddress(text) } catch let error as PlumbError {
            throw PlumbError(.invalid, fields.error("server: \(error.message.dropLast())").message, remedy: error.remedy)
        }
        let authority = try await fields.material("certificate-authority")
        let isSkipped = try fields.bool("insecure-skip-tls-verify")
        if isSkipped && authority != nil {
            throw fields.error("certificate-authority and insecure-skip-tls-verify exclude each other")
        }
        let trust = Trust(authorities: authority, serverName: try fields.string("tls-server-name"), isSkipped: isSkipped)
        do { _ = try trust.tlsConfiguration(nil) } catch let error as PlumbError {
            throw fields.error("certificate-authority: \(error.message)")
        }
        return ResolvedCluster(server: server, trust: trust, pluginConfiguration: Self.pluginConfiguration(entry.value))
    }

    /// What the cluster holds for credential plugins, and nobody else reads.
    private static func pluginConfiguration(_ cluster: Value) -> Value? {
        cluster["extensions"]?.array?.first { $0["name"] == "client.authentication.k8s.io/exec" }?["extension"]
    }
}

/// A cluster of a kubeconfig, with its files read.
struct ResolvedCluster {
    var server: ServerAddress
    var trust: Trust
    var pluginConfiguration: Value?

    /// As `KUBERNETES_EXEC_INFO` has it.
    var pluginInfo: Value {
        var info: Value = ["server": .string(server.description)]
        if let authorities = trust.authorities { info["certificate-authority-data"] = .string(Base64.encode(authorities)) }
        if let name = trust.serverName { info["tls-server-name"] = .string(name) }
        if trust.isSkipped { info["insecure-skip-tls-verify"] = true }
        if let pluginConfiguration { info["config"] = pluginConfiguration }
        return info
    }
}
