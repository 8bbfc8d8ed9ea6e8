import AsyncHTTPClient
import Model
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why there was no answer from a web server.
struct WebFailure: Error {
    let reason: String
    /// Whether the same request may succeed in a moment.
    var isBroken = false
    var code = PlumbError.Code.unreachable
    var remedy: String?

    init(_ reason: String, isBroken: Bool = false) {
        self.reason = reason
        self.isBroken = isBroken
    }

    private init(untrusted reason: String) {
        self.reason = reason
        code = PlumbError.Code("certificateNotTrusted")
        remedy = "If it is a private authority's, put that authority's certificate as ca.crt into the secret."
    }

    init(_ error: any Error) {
        switch error {
        case let failure as WebFailure: self = failure
        case let error as HTTPClientError: self = Self.classify(error)
        case let error as NIOConnectionError: self = Self.classify(error)
        case ChannelError.connectTimeout: self.init("it does not answer")
        case is ChannelError, is HTTPParserError: self.init("the connection broke", isBroken: true)
        case let error as NIOSSLError: self = Self.classify(error)
        case is NIOSSLExtraError: self.init(untrusted: "its certificate is for another name")
        case let error as IOError: self = Self.classify(error.errnoCode)
        default: self.init("\(type(of: error))")
        }
    }

    private static func classify(_ error: HTTPClientError) -> WebFailure {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: WebFailure("it does not answer")
        case .tlsHandshakeTimeout: WebFailure("it did not finish the TLS handshake in time")
        case .readTimeout, .writeTimeout, .deadlineExceeded: WebFailure("it stopped answering")
        case .remoteConnectionClosed, .uncleanShutdown:
            WebFailure("it closed the connection before its answer was complete", isBroken: true)
        default: WebFailure(error.shortDescription.lowercased())
        }
    }

    private static func classify(_ error: NIOConnectionError) -> WebFailure {
        let errors = error.connectionErrors.map(\.error)
        guard let first = errors.first else { return WebFailure("there is no address for \(error.host)") }
        return errors.map(WebFailure.init).first { $0.reason.contains("refused") } ?? WebFailure(first)
    }

    private static func classify(_ number: CInt) -> WebFailure {
        switch number {
        case ECONNREFUSED: WebFailure("the connection was refused")
        case ECONNRESET, EPIPE: WebFailure("it reset the connection", isBroken: true)
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: WebFailure("there is no route to it")
        default: WebFailure("the connection failed (error \(number))", isBroken: true)
        }
    }

    private static func classify(_ error: NIOSSLError) -> WebFailure {
        switch error {
        case .handshakeFailed(let detail):
            let text = String(describing: detail)
            if text.contains("CERTIFICATE_VERIFY_FAILED") {
                return WebFailure(untrusted: "its certificate is not signed by an authority that is trusted, or has expired")
            }
            if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
                return WebFailure("it does not speak TLS")
            }
            return WebFailure("the TLS handshake failed")
        case .unableToValidateCertificate, .noCertificateToValidate:
            return WebFailure(untrusted: "its certificate cannot be checked")
        case .uncleanShutdown: return WebFailure("it closed the connection before its answer was complete", isBroken: true)
        default: return WebFailure("TLS failed")
        }
    }
}
