import NIOCore
package import NIOHTTP1
import Subprocess
import Synchronization
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a request was and how it was answered.
package struct GitHTTPRequest: Sendable {
    package let method: String
    package let path: String
    package let query: String
    package let headers: HTTPHeaders
    package let status: Int
}

/// Answers one request by one run of `git http-backend`, by the rules of CGI (RFC 3875).
final class GitHTTPBackend: Sendable {
    private let directory: String
    private let authentication: GitHTTPServer.Authentication
    private let state = Mutex(State())

    private struct State {
        var fault = GitHTTPServer.Fault.none
        var requests: [GitHTTPRequest] = []
    }

    init(directory: String, authentication: GitHTTPServer.Authentication) {
        self.directory = directory
        self.authentication = authentication
    }

    var requests: [GitHTTPRequest] { state.withLock { $0.requests } }

    func set(_ fault: GitHTTPServer.Fault) { state.withLock { $0.fault = fault } }

    func answer(_ request: HTTPHost.Request) async throws -> HTTPHost.Response {
        let response = try await respond(to: request)
        let record = GitHTTPRequest(
            method: request.method.rawValue, path: request.path, query: request.query, headers: request.headers,
            status: Int(response.status.code))
        state.withLock { $0.requests.append(record) }
        return response
    }

    private func respond(to request: HTTPHost.Request) async throws -> HTTPHost.Response {
        switch state.withLock({ $0.fault }) {
        case .none: break
        case .status(let code):
            return HTTPHost.Response(HTTPResponseStatus(statusCode: code), text: "the server was told to fail\n")
        case .silence: try await Task.sleep(for: .seconds(86_400))
        }
        guard isPermitted(request) else {
            let scheme = if case .bearer = authentication { "Bearer" } else { "Basic" }
            return HTTPHost.Response(
                .unauthorized, headers: ["WWW-Authenticate": "\(scheme) realm=\"git\""], text: "who are you?\n")
        }
        return try await runBackend(request)
    }

    private func isPermitted(_ request: HTTPHost.Request) -> Bool {
        let given = request.headers.first(name: "Authorization")
        return switch authentication {
        case .none: true
        case .basic(let user, let password): given == "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): given == "Bearer \(token)"
        }
    }

    private func runBackend(_ request: HTTPHost.Request) async throws -> HTTPHost.Response {
        var environment = TestRepository.environment
        environment["GIT_PROJECT_ROOT"] = directory
        environment["GIT_HTTP_EXPORT_ALL"] = "1"
        environment["REQUEST_METHOD"] = request.method.rawValue
        environment["PATH_INFO"] = request.path
        environment["QUERY_STRING"] = request.query
        environment["CONTENT_TYPE"] = request.headers.first(name: "Content-Type") ?? ""
        environment["CONTENT_LENGTH"] = String(request.body.readableBytes)
        environment["HTTP_CONTENT_ENCODING"] = request.headers.first(name: "Content-Encoding")
        environment["GIT_PROTOCOL"] = request.headers.first(name: "Git-Protocol")
        environment["REMOTE_ADDR"] = "127.0.0.1"
        environment["REMOTE_USER"] = "git"
        BrokenPipes.areErrors
        let result = try await Subprocess.run(
            .name("git"), arguments: ["http-backend"], environment: ProcessRunner.environment(adding: environment),
            input: .inputWriter, output: .bytes(limit: 256 << 20), error: .string(limit: 1 << 20)
        ) { execution in
            _ = try? await execution.standardInputWriter.write(Array(buffer: request.body))
        }
        guard result.terminationStatus.isSuccess || !result.standardOutput.isEmpty else {
            return HTTPHost.Response(.internalServerError, text: result.standardError)
        }
        return Self.response(result.standardOutput)
    }

    /// Takes the header lines off a CGI program's output. `Status` is the answer's status; 200 where it is missing.
    static func response(_ output: [UInt8]) -> HTTPHost.Response {
        var response = HTTPHost.Response(.ok)
        var rest = output[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self).trimmed
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            let field = line.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            guard field.count == 2 else { continue }
            if field[0].lowercased() == "status" {
                response.status = HTTPResponseStatus(statusCode: Int(field[1].prefix(3)) ?? 500)
            } else {
                response.headers.add(name: field[0], value: field[1])
            }
        }
        response.body = ByteBuffer(bytes: rest)
        return response
    }
}
