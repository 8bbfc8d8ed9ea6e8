import AsyncHTTPClient
import Model
import NIOCore
import NIOHTTP1
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Asks web servers, within bounds: of time, of size, of redirects, and of whom a credential is sent to.
final class WebClient: Sendable {
    struct Request: Sendable {
        var url: URL
        var isHead = false
        var headers: [(name: String, value: String)] = []
        /// Sent to the origin of `url` and to nobody else.
        var authorization: Secret?
        /// Trusted in place of the system's authorities by the origin of `url` alone.
        var trust: TLSConfiguration?
        /// In bytes of the answer.
        var limit: Int
        /// Whether it may be sent on to a server without TLS.
        var permitsPlain = false
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]
        /// Where the last redirect led.
        let url: URL
    }

    let limits: WebLimits
    private let client: HTTPClient
    private let userAgent: String

    init(userAgent: String, limits: WebLimits) {
        self.limits = limits
        self.userAgent = userAgent
        var settings = HTTPClient.Configuration()
        settings.tlsConfiguration = Self.tls
        settings.redirectConfiguration = .disallow
        settings.decompression = .disabled
        settings.httpVersion = .http1Only
        let silence = TimeAmount.nanoseconds(Int64(limits.silence / .nanoseconds(1)))
        settings.timeout = .init(
            connect: .nanoseconds(Int64(limits.connect / .nanoseconds(1))), read: silence, write: silence)
        settings.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }

    func close() async { try? await client.shutdown() }

    private static var tls: TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        return tls
    }

    /// The authorities of a secret, in place of the system's. Throws `invalid`.
    static func trust(_ authority: String?, for url: some CustomStringConvertible) throws -> TLSConfiguration? {
        guard let authority else { return nil }
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)), !certificates.isEmpty else {
            throw PlumbError(.invalid, "The ca.crt for \(url) holds no certificate in PEM format.")
        }
        var tls = tls
        tls.trustRoots = .certificates(certificates)
        return tls
    }

    /// The answer, whatever its status, after redirects; tried again where the server is too busy or the connection breaks.
    ///
    /// Throws `unreachable`, `timedOut`, `certificateNotTrusted`, `limit`, and `denied` for a redirect that is not followed.
    func answer(to request: Request) async throws -> Answer {
        for wait in limits.retries {
            do {
                let answer = try await followed(request)
                guard [429, 502, 503, 504].contains(answer.status), let pause = pause(answer, wait) else { return answer }
                try await Task.sleep(for: pause)
            } catch let failure as WebFailure where failure.isBroken {
                try await Task.sleep(for: wait)
            } catch let failure as WebFailure {
                throw failure.error(request.url)
            }
        }
        do { return try await followed(request) } catch let failure as WebFailure { throw failure.error(request.url) }
    }

    /// nil where the server asks for more patience than there is.
    private func pause(_ answer: Answer, _ wait: Duration) -> Duration? {
        guard let text = answer.headers.first(name: "Retry-After") else { return wait }
        guard let seconds = Int(text), seconds >= 0, seconds < 1 << 20 else { return wait }
        let asked = Duration.seconds(seconds)
        return asked <= limits.longestWait ? max(asked, wait) : nil
    }

    private func followed(_ request: Request) async throws -> Answer {
        var url = request.url
        for _ in 0...limits.redirects {
            let answer = try await once(request, at: url)
            guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.headers.first(name: "Location") else {
                return answer
            }
            url = try Redirect.target(location, from: url, permitsPlain: request.permitsPlain)
        }
        throw PlumbError(.limit, "\(request.url.shown) leads from one address to another more than \(limits.redirects) times.")
    }

    private func once(_ request: Request, at url: URL) async throws -> Answer {
        var http = HTTPClientRequest(url: url.absoluteString)
        http.method = request.isHead ? .HEAD : .GET
        http.headers.add(name: "User-Agent", value: userAgent)
        for (name, value) in request.headers { http.headers.add(name: name, value: value) }
        if WebOrigin(url) == WebOrigin(request.url) {
            if let authorization = request.authorization { http.headers.add(name: "Authorization", value: authorization.reveal()) }
            http.tlsConfiguration = request.trust
        }
        let (client, limits, prepared) = (client, limits, http)
        do {
            return try await withDeadline(
                limits.deadline, orThrow: { WebFailure("its answer took longer than \(limits.deadline)") }
            ) {
                let response = try await client.execute(
                    prepared, deadline: .now() + .nanoseconds(Int64(limits.deadline / .nanoseconds(1))))
                let isGood = (200..<300).contains(response.status.code)
                let body = try await Self.body(response, upTo: isGood ? request.limit : limits.words, isCut: !isGood, url)
                return Answer(status: Int(response.status.code), headers: response.headers, body: body, url: url)
            }
        } catch let error as PlumbError {
            throw error
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            throw WebFailure(error)
        }
    }

    private static func body(_ response: HTTPClientResponse, upTo limit: Int, isCut: Bool, _ url: URL) async throws -> [UInt8] {
        var result: [UInt8] = []
        for try await chunk in response.body {
            result += chunk.readableBytesView
            guard result.count > limit else { continue }
            if isCut { return Array(result.prefix(limit)) }
            throw PlumbError(.limit, "\(url.shown) is larger than \(limit) bytes, and no more is read.")
        }
        return result
    }
}

extension WebFailure {
    func error(_ url: URL) -> PlumbError {
        PlumbError(code, "\(url.shown) cannot be reached: \(reason).", remedy: remedy)
    }
}

extension WebClient.Answer {
    var isGood: Bool { (200..<300).contains(status) }

    /// What an answer that is none means, in words without what the server says: that may be anything.
    func failure(_ what: String) -> PlumbError {
        switch status {
        case 401:
            PlumbError(
                .denied, "The \(what) is not to be had without credentials, or not with these (401).",
                remedy: "Check username and password, or bearerToken, of the secret.")
        case 403: PlumbError(.denied, "The \(what) is not to be had with these credentials (403).")
        case 404: PlumbError(.notFound, "There is no \(what) (404).", remedy: "Check the URL and the name.")
        case 429: PlumbError(.unreachable, "The \(what) is not to be had: the server takes no more requests for now (429).")
        case 500...: PlumbError(.unreachable, "The \(what) is not to be had: the server has a fault of its own (\(status)).")
        default: PlumbError(.failed, "The \(what) is not to be had: the server answered with \(status).")
        }
    }
}
