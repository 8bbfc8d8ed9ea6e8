import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// A server that answers with bytes as they stand in a script: also what no HTTP server would send, and nothing at all.
final class ScriptedServer: Sendable {
    enum Step: Sendable {
        case send(String)
        /// Ends the connection.
        case close
        /// Sends nothing more and waits until the client goes away.
        case hang
        /// Sends a byte again and again until the client goes away.
        case drip
    }

    struct Received: Sendable {
        /// `GET`
        let method: String
        /// Path and query.
        let target: String
        /// The lines of the head.
        let headers: [String]
        /// From 1, over all connections.
        let number: Int
    }

    typealias Script = @Sendable (Received) -> [Step]
    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let url: String
    private let serving: Task<Void, Never>
    private let log: Log

    private final class Log: Sendable {
        let received = Mutex<[Received]>([])
        let open = Mutex((now: 0, most: 0))
    }

    private init(url: String, serving: Task<Void, Never>, log: Log) {
        self.url = url
        self.serving = serving
        self.log = log
    }

    var received: [Received] { log.received.withLock { $0 } }
    /// The largest number of connections at one time.
    var mostConnections: Int { log.open.withLock { $0.most } }

    static func with<Success>(_ script: @escaping Script, _ body: (ScriptedServer) async throws -> Success) async throws -> Success
    {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeSucceededFuture(AcceptedConnection(channel: channel))
            }
        guard let port = listener.channel.localAddress?.port else { throw TestSupportError("no port") }
        let log = Log()
        let serving = Task<Void, Never> {
            // The end of the listener is `stop`; a broken connection is the client's affair.
            try? await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await accepted in connections {
                        group.addTask { try? await serve(try await accepted.opened(), script, log) }
                    }
                }
            }
        }
        let server = ScriptedServer(url: "http://127.0.0.1:\(port)", serving: serving, log: log)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private func stop() async {
        serving.cancel()
        await serving.value
    }

    private static func serve(_ connection: Connection, _ script: Script, _ log: Log) async throws {
        log.open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { log.open.withLock { $0.now -= 1 } }
        try await connection.executeThenClose { inbound, outbound in
            var iterator = inbound.makeAsyncIterator()
            var text = ""
            while true {
                while !isComplete(text) {
                    guard let chunk = try await iterator.next() else { return }
                    text += String(buffer: chunk)
                }
                let request = log.received.withLock { received in
                    let request = parse(text, number: received.count + 1)
                    received.append(request)
                    return request
                }
                text = ""
                for step in script(request) {
                    switch step {
                    case .send(let bytes): try await outbound.write(ByteBuffer(string: bytes))
                    case .close: return
                    case .hang: while try await iterator.next() != nil {}
                    case .drip:
                        while true {
                            try await outbound.write(ByteBuffer(string: " "))
                            try await Task.sleep(for: .milliseconds(5))
                        }
                    }
                }
            }
        }
    }

    private static func isComplete(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return text[end.upperBound...].utf8.count >= length.flatMap { Int($0.split(separator: " ").last ?? "0") } ?? 0
    }

    private static func parse(_ text: String, number: Int) -> Received {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }.map(String.init)
        let words = lines[0].split(separator: " ").map(String.init)
        return Received(method: words[0], target: words[1], headers: Array(lines.dropFirst()), number: number)
    }
}

extension ScriptedServer.Step {
    /// A whole answer.
    static func answer(_ status: String, _ body: String, type: String = "application/json", headers: [String] = []) -> Self {
        let head = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
        return .send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// A `Status` as API servers send it.
    static func status(_ code: Int, _ reason: String, _ message: String = "said the server", headers: [String] = []) -> Self {
        answer(
            "\(code) \(reason)",
            #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"\#(message)","reason":"\#(reason)","code":\#(code)}"#,
            headers: headers)
    }

    static func list(_ names: [String], continuing: String = "") -> Self {
        let items = names.map { #"{"metadata":{"name":"\#($0)"}}"# }.joined(separator: ",")
        return answer(
            "200 OK",
            #"{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"\#(continuing)"},"items":[\#(items)]}"#
        )
    }
}
