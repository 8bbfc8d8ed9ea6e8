import HTTPTypes
import Hummingbird
import Manifests
import Model

/// An error with the HTTP status that tells its kind. Most come from a `PlumbError`'s code; the server's own name theirs.
struct APIError: Error {
    let status: HTTPResponse.Status
    let error: PlumbError

    init(_ status: HTTPResponse.Status, _ error: PlumbError) {
        self.status = status
        self.error = error
    }

    init(_ error: PlumbError) { self.init(Self.status(of: error.code), error) }

    static func status(of code: PlumbError.Code) -> HTTPResponse.Status {
        switch code {
        case .invalid: .badRequest
        case .denied: .forbidden
        case .notFound: .notFound
        case .conflict, .superseded, .held: .conflict
        case .unsupported, .limit: .unprocessableContent
        case .unreachable, .failed: .badGateway
        case .timedOut: .gatewayTimeout
        default: .internalServerError
        }
    }

    /// `{"error": {"code", "message", "remedy"}}`
    var value: Value {
        var fields: Value = ["code": .string(error.code.name), "message": .string(message)]
        fields["remedy"] = error.remedy.map(Value.string)
        return ["error": fields]
    }

    private var message: String { (error.origin.map { "\($0): " } ?? "") + error.message }

    /// Whatever a handler threw. What is not written for people is not shown to them: it may hold anything.
    init(catching error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as PlumbError: self.init(error)
        case let error as ManifestError: self.init(PlumbError(.invalid, error.description))
        case is CancellationError:
            self.init(
                .serviceUnavailable,
                PlumbError(.unreachable, "The operator is stopping.", remedy: "Try again when it has started anew."))
        default:
            self.init(
                .internalServerError,
                PlumbError(
                    .failed, "The operator failed on this request (\(type(of: error))).",
                    remedy: "Its log says more. Please report it."))
        }
    }
}

extension PlumbError.Code {
    /// No token, or a wrong one.
    static let unauthorized = PlumbError.Code("unauthorized")
}
