import AsyncHTTPClient
import Logging
import Manifests
import Model
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What comes back from a request that succeeded.
struct APIAnswer: Sendable {
    var value: Value
    /// The size of the body.
    var bytes: Int
}

/// The connections to one API server, its credentials, and the rules for trying again.
final class Connection: Sendable {
    let limits: ClientLimits
    private let address: ServerAddress
    private let origin: String
    let serverWords: String
    private let userAgent: String
    private let api: HTTPClient
    /// Watches stay silent for minutes, which the other client takes for a fault, and hold a connection each.
    let watches: HTTPClient
    /// In front of the connection pool, which gives a request that waits for a connection no more time than it gives a
    /// connection to come about.
    private let gate: Gate
    let credentials: CredentialStore

    init(configuration: KubernetesConfiguration, userAgent: String, logger: Logger, limits: ClientLimits) throws {
        let server = configuration.server
        let trust = configuration.trust
        self.limits = limits
        self.userAgent = userAgent
        address = server
        origin = server.origin(host: trust.serverName ?? server.host)
        serverWords = "The API server \(server)\(configuration.contextName.map { " of context \($0.quoted)" } ?? "")"
        gate = Gate(width: limits.requestsInFlight)
        // As kubectl does: what proves who we are is not sent where anybody can read it.
        let source = server.isTLS ? configuration.credential : .anonymous
        if !server.isTLS {
            logger.warning("the API server is addressed without TLS; no credentials are sent", metadata: ["server": "\(server)"])
        }
        if trust.isSkipped {
            logger.warning(
                "insecure-skip-tls-verify is set: anybody on the way can pretend to be the API server",
                metadata: ["server": "\(server)"])
        }
        credentials = CredentialStore(source: source, trust: trust, limits: limits, logger: logger)
        let tls = server.isTLS ? try trust.tlsConfiguration(source.certificate) : nil
        api = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: Self.settings(server, trust, tls, limits, connections: limits.requestsInFlight, silence: limits.silence))
        watches = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: Self.settings(server, trust, tls, limits, connections: 512, silence: limits.watchSilence))
    }

    func shutdown() async throws {
        for client in [api, watches] {
            do { try await client.shutdown() } catch let error as HTTPClientError where error == .alreadyShutdown {}
        }
    }

    /// Sends the request, again where that is safe and promising, and parses the answer.
    ///
    /// - Throws: `KubernetesError` for an answer that is not a success, `PlumbError` where there is none.
    @concurrent func send(_ request: APIRequest, as user: Impersonation?) async throws -> APIAnswer {
        let body = request.body.map { ByteBuffer(bytes: JSON.serialize($0)) }
        let start = ContinuousClock.now
        var attempt = 0
        var hasRenewed = false
        var refused: Int?
        while true {
            attempt += 1
            let failure: RetryPolicy.Failure?
            let error: any Error
            do {
                let (credential, generation) = try await credentials.current()
                refused = generation
                let bytes = try await gate.pass { try await exchange(request, body, credential, user) }
                return try answer(bytes, to: request)
            } catch let answer as KubernetesError {
                error = answer
                if answer.isUnauthorized && !hasRenewed {
                    hasRenewed = true
                    if try await credentials.renewed(after: refused ?? 0) != nil { continue }
                }
                failure =
                    answer.httpStatus == 429 || (answer.httpStatus >= 500 && answer.retryAfter != nil)
                    ? .throttled(after: answer.retryAfter) : nil
            } catch let broken as TransportFailure {
                error = broken.plumbError(server: serverWords, request: request.summary)
                failure = broken.retry
            }
            let wait = failure.flatMap {
                limits.retry.delay(
                    after: $0, attempt: attempt, elapsed: ContinuousClock.now - start, isIdempotent: request.isIdempotent,
                    jitter: Double.random(in: 0...1))
            }
            guard let wait else { throw error }
            try await Task.sleep(for: wait)
        }
    }

    /// One attempt: the body of a successful answer.
    ///
    /// - Throws: `KubernetesError`, `TransportFailure`, `CancellationError`, or the `PlumbError` of a request that must not leave.
    private func exchange(
        _ request: APIRequest, _ body: ByteBuffer?, _ credential: Credential, _ user: Impersonation?
    ) async throws -> [UInt8] {
        let http = try httpRequest(request, body, credential, user)
        let limit = request.timeLimit ?? limits.requestTime
        let (api, errorBytes, answerBytes) = (api, limits.errorBytes, request.responseLimit ?? limits.answerBytes)
        do {
            // The client's own deadline ends with the head of the answer.
            return try await withDeadline(limit) {
                let response = try await api.execute(http, deadline: .now() + TimeAmount(limit))
                guard (200..<300).contains(response.status.code) else {
                    let body = try await response.body.prefix(upTo: errorBytes)
                    throw KubernetesError(ErrorAnswer(response, body), request: request)
                }
                return try await response.body.all(upTo: answerBytes)
            }
        } catch let error as KubernetesError {
            throw error
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            throw error is DeadlineExceeded ? TransportFailure.tooSlow(limit) : TransportFailure(error)
        }
    }

    func httpRequest(
        _ request: APIRequest, _ body: ByteBuffer?, _ credential: Credential, _ user: Impersonation?
    ) throws -> HTTPClientRequest {
        var http = HTTPClientRequest(url: origin + request.target)
        http.method = HTTPMethod(rawValue: request.method.rawValue)
        http.tlsConfiguration = credential.tls
        http.headers.add(name: "Host", value: address.hostHeader)
        http.headers.add(name: "User-Agent", value: userAgent)
        http.headers.add(name: "Accept", value: request.accept)
        if let contentType = request.contentType { http.headers.add(name: "Content-Type", value: contentType) }
        if let authorization = credential.authorization { http.headers.add(name: "Authorization", value: authorization.reveal()) }
        if let user { try RequestHeaders.add(user, to: &http.headers) }
        if let body { http.body = .bytes(body) }
        return http
    }

    private func answer(_ bytes: [UInt8], to request: APIRequest) throws -> APIAnswer {
        do {
            return APIAnswer(value: try JSON.parse(bytes), bytes: bytes.count)
        } catch {
            // What the parser says may quote the answer, which may be a Secret.
            throw PlumbError(
                .failed, "\(serverWords) answered with something that is not JSON (\(request.summary)).",
                remedy: "Check that the address is that of a Kubernetes API server.")
        }
    }

    private static func settings(
        _ server: ServerAddress, _ trust: Trust, _ tls: TLSConfiguration?, _ limits: ClientLimits, connections: Int,
        silence: Duration
    ) -> HTTPClient.Configuration {
        var settings = HTTPClient.Configuration()
        settings.tlsConfiguration = tls
        if let name = trust.serverName, name != server.host { settings.dnsOverride = [name: server.host] }
        settings.redirectConfiguration = .disallow
        settings.decompression = .disabled
        // Measured faster than HTTP/2 against API servers, and one dead connection takes one request with it, not all.
        settings.httpVersion = .http1Only
        settings.timeout = .init(connect: TimeAmount(limits.connectTime), read: TimeAmount(silence), write: TimeAmount(silence))
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // The retry policy here knows which requests may go out again, and tells why it gave up.
        settings.connectionPool.retryConnectionEstablishment = false
        return settings
    }
}
