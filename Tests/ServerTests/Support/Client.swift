import AsyncHTTPClient
import Manifests
import NIOCore
import NIOHTTP1
import OperatorTestSupport
import TestSupport

/// Asks a server as any program would.
struct Client: Sendable {
    let served: ServedOperator
    private static let http = HTTPClient(eventLoopGroupProvider: .singleton)

    struct Answer: Sendable {
        let status: Int
        private let headers: HTTPHeaders
        let text: String

        init(status: Int, headers: HTTPHeaders, text: String) {
            self.status = status
            self.headers = headers
            self.text = text
        }

        func header(_ name: String) -> String? { headers.first(name: name) }

        var value: Value {
            get throws { try JSON.parse(Array(text.utf8)) }
        }

        /// The `message` of an error.
        var message: String { (try? value.at("error", "message")?.string) ?? "" }
        var code: String { (try? value.at("error", "code")?.string) ?? "" }
        var items: [Value] { (try? value["items"]?.array) ?? [] }
    }

    /// `headers` replace those that it sends by itself; nil leaves one out.
    func send(
        _ method: String, _ path: String, body: String? = nil, headers: [String: String?] = [:]
    ) async throws -> Answer {
        let request = request(method, path, body: body, headers: headers)
        return try await withDeadline(.seconds(30), "\(method) \(path)") {
            let response = try await Self.http.execute(request, timeout: .seconds(30))
            let bytes = try await response.body.collect(upTo: 64 << 20)
            return Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: bytes))
        }
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", "/api/v1/" + path) }
    func post(_ path: String, _ body: String? = nil) async throws -> Answer {
        try await send("POST", "/api/v1/" + path, body: body)
    }

    private func request(
        _ method: String, _ path: String, body: String?, headers: [String: String?]
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: served.url + path)
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer \(served.token)")
        for (name, value) in headers {
            request.headers.remove(name: name)
            if let value { request.headers.add(name: name, value: value) }
        }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        return request
    }

    /// The pieces of an event stream as they come, until `body` has seen enough.
    func stream<Result: Sendable>(
        _ path: String, headers: [String: String] = [:], _ body: @escaping @Sendable (inout Frames) async throws -> Result
    ) async throws -> Result {
        var all: [String: String?] = ["Accept": "text/event-stream"]
        for (name, value) in headers { all[name] = value }
        let request = request("GET", "/api/v1/" + path, body: nil, headers: all)
        return try await withDeadline(.seconds(30), path) {
            let response = try await Self.http.execute(request, timeout: .seconds(30))
            guard response.status == .ok else { throw TestSupportError("\(path) answers \(response.status)") }
            var frames = Frames(
                iterator: response.body.makeAsyncIterator(), contentType: response.headers.first(name: "content-type"))
            return try await body(&frames)
        }
    }

    /// The blocks of an event stream, which empty lines end.
    struct Frames {
        var iterator: HTTPClientResponse.Body.AsyncIterator
        let contentType: String?
        private var rest = ""

        init(iterator: HTTPClientResponse.Body.AsyncIterator, contentType: String?) {
            self.iterator = iterator
            self.contentType = contentType
        }

        /// nil where the stream has ended.
        mutating func next() async throws -> String? {
            while true {
                if let end = rest.range(of: "\n\n") {
                    defer { rest = String(rest[end.upperBound...]) }
                    return String(rest[..<end.lowerBound])
                }
                guard let buffer = try await iterator.next(isolation: #isolation) else { return nil }
                rest += String(buffer: buffer)
            }
        }

        /// The next frame with an event in it.
        mutating func event() async throws -> (id: String, value: Value)? {
            while let frame = try await next() {
                let lines = frame.split(separator: "\n")
                guard let id = lines.first(where: { $0.hasPrefix("id: ") }),
                    let data = lines.first(where: { $0.hasPrefix("data: ") })
                else { continue }
                return (String(id.dropFirst(4)), try JSON.parse(Array(data.dropFirst(6).utf8)))
            }
            return nil
        }
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
