package import Logging
import Manifests
import Model

/// Talks to one API server as one user.
///
/// A value over shared connections: copies and `impersonating(_:)` cost nothing. Whoever made the first one shuts it down.
///
/// Requests throw `KubernetesError` when the server answers with an error and `PlumbError` when there is no answer to use;
/// both are sentences. 429 and `Retry-After`, refused connections and expired credentials are dealt with inside, in bounds.
package struct KubernetesClient: Sendable {
    package let configuration: KubernetesConfiguration
    let connection: Connection
    package let impersonation: Impersonation?

    /// - Parameters:
    ///   - userAgent: `plumb/VERSION`.
    ///   - limits: Times and sizes; the standard ones but for tests.
    package init(
        configuration: KubernetesConfiguration, userAgent: String, logger: Logger, limits: ClientLimits = .standard
    ) throws {
        self.configuration = configuration
        impersonation = configuration.impersonate
        connection = try Connection(configuration: configuration, userAgent: userAgent, logger: logger, limits: limits)
    }

    private init(_ client: KubernetesClient, as user: Impersonation) {
        configuration = client.configuration
        connection = client.connection
        impersonation = user
    }

    /// The same connections, with every request on behalf of `user`. Fails closed: without a usable user name no request
    /// leaves, rather than going out with the rights of Plumb itself.
    package func impersonating(_ user: Impersonation) -> KubernetesClient { KubernetesClient(self, as: user) }

    /// Closes the connections. Requests under way fail. Shutting down twice is not an error.
    package func shutdown() async throws { try await connection.shutdown() }

    /// The version the server says it is.
    package func version() async throws -> ServerVersion {
        let answer = try await send(APIRequest(method: .get, path: "/version", responseLimit: 1 << 20, summary: "GET /version"))
        guard let version = ServerVersion(answer) else {
            throw PlumbError(
                .failed, "The server at \(configuration.server) does not say which version of Kubernetes it is.",
                remedy: "Check that the address is that of a Kubernetes API server.")
        }
        return version
    }

    /// Every kind that the server serves, with the fewest requests that it allows.
    package func discovery() async throws -> Discovery { try await Discoverer(client: self).run() }

    /// Sends one request and parses what comes back.
    func send(_ request: APIRequest) async throws -> Value {
        try await connection.send(request, as: impersonation).value
    }
}
