import HTTPTypes
import Hummingbird
import Manifests
import NIOCore

/// What a handler answers.
enum Reply {
    /// Without a status of its own it is the route's.
    case json(Value, HTTPResponse.Status? = nil)
    case text(String, contentType: String, HTTPResponse.Status? = nil)
    case stream(Response)

    /// `{items, total}`
    static func list(_ items: [Value]) -> Reply { .json(["items": .array(items), "total": .integer(Int64(items.count))]) }

    var response: Response { response(.ok) }

    func response(_ usual: HTTPResponse.Status) -> Response {
        switch self {
        case .json(let value, let status):
            Self.response(JSON.serialize(value) + [UInt8(ascii: "\n")], "application/json", status ?? usual)
        case .text(let text, let contentType, let status):
            Self.response(Array(text.utf8), contentType, status ?? usual)
        case .stream(let response): response
        }
    }

    private static func response(_ bytes: [UInt8], _ contentType: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: contentType, .contentLength: "\(bytes.count)"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
