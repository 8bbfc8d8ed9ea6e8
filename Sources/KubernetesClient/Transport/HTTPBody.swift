import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension HTTPClientResponse.Body {
    /// The whole body; throws `TransportFailure.tooLarge` beyond `limit` bytes.
    func all(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self {
            if bytes.count + chunk.readableBytes > limit { throw TransportFailure.tooLarge(limit: limit) }
            bytes += chunk.readableBytesView
        }
        return bytes
    }

    /// The first part of the body; what comes after is not read.
    func prefix(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self {
            bytes += chunk.readableBytesView.prefix(limit - bytes.count)
            if bytes.count >= limit { break }
        }
        return bytes
    }
}

extension ErrorAnswer {
    init(_ response: HTTPClientResponse, _ body: [UInt8]) {
        httpStatus = Int(response.status.code)
        contentType = response.headers.first(name: "Content-Type") ?? ""
        self.body = body
        // The other form, a date, is used by no API server.
        retryAfter = response.headers.first(name: "Retry-After").flatMap { Int($0) }.map { .seconds(max(0, $0)) }
        // The path and query of a redirect may hold a secret.
        location = response.headers.first(name: "Location").map { String($0.prefix { $0 != "?" }).schemeAndHost }
    }
}

extension String {
    fileprivate var schemeAndHost: String {
        split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }
}
