/// Which API server to talk to, and as whom: one context of a kubeconfig, or the cluster that a Pod runs in.
package struct KubernetesConfiguration: Sendable {
    package var server: ServerAddress
    /// The namespace of the context, where it names one.
    package var defaultNamespace: String?
    /// Nil in a cluster.
    package var contextName: String?
    package var impersonate: Impersonation?
    var trust: Trust
    var credential: CredentialSource

    /// Reads a context of the kubeconfig at `path`, else of the files that `$KUBECONFIG` lists, merged, else of
    /// `~/.kube/config`.
    ///
    /// - Parameters:
    ///   - context: Instead of the file's current one.
    ///   - environment: `KUBECONFIG` and `HOME`, and what a credential plugin of the file is started with.
    /// - Throws: `PlumbError` naming file, context and field. Nothing is guessed: a certificate that cannot be read is never
    ///   replaced by the system's.
    package static func load(
        kubeconfig path: String?, context: String?, environment: [String: String]
    ) async throws -> KubernetesConfiguration {
        try await KubeconfigLoader(environment: environment).load(path: path, context: context)
    }

    /// The cluster that this process runs in as a Pod.
    ///
    /// - Parameter directory: Where the service account is mounted.
    package static func inCluster(
        environment: [String: String], directory: String = "/var/run/secrets/kubernetes.io/serviceaccount"
    ) async throws -> KubernetesConfiguration {
        try await InCluster(environment: environment, directory: directory).load()
    }
}
