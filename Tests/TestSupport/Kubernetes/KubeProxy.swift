import Manifests
import NIOCore
import NIOHTTP1
import Synchronization

/// A server in front of an API server, through which a test decides when each request passes, and whether its answer
/// comes back.
package final class KubeProxy: Sendable {
    /// A request on its way.
    package struct Passing: Sendable {
        package let method: String
        /// Without the query.
        package let path: String
        package let isDryRun: Bool
        /// Of the requests that change something, which one this is, from 1; 0 for the others.
        package let write: Int
    }

    package enum Verdict: Sendable {
        case pass
        /// It never reaches the server, and nobody answers it.
        case stopBefore
        /// It reaches the server, and the connection breaks in the place of its answer.
        case loseAnswer
    }

    /// A write that has reached the server.
    package struct Write: Sendable {
        package let method: String
        package let path: String
        package let status: Int
        /// Of the object, as the server answered; empty where it named none.
        package let name: String
    }

    /// Asked for each request in turn; may wait before it answers.
    package typealias Judge = @Sendable (Passing) async throws -> Verdict

    package let url: String
    private let host: HTTPHost
    private let record: Record

    private init(host: HTTPHost, record: Record) {
        self.host = host
        self.record = record
        url = host.url
    }

    /// The writes that have reached the server, in the order in which it answered them.
    package var writes: [Write] { record.writes }

    /// For the length of `body`.
    package static func with<Success>(
        before server: KubeServer, _ judge: @escaping Judge, _ body: (KubeProxy) async throws -> Success
    ) async throws -> Success {
        let (api, record) = (try KubeAPI(url: server.url, authority: server.caFile), Record())
        let host = try await HTTPHost.start(certificate: server.files.server) { request in
            try await pass(request, to: api, record, judge)
        }
        do {
            let result = try await body(KubeProxy(host: host, record: record))
            await host.stop()
            return result
        } catch {
            await host.stop()
            throw error
        }
    }

    /// A kubeconfig with every mention of the server replaced by the proxy.
    package func kubeconfig(of kubeconfig: String, for server: KubeServer, at path: String) throws {
        try Files.write(try Files.read(kubeconfig).replacing(server.url, with: url), to: path, mode: 0o600)
    }

    private static func pass(
        _ request: HTTPHost.Request, to api: KubeAPI, _ record: Record, _ judge: Judge
    ) async throws -> HTTPHost.Response {
        let isDryRun = request.query.contains("dryRun=")
        let isWrite = request.method != .GET && !isDryRun
        let passing = Passing(
            method: request.method.rawValue, path: request.path, isDryRun: isDryRun, write: isWrite ? record.begin() : 0)
        let verdict = try await judge(passing)
        if case .stopBefore = verdict { try await untilTheEnd() }
        let response = try await api.forward(request)
        if isWrite { record.end(passing, response) }
        if case .loseAnswer = verdict { throw HTTPHost.HangUp() }
        return response
    }

    /// Returns when the proxy stops.
    private static func untilTheEnd() async throws {
        let (silence, _) = AsyncStream.makeStream(of: Never.self)
        for await _ in silence {}
        throw HTTPHost.HangUp()
    }

    private final class Record: Sendable {
        private let state = Mutex<(begun: Int, ended: [Write])>((0, []))

        var writes: [Write] { state.withLock { $0.ended } }

        func begin() -> Int {
            state.withLock { state in
                state.begun += 1
                return state.begun
            }
        }

        func end(_ passing: Passing, _ response: HTTPHost.Response) {
            let answer = try? JSON.parse(Array(response.body.readableBytesView))
            let write = Write(
                method: passing.method, path: passing.path, status: Int(response.status.code),
                name: answer?.at("metadata", "name")?.string ?? "")
            state.withLock { $0.ended.append(write) }
        }
    }
}
