import Manifests

/// One request to an API server, as a value: what is asked, and how the answer is to be treated.
struct APIRequest: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    var method: Method
    /// Percent-encoded, from the server's own path on: `/apis/apps/v1/namespaces/a/deployments/b`.
    var path: String
    var query: [(name: String, value: String)] = []
    var accept = "application/json"
    var contentType: String?
    var body: Value?
    /// Whether sending it twice has the effect of sending it once, and gives the same kind of answer.
    var isIdempotent = true
    /// Bytes and time of one answer; nil for the standard limits.
    var responseLimit: Int?
    var timeLimit: Duration?
    /// Words for messages: `PATCH deployments apps/v1 ns/name`.
    var summary: String
    /// Values that must not come back in an error message.
    var confidential: [String] = []

    /// Path and query, as they stand in the request line.
    var target: String {
        if query.isEmpty { return path }
        return path + "?" + query.map { "\($0.name)=\(PercentEncoding.queryValue($0.value))" }.joined(separator: "&")
    }
}
