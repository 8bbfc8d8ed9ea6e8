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

/// Why there was no answer from the API server.
enum TransportFailure: Error, Sendable, Hashable {
    case refused
    case unresolvable(host: String)
    case unroutable(String)
    case connectTimedOut
    /// The server's certificate is not one that the CA vouches for, or not for this name.
    case untrusted(String)
    case handshake(String)
    case broken(String)
    case silent
    case tooSlow(Duration)
    case tooLarge(limit: Int)
    case shutDown
    case other(String)

    /// What the retry policy makes of it; nil where another attempt would end the same way.
    var retry: RetryPolicy.Failure? {
        switch self {
        case .refused, .unroutable, .connectTimedOut: .unsent
        // A name that does not resolve is most often a typo, and a resolver has tried again itself.
        case .unresolvable, .untrusted, .tooLarge, .shutDown, .other: nil
        case .handshake: .unsent
        case .broken: .lost
        // Another minute of silence is worth less than telling somebody now.
        case .silent, .tooSlow: nil
        }
    }

    /// Puts the errors of the HTTP client, TLS and the sockets into these few.
    init(_ error: any Error) {
        switch error {
        case let failure as TransportFailure: self = failure
        case let error as HTTPClientError: self = Self.classify(error)
        case let error as NIOConnectionError: self = Self.classify(error)
        case ChannelError.connectTimeout: self = .connectTimedOut
        case is ChannelError, is HTTPParserError: self = .broken("the connection broke")
        case let error as NIOSSLError: self = Self.classify(error)
        case is NIOSSLExtraError:
            self = .untrusted("its certificate is for another name or address")
        case let error as IOError: self = Self.classify(error)
        default: self = .other(Confidential.clean(String(describing: type(of: error)), hiding: []))
        }
    }

    private static func classify(_ error: HTTPClientError) -> TransportFailure {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: .connectTimedOut
        case .tlsHandshakeTimeout: .handshake("it did not finish the TLS handshake in time")
        case .readTimeout, .writeTimeout, .deadlineExceeded: .silent
        case .remoteConnectionClosed, .uncleanShutdown: .broken("it closed the connection before its answer was complete")
        case .alreadyShutdown: .shutDown
        default: .other(error.shortDescription.lowercased())
        }
    }

    private static func classify(_ error: NIOConnectionError) -> TransportFailure {
        let errors = error.connectionErrors.map(\.error)
        if errors.isEmpty {
            return error.dnsAError == nil && error.dnsAAAAError == nil ? .connectTimedOut : .unresolvable(host: error.host)
        }
        let failures = errors.map(TransportFailure.init)
        return failures.contains(.refused) ? .refused : failures[0]
    }

    private static func classify(_ error: IOError) -> TransportFailure {
        switch error.errnoCode {
        case ECONNREFUSED: .refused
        case ECONNRESET, EPIPE: .broken("it reset the connection")
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: .unroutable("there is no route to it")
        case ETIMEDOUT: .connectTimedOut
        default: .broken("the connection failed (error \(error.errnoCode))")
        }
    }

    private static func classify(_ error: NIOSSLError) -> TransportFailure {
        switch error {
        case .handshakeFailed(let detail):
            let text = String(describing: detail)
            if text.contains("CERTIFICATE_VERIFY_FAILED") {
                return .untrusted("its certificate is not signed by the CA of the context, or has expired")
            }
            if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") { return .handshake("it does not speak TLS") }
            if text.contains("ALERT") { return .handshake("it ended the TLS handshake (\(Self.alert(text)))") }
            return .handshake("the TLS handshake failed")
        case .unableToValidateCertificate, .noCertificateToValidate, .cannotFindPeerIP:
            return .untrusted("its certificate cannot be checked")
        case .uncleanShutdown: return .broken("it closed the connection before its answer was complete")
        default: return .handshake("TLS failed")
        }
    }

    /// The name that the TLS library gives an alert: `TLSV1_ALERT_UNKNOWN_CA`.
    private static func alert(_ text: String) -> String {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.first { $0.contains("ALERT") }.map { $0.lowercased().replacing("_", with: " ") } ?? "alert"
    }
}
