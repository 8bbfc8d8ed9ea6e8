import AsyncHTTPClient
import Crypto
import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The real `docker-registry` on 127.0.0.1, with a store of its own.
package final class RegistryServer: Sendable {
    package enum Authentication: Sendable {
        case none
        /// With `user` and `password`.
        case basic
        /// By tokens that another server gives out.
        case token(TokenServer)
    }

    package static let user = "tess"
    package static let password = "open-sesame-17"
    /// The hash of it that `htpasswd -B` makes.
    private static let hash = "tess:$2a$10$ZYFaTCQS46bpSIgGy4A9LO4IGlz2culB6N9P4dpWEA7MHF9NjGQ9a"

    package let port: Int
    package var url: String { "http://127.0.0.1:\(port)" }
    /// `oci://127.0.0.1:PORT`
    package var address: String { "oci://127.0.0.1:\(port)" }
    private let process: ServerProcess
    private let authorization: @Sendable (String) throws -> String?

    private init(port: Int, process: ServerProcess, authorization: @escaping @Sendable (String) throws -> String?) {
        self.port = port
        self.process = process
        self.authorization = authorization
    }

    package static func with<Success>(
        _ authentication: Authentication = .none, _ body: (RegistryServer) async throws -> Success
    ) async throws -> Success {
        try await TemporaryDirectory.with("registry") { directory in
            let server = try await start(in: directory, authentication)
            do {
                let result = try await body(server)
                await server.process.kill()
                return result
            } catch {
                await server.process.kill()
                throw error
            }
        }
    }

    private static func start(in directory: String, _ authentication: Authentication) async throws -> RegistryServer {
        var lastError: (any Error)?
        for _ in 0..<5 {
            let port = try FreePort.next()
            let section = try section(authentication, in: directory)
            try Files.write(
                """
                version: 0.1
                storage: {filesystem: {rootdirectory: \(directory)/store}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:\(port)"}
                log: {level: error, accesslog: {disabled: true}}
                \(section)

                """, to: "\(directory)/config.yml")
            let process = try await ServerProcess.start(
                "docker-registry", ["serve", "\(directory)/config.yml"], log: "\(directory)/registry.log")
            let server = RegistryServer(port: port, process: process) { try header(authentication, $0) }
            do {
                try await server.waitUntilReady()
                return server
            } catch {
                lastError = TestSupportError("\(error)\n\(Files.tail("\(directory)/registry.log"))")
                await process.kill()
            }
        }
        throw lastError ?? TestSupportError("docker-registry did not start")
    }

    private static func section(_ authentication: Authentication, in directory: String) throws -> String {
        switch authentication {
        case .none: return ""
        case .basic:
            try Files.write(hash + "\n", to: "\(directory)/htpasswd")
            return "auth: {htpasswd: {realm: test, path: \"\(directory)/htpasswd\"}}"
        case .token(let server):
            return """
                auth:
                  token: {realm: "\(server.url)/token", service: registry, issuer: test, rootcertbundle: "\(server.certificate)"}
                """
        }
    }

    /// What the test itself pushes with.
    private static func header(_ authentication: Authentication, _ repository: String) throws -> String? {
        switch authentication {
        case .none: nil
        case .basic: "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
        case .token(let server): "Bearer \(try server.token(for: repository, actions: ["pull", "push"]))"
        }
    }

    private func waitUntilReady() async throws {
        _ = try await eventually("docker-registry answers", within: .seconds(10)) { () async throws -> Bool? in
            guard process.isRunning else { throw Hopeless("it ended") }
            let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: "\(url)/v2/"), timeout: .seconds(5))
            return [200, 401].contains(Int(response.status.code)) ? true : nil
        }
    }

    // MARK: Pushing

    package static let configuration = "application/vnd.cncf.helm.config.v1+json"
    package static let content = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"

    /// Pushes a chart as `helm push` does, with a signature beside it; the tag is its version.
    /// - Returns: the digest of its manifest, `sha256:…`.
    @discardableResult
    package func push(
        _ chart: PackedChart, to path: String, configuration: String = RegistryServer.configuration
    ) async throws -> String {
        let repository = path.isEmpty ? chart.name : "\(path)/\(chart.name)"
        let tag = String(chart.version.map { $0 == "+" ? "_" : $0 })
        let config = Array("{\"name\":\"\(chart.name)\",\"version\":\"\(chart.version)\"}".utf8)
        let layers = [(Self.content, chart.bytes), ("application/vnd.cncf.helm.chart.provenance.v1.prov", Array("signed".utf8))]
        var descriptions: [String] = []
        for (type, bytes) in [(configuration, config)] + layers {
            let digest = try await upload(bytes, to: repository)
            descriptions.append("{\"mediaType\":\"\(type)\",\"digest\":\"\(digest)\",\"size\":\(bytes.count)}")
        }
        let manifest =
            "{\"schemaVersion\":2,\"config\":\(descriptions[0]),\"layers\":[\(descriptions.dropFirst().joined(separator: ","))]}"
        _ = try await send(
            .PUT, "\(url)/v2/\(repository)/manifests/\(tag)", repository, Array(manifest.utf8),
            type: "application/vnd.oci.image.manifest.v1+json")
        return Self.digest(Array(manifest.utf8))
    }

    /// Takes a manifest out, with all tags that lead to it.
    package func delete(_ digest: String, in repository: String) async throws {
        _ = try await send(.DELETE, "\(url)/v2/\(repository)/manifests/\(digest)", repository, nil, type: nil)
    }

    private func upload(_ bytes: [UInt8], to repository: String) async throws -> String {
        let begun = try await send(.POST, "\(url)/v2/\(repository)/blobs/uploads/", repository, [], type: nil)
        guard let location = begun.headers.first(name: "Location") else { throw TestSupportError("no place to upload to") }
        let digest = Self.digest(bytes)
        let target = (location.hasPrefix("/") ? url : "") + location
        _ = try await send(
            .PUT, target + (target.contains("?") ? "&" : "?") + "digest=\(digest)", repository, bytes,
            type: "application/octet-stream")
        return digest
    }

    private func send(
        _ method: HTTPMethod, _ target: String, _ repository: String, _ body: [UInt8]?, type: String?
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: target)
        request.method = method
        if let type { request.headers.add(name: "Content-Type", value: type) }
        if let header = try authorization(repository) { request.headers.add(name: "Authorization", value: header) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let answer = try await response.body.collect(upTo: 1 << 20)
        guard (200..<300).contains(response.status.code) else {
            throw TestSupportError("\(method) \(target): \(response.status) \(String(buffer: answer))")
        }
        return response
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        "sha256:" + SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
