package import NIOCore
package import NIOHTTP1
import NIOPosix
import NIOSSL

/// A small HTTP/1.1 server on 127.0.0.1: every request goes whole to one closure, which gives the whole answer.
package final class HTTPHost: Sendable {
    package struct Request: Sendable {
        package let method: HTTPMethod
        /// Without the query.
        package let path: String
        /// Without the question mark; empty where there is none.
        package let query: String
        package let headers: HTTPHeaders
        package let body: ByteBuffer
    }

    package struct Response: Sendable {
        package var status: HTTPResponseStatus
        package var headers: HTTPHeaders
        package var body: ByteBuffer

        package init(_ status: HTTPResponseStatus = .ok, headers: HTTPHeaders = [:], body: ByteBuffer = ByteBuffer()) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        package init(_ status: HTTPResponseStatus = .ok, headers: HTTPHeaders = [:], text: String) {
            self.init(status, headers: headers, body: ByteBuffer(string: text))
        }
    }

    /// Thrown by a handler: the connection is closed in the place of an answer.
    package struct HangUp: Error {
        package init() {}
    }

    package typealias Handler = @Sendable (Request) async throws -> Response

    package let port: Int
    package let url: String
    private let serving: Task<Void, Never>

    private init(port: Int, url: String, serving: Task<Void, Never>) {
        self.port = port
        self.url = url
        self.serving = serving
    }

    deinit { serving.cancel() }

    /// An error that `handler` throws becomes a 500 with its text.
    /// - Parameter certificate: makes it an HTTPS server.
    package static func start(
        certificate: CertificateAuthority.Pair? = nil, _ handler: @escaping Handler
    ) async throws -> HTTPHost {
        let tls = try certificate.map { try serverContext($0) }
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try configure(channel, tls)
                    return AcceptedConnection(channel: channel)
                }
            }
        guard let port = listener.channel.localAddress?.port else { throw TestSupportError("the HTTP server has no port") }
        let serving = Task { await serve(listener, handler) }
        return HTTPHost(port: port, url: "\(tls == nil ? "http" : "https")://127.0.0.1:\(port)", serving: serving)
    }

    /// Closes the listener and every connection, and returns when they are closed.
    package func stop() async {
        serving.cancel()
        await serving.value
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// In bytes; larger requests are answered with 413.
    private static let largestBody = 64 << 20

    private static func serverContext(_ pair: CertificateAuthority.Pair) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: pair.key, format: .pem)
        return try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }

    private static func configure(_ channel: any Channel, _ tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        try pipeline.configureHTTPServerPipeline()
    }

    private static func serve(_ listener: NIOAsyncChannel<AcceptedConnection, Never>, _ handler: @escaping Handler) async {
        // A connection that breaks off is its client's affair; the end of the listener is `stop`.
        try? await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await accepted in connections {
                    group.addTask { try? await answer(try await accepted.opened(), handler) }
                }
            }
        }
    }

    private static func answer(_ connection: Connection, _ handler: @escaping Handler) async throws {
        try await connection.executeThenClose { parts, writer in
            var head: HTTPRequestHead?
            var body = ByteBuffer()
            for try await part in parts {
                switch part {
                case .head(let received):
                    head = received
                    body.clear()
                case .body(let bytes):
                    if body.readableBytes <= largestBody { body.writeImmutableBuffer(bytes) }
                case .end:
                    guard let head else { return }
                    let response = try await response(to: head, body, handler)
                    try await write(response, to: head, writer)
                    guard head.isKeepAlive else { return }
                }
            }
        }
    }

    private static func response(to head: HTTPRequestHead, _ body: ByteBuffer, _ handler: Handler) async throws -> Response {
        guard body.readableBytes <= largestBody else { return Response(.payloadTooLarge) }
        let target = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let request = Request(
            method: head.method, path: String(target[0]), query: target.count > 1 ? String(target[1]) : "", headers: head.headers,
            body: body)
        do {
            return try await handler(request)
        } catch let hangUp as HangUp {
            throw hangUp
        } catch {
            return Response(.internalServerError, text: "\(error)\n")
        }
    }

    private static func write(
        _ response: Response, to request: HTTPRequestHead, _ writer: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        var head = HTTPResponseHead(version: request.version, status: response.status, headers: response.headers)
        head.headers.replaceOrAdd(name: "Content-Length", value: String(response.body.readableBytes))
        if !request.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        try await writer.write(.head(head))
        if request.method != .HEAD { try await writer.write(.body(.byteBuffer(response.body))) }
        try await writer.write(.end(nil))
    }
}
