import Model
import SystemPackage

/// The API server that a Pod runs under, and the service account that is mounted into it.
struct InCluster {
    let environment: [String: String]
    let directory: String

    func load() async throws -> KubernetesConfiguration {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty, let port = environment["KUBERNETES_SERVICE_PORT"],
            !port.isEmpty
        else {
            throw PlumbError(
                .notFound, "This is not a Pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set.",
                remedy: "Name a kubeconfig with --kubeconfig.")
        }
        let server = try ServerAddress("https://\(host.contains(":") ? "[\(host)]" : host):\(port)")
        let trust = Trust(authorities: try await read("ca.crt"))
        do { _ = try trust.tlsConfiguration(nil) } catch let error as PlumbError {
            throw PlumbError(.invalid, "The service account's \("\(directory)/ca.crt".quoted) \(error.message).")
        }
        let token = FilePath(directory).appending("token")
        _ = try await LocalFile.token(token)
        let namespace = String(decoding: try await read("namespace"), as: UTF8.self).filter { !$0.isWhitespace }
        return KubernetesConfiguration(
            server: server, defaultNamespace: namespace.isEmpty ? nil : namespace, contextName: nil, impersonate: nil, trust: trust,
            credential: CredentialSource(authorization: .tokenFile(token)))
    }

    private func read(_ name: String) async throws -> [UInt8] {
        let path = FilePath(directory).appending(name)
        do {
            return try await LocalFile.read(path, limit: 4 << 20)
        } catch let error as Errno {
            throw PlumbError(
                .notFound, "The service account's file \(path.string.quoted) cannot be read: \(error).",
                remedy: "Check that the Pod has a service account and automountServiceAccountToken is not false.")
        }
    }
}
