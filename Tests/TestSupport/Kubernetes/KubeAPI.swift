import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Bare requests to an API server, independent of the client under test.
final class KubeAPI: Sendable {
    private let client: HTTPClient
    private let url: String

    init(url: String, authority: String, clientCertificate: CertificateAuthority.Pair? = nil) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
        if let pair = clientCertificate {
            tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.timeout.connect = .seconds(30)
        configuration.timeout.read = .seconds(30)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.url = url
    }

    deinit {
        // Shutting down keeps the client alive until it is done; nobody waits for it.
        client.shutdown { _ in }
    }

    func request(
        _ method: String, _ path: String, body: String? = nil, contentType: String = "application/json", token: String? = nil,
        timeout: Duration = .seconds(30)
    ) async throws -> KubeResponse {
        var request = HTTPClientRequest(url: url + path)
        request.method = .RAW(value: method)
        request.headers.add(name: "User-Agent", value: "test-support")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: .nanoseconds(Int64(timeout / .nanoseconds(1))))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return KubeResponse(status: Int(response.status.code), body: String(buffer: bytes))
    }

    /// Sends a request of somebody else's, with their headers, and gives back the whole answer.
    func forward(_ received: HTTPHost.Request) async throws -> HTTPHost.Response {
        var request = HTTPClientRequest(url: url + received.path + (received.query.isEmpty ? "" : "?\(received.query)"))
        request.method = received.method
        for (name, value) in received.headers where !Self.ofTheConnection.contains(name.lowercased()) {
            request.headers.add(name: name, value: value)
        }
        if received.body.readableBytes > 0 { request.body = .bytes(received.body) }
        let response = try await client.execute(request, timeout: .seconds(70))
        let body = try await response.body.collect(upTo: 64 << 20)
        let headers = response.headers.filter { !Self.ofTheConnection.contains($0.name.lowercased()) }
        return HTTPHost.Response(response.status, headers: HTTPHeaders(headers.map { ($0.name, $0.value) }), body: body)
    }

    private static let ofTheConnection: Set<String> = ["host", "connection", "content-length", "transfer-encoding"]
}

/// An API server's answer to a bare request.
package struct KubeResponse: Sendable {
    package let status: Int
    package let body: String
    package var succeeded: Bool { (200..<300).contains(status) }
}
