#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Smart HTTP as the large hosts serve it: `git http-backend` behind a small host, with the repositories below one directory.
package final class GitHTTPServer: Sendable {
    package enum Authentication: Sendable, Equatable {
        case none
        case basic(user: String, password: String)
        case bearer(String)
    }

    /// How the server behaves from now on.
    package enum Fault: Sendable {
        case none
        /// Answers every request with this status and a line of text.
        case status(Int)
        /// Accepts requests and never answers them.
        case silence
    }

    package let directory: String
    /// PEM file of the authority that signed the server's certificate; nil without TLS.
    package let caFile: String?
    private let host: HTTPHost
    private let backend: GitHTTPBackend

    private init(directory: String, caFile: String?, host: HTTPHost, backend: GitHTTPBackend) {
        self.directory = directory
        self.caFile = caFile
        self.host = host
        self.backend = backend
    }

    /// Serves the repositories below `directory`.
    /// - Parameter tls: HTTPS with a certificate of a throw-away authority (`caFile`).
    package static func start(
        serving directory: String, authentication: Authentication = .none, tls: Bool = false
    ) async throws -> GitHTTPServer {
        let backend = GitHTTPBackend(directory: directory, authentication: authentication)
        var authority: CertificateAuthority?
        var certificate: CertificateAuthority.Pair?
        if tls {
            let certificates = "\(directory)/certificates"
            try FileManager.default.createDirectory(atPath: certificates, withIntermediateDirectories: true)
            authority = try await CertificateAuthority.create(in: certificates)
            certificate = try await authority?.server("git")
        }
        let host = try await HTTPHost.start(certificate: certificate) { try await backend.answer($0) }
        return GitHTTPServer(directory: directory, caFile: authority?.authority.certificate, host: host, backend: backend)
    }

    /// A server for the length of `body`.
    package static func with<Success>(
        serving directory: String, authentication: Authentication = .none, tls: Bool = false,
        _ body: (GitHTTPServer) async throws -> Success
    ) async throws -> Success {
        let server = try await start(serving: directory, authentication: authentication, tls: tls)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Where `repository` is cloned from. Holds no credentials.
    package func url(of repository: TestRepository) -> String { "\(host.url)/\(repository.name)" }

    /// Every request since the start, in the order in which they were answered.
    package var requests: [GitHTTPRequest] { backend.requests }

    package func set(_ fault: Fault) { backend.set(fault) }

    package func stop() async { await host.stop() }
}
