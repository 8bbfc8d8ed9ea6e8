import Manifests

/// The head and the first part of the body of an answer that is not a success.
struct ErrorAnswer: Sendable {
    var httpStatus: Int
    var contentType: String
    var body: [UInt8]
    /// The `Retry-After` header.
    var retryAfter: Duration?
    /// Of a redirect: where to, without path and query.
    var location: String?
}

extension KubernetesError {
    /// Reads the `Status` object (apimachinery, `meta/v1`) of an error answer; whatever else stands there is described.
    ///
    /// - Parameter confidential: Texts that must not show.
    init(_ answer: ErrorAnswer, request: APIRequest) {
        self.init(httpStatus: answer.httpStatus, reason: "", message: "", request: request.summary, retryAfter: answer.retryAfter)
        if let status = try? JSON.parse(answer.body), status["kind"]?.string == "Status" {
            read(status, hiding: request.confidential)
        } else {
            message = Self.description(ofForeign: answer)
        }
        if reason.isEmpty { reason = Self.reason(ofStatus: httpStatus) }
    }

    /// Reads a Status that came as a frame of a watch, where the HTTP status was 200.
    init(status: Value, request: String) {
        self.init(httpStatus: Int(status["code"]?.integer ?? 500), reason: "", message: "", request: request)
        read(status, hiding: [])
        if reason.isEmpty { reason = Self.reason(ofStatus: httpStatus) }
    }

    private mutating func read(_ status: Value, hiding confidential: [String]) {
        let details = status["details"]
        reason = status["reason"]?.string ?? ""
        message = Confidential.clean(status["message"]?.string ?? "", hiding: confidential)
        causes = (details?["causes"]?.array ?? []).prefix(100).map { cause in
            Cause(
                field: Confidential.clean(cause["field"]?.string ?? "", hiding: []),
                reason: Confidential.clean(cause["reason"]?.string ?? "", hiding: []),
                message: Confidential.clean(cause["message"]?.string ?? "", hiding: confidential))
        }
        subject = Subject(
            group: details?["group"]?.string ?? "", kind: details?["kind"]?.string ?? "", name: details?["name"]?.string ?? "")
        if retryAfter == nil, let seconds = details?["retryAfterSeconds"]?.integer, seconds > 0 { retryAfter = .seconds(seconds) }
    }

    private static func description(ofForeign answer: ErrorAnswer) -> String {
        if let location = answer.location { return "to \(location)" }
        if answer.contentType.contains("html") {
            return "the answer is a web page; the address may be that of something other than an API server"
        }
        let line = String(decoding: answer.body.prefix(2000), as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        return Confidential.clean(String(line.prefix(300)), hiding: [])
    }

    private static func reason(ofStatus status: Int) -> String {
        switch status {
        case 300..<400: "Redirect"
        case 400: "BadRequest"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "NotFound"
        case 405: "MethodNotAllowed"
        case 406: "NotAcceptable"
        case 409: "Conflict"
        case 410: "Expired"
        case 413: "RequestEntityTooLarge"
        case 415: "UnsupportedMediaType"
        case 422: "Invalid"
        case 429: "TooManyRequests"
        case 500: "InternalError"
        case 503: "ServiceUnavailable"
        case 504: "Timeout"
        default: "Unknown"
        }
    }
}
