import AsyncHTTPClient
import Manifests
import Model
import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Asks a running operator. Throws the errors that it answers as they are, and `unreachable` or `timedOut` where it does not.
struct OperatorClient: Sendable {
    let address: OperatorAddress
    private let calls: HTTPClient

    /// How long an answer may take; `plan` and `refresh` read from clusters and repositories.
    static let usualTime = Duration.seconds(30)
    static let slowTime = Duration.seconds(180)
    private static let answerLimit = 256 << 20

    /// Finds the operator and closes the connection to it on every path.
    static func with<Result: Sendable>(
        _ options: OperatorOptions, _ body: (OperatorClient) async throws -> Result
    ) async throws -> Result {
        try await with(try await OperatorAddress.find(dataDir: options.dataDir), body)
    }

    static func with<Result: Sendable>(
        _ address: OperatorAddress, _ body: (OperatorClient) async throws -> Result
    ) async throws -> Result {
        let client = OperatorClient(address: address, calls: httpClient(silence: slowTime))
        do {
            let result = try await body(client)
            try? await client.calls.shutdown()
            return result
        } catch {
            try? await client.calls.shutdown()
            throw error
        }
    }

    /// `silence`: how long the other side may say nothing.
    static func httpClient(silence: Duration) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(5), read: TimeAmount(silence))
        // The token is for the address that was named, and for no other.
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// `path` below `/api/v1`, a component each, as they are.
    func get(
        _ path: [String], query: [(String, String)] = [], within limit: Duration = usualTime
    ) async throws -> Value {
        try await send(request(path, query), within: limit)
    }

    func post(_ path: [String], _ body: Value? = nil, within limit: Duration = usualTime) async throws -> Value {
        var request = request(path)
        request.method = .POST
        if let person = Self.person { request.headers.replaceOrAdd(name: "Plumb-Person", value: person) }
        if let body {
            request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: JSON.serialize(body)))
        }
        return try await send(request, within: limit)
    }

    func request(_ path: [String], _ query: [(String, String)] = []) -> HTTPClientRequest {
        let path = path.map(Self.escaped).joined(separator: "/")
        let query = query.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        var request = HTTPClientRequest(url: "\(address.url)/api/v1/\(path)" + (query.isEmpty ? "" : "?\(query)"))
        request.headers.add(name: "Authorization", value: "Bearer \(address.token.reveal())")
        request.headers.add(name: "User-Agent", value: "plumb/\(PlumbVersion.text)")
        request.headers.add(name: "Accept", value: "application/json")
        return request
    }

    private func send(_ request: HTTPClientRequest, within limit: Duration) async throws -> Value {
        do {
            let response = try await calls.execute(request, deadline: .now() + TimeAmount(limit))
            return try await answer(response)
        } catch {
            throw OperatorFailure.described(error, address, limit)
        }
    }

    /// The value of a success. Throws what the operator says, or that it is none.
    func answer(_ response: HTTPClientResponse) async throws -> Value {
        let bytes = Array(buffer: try await response.body.collect(upTo: Self.answerLimit))
        let value = try? JSON.parse(bytes)
        if (200..<300).contains(response.status.code), let value { return value }
        throw OperatorFailure.answered(value, status: Int(response.status.code), address)
    }

    /// Who is at the keyboard, for the records; nil where the system does not tell, or in a way that no header takes.
    private static var person: String? {
        let environment = ProcessInfo.processInfo.environment
        let names = [environment["USER"], environment["LOGNAME"], ProcessInfo.processInfo.userName].compactMap(\.self)
        guard let name = names.first(where: { !$0.isEmpty }), name.utf8.count <= 100,
            name.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
        else { return nil }
        return name
    }

    /// What RFC 3986 leaves unreserved stays.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 0x2d, 0x2e, 0x5f, 0x7e: String(decoding: [byte], as: UTF8.self)
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
