import NIOCore
import NIOHTTP1
import Synchronization

/// A chart repository on 127.0.0.1: an `index.yaml` and packed charts, with what can go wrong.
package final class ChartServer: Sendable {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var index = ""
        /// Answers in place of what there is, by path.
        var faults: [String: HTTPHost.Handler] = [:]
        var requests: [HTTPHost.Request] = []
        var authorization: String?
    }

    private let state = Mutex(State())
    private let host = Mutex<HTTPHost?>(nil)

    package let url: String
    package let port: Int

    private init(_ make: (@escaping HTTPHost.Handler) async throws -> HTTPHost) async throws {
        let box = Answers()
        let host = try await make { try await box.answer($0) }
        (url, port) = (host.url, host.port)
        self.host.withLock { $0 = host }
        box.server.withLock { $0 = { [weak self] in self } }
    }

    package static func with<Success>(
        certificate: CertificateAuthority.Pair? = nil, _ body: (ChartServer) async throws -> Success
    ) async throws -> Success {
        let server = try await ChartServer { try await HTTPHost.start(certificate: certificate, $0) }
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    package func stop() async { await host.withLock { $0 }?.stop() }

    /// What is there from now on: each chart below `/`, and an index of all of them.
    package func publish(_ charts: [PackedChart]) {
        let entries = charts.map { Self.entry($0.name, $0.version, url: "\($0.name)-\($0.version).tgz", digest: $0.digest) }
        state.withLock { state in
            state.index = Self.index(entries)
            for chart in charts { state.files["/\(chart.name)-\(chart.version).tgz"] = chart.bytes }
        }
    }

    /// The text of an index with these entries.
    package static func index(_ entries: [(name: String, text: String)]) -> String {
        let names = Set(entries.map(\.name)).sorted()
        let lists = names.map { name in "  \(name):\n" + entries.filter { $0.name == name }.map(\.text).joined() }
        return "apiVersion: v1\nentries:\n" + lists.joined()
    }

    package static func entry(_ name: String, _ version: String, url: String, digest: String?) -> (name: String, text: String) {
        let line = digest.map { "    digest: \($0)\n" } ?? ""
        return (name, "  - name: \(name)\n    version: \"\(version)\"\n    urls: [\"\(url)\"]\n" + line)
    }

    package func set(index: String) { state.withLock { $0.index = index } }
    package func set(_ bytes: [UInt8], at path: String) { state.withLock { $0.files[path] = bytes } }
    /// Answers requests for `path` in place of the server; nil ends it.
    package func set(fault: HTTPHost.Handler?, at path: String) { state.withLock { $0.faults[path] = fault } }
    /// Answers requests for `path` with this status alone.
    package func set(status: Int, at path: String) {
        set(fault: { _ in HTTPHost.Response(HTTPResponseStatus(statusCode: status)) }, at: path)
    }
    /// The header that every request has to have.
    package func require(authorization: String?) { state.withLock { $0.authorization = authorization } }

    package var requests: [HTTPHost.Request] { state.withLock { $0.requests } }

    fileprivate func answer(_ request: HTTPHost.Request) async throws -> HTTPHost.Response {
        let (fault, response) = state.withLock { state -> (HTTPHost.Handler?, HTTPHost.Response) in
            state.requests.append(request)
            return (state.faults[request.path], Self.response(request, state))
        }
        return if let fault { try await fault(request) } else { response }
    }

    private static func response(_ request: HTTPHost.Request, _ state: State) -> HTTPHost.Response {
        if let wanted = state.authorization, request.headers.first(name: "Authorization") != wanted {
            return HTTPHost.Response(.unauthorized)
        }
        if request.path == "/index.yaml" {
            let tag = "\"\(state.index.hashValue)\""
            if request.headers.first(name: "If-None-Match") == tag { return HTTPHost.Response(.notModified) }
            return HTTPHost.Response(headers: ["ETag": tag], text: state.index)
        }
        guard let bytes = state.files[request.path] else { return HTTPHost.Response(.notFound) }
        return HTTPHost.Response(body: ByteBuffer(bytes: bytes))
    }
}

/// Stands between the host, which comes first, and the server that answers.
private final class Answers: Sendable {
    let server = Mutex<@Sendable () -> ChartServer?>({ nil })

    func answer(_ request: HTTPHost.Request) async throws -> HTTPHost.Response {
        guard let server = server.withLock({ $0 })() else { return HTTPHost.Response(.notFound) }
        return try await server.answer(request)
    }
}
