import KubernetesClient
import Manifests
import Model
import TestSupport
import Testing

/// What a server, or the line to it, can do wrong; over a real socket.
@Suite struct FaultTests {
    static let limits: ClientLimits = {
        var limits = ClientLimits()
        limits.retry.firstDelay = .milliseconds(1)
        limits.retry.throttledAttempts = 3
        limits.retry.brokenAttempts = 3
        limits.answerBytes = 10_000
        return limits
    }()

    static func with<Success>(
        limits: ClientLimits = limits, _ script: @escaping ScriptedServer.Script,
        _ body: (KubernetesClient, ScriptedServer) async throws -> Success
    ) async throws -> Success {
        try await ScriptedServer.with(script) { server in
            try await TemporaryDirectory.with { directory in
                let configuration = try await Clients.configuration(server: server.url, user: "token: secret-token", in: directory)
                return try await Clients.with(configuration, limits: limits) { try await body($0, server) }
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        var method = "GET"
        /// By the number of the request; the last one goes on for ever.
        let answers: [[ScriptedServer.Step]]
        let requests: Int
        /// Words of the error; nil for success.
        var words: String?

        var testDescription: String { "\(method): \(what)" }
    }

    private static let ok = ScriptedServer.Step.answer("200 OK", #"{"kind":"ConfigMap","metadata":{"name":"a"}}"#)
    private static let busy = ScriptedServer.Step.status(429, "TooManyRequests", headers: ["Retry-After: 0"])

    static let cases = [
        Case(what: "busy twice", answers: [[busy], [busy], [ok]], requests: 3),
        Case(what: "busy twice", method: "POST", answers: [[busy], [busy], [ok]], requests: 3),
        Case(what: "busy for ever", answers: [[busy]], requests: 3, words: "too busy"),
        Case(
            what: "busy for an hour", answers: [[.status(429, "TooManyRequests", headers: ["Retry-After: 3600"])]], requests: 1,
            words: "too busy"),
        Case(
            what: "unavailable, come again", method: "POST",
            answers: [[.status(503, "ServiceUnavailable", headers: ["Retry-After: 0"])], [ok]], requests: 2),
        Case(what: "unavailable", answers: [[.status(503, "ServiceUnavailable")]], requests: 1, words: "failed with status 503"),
        Case(what: "no answer once", answers: [[.close], [ok]], requests: 2),
        Case(what: "no answer", answers: [[.close]], requests: 3, words: "broke off"),
        Case(what: "no answer", method: "POST", answers: [[.close]], requests: 1, words: "broke off"),
        Case(
            what: "half an answer", answers: [[.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"kind\":"), .close]],
            requests: 3,
            words: "broke off"),
        Case(
            what: "half a chunk", answers: [[.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}"), .close]],
            requests: 3,
            words: "broke off"),
        Case(what: "not HTTP", answers: [[.send("hello there\r\n\r\n"), .close]], requests: 3, words: "broke off"),
        Case(
            what: "too much", answers: [[.answer("200 OK", String(repeating: " ", count: 20_000))]], requests: 1,
            words: "larger than 10000 bytes"),
        Case(what: "a web page", answers: [[.answer("200 OK", "<html>", type: "text/html")]], requests: 1, words: "not JSON"),
        Case(what: "nothing", answers: [[.answer("200 OK", "")]], requests: 1, words: "not JSON"),
        Case(
            what: "an error page", answers: [[.answer("404 Not Found", "<html>secret</html>", type: "text/html")]], requests: 1,
            words: "the answer is a web page"),
        Case(
            what: "plain text", answers: [[.answer("404 Not Found", "404 page not found\nmore", type: "text/plain")]], requests: 1,
            words: "does not serve this: 404 page not found (GET configmaps v1 default/a)"),
        Case(
            what: "a redirect",
            answers: [[.answer("302 Found", "", headers: ["Location: https://other.example/login?token=secret"])]],
            requests: 1, words: "which is not followed: to https://other.example (GET"),
        Case(
            what: "a very long error", answers: [[.answer("500 Oops", String(repeating: "x", count: 1 << 20), type: "text/plain")]],
            requests: 1, words: "failed with status 500: xxx"),
        Case(
            what: "a field that 1.20 does not know",
            answers: [
                [.status(500, "InternalError", "failed to create typed patch object: .spec.x: field not declared in schema")]
            ], requests: 1,
            words: "finds it invalid"),
        Case(what: "refused", answers: [[.status(401, "Unauthorized")]], requests: 1, words: "does not accept the credentials"),
        Case(
            what: "only a number", answers: [[.answer("418 Teapot", "{}")]], requests: 1, words: "answered with status 418"),
    ]

    @Test(arguments: cases)
    func whatComesOfIt(_ test: Case) async throws {
        try await Self.with({ request in test.answers[min(request.number, test.answers.count) - 1] }) { client, server in
            var failure: (any Error)?
            do {
                if test.method == "POST" {
                    _ = try await client.create(
                        Clients.configMaps, namespace: "default", body: Clients.configMap("a", "default"), fieldManager: "test")
                } else {
                    _ = try await client.get(Clients.configMaps, namespace: "default", name: "a")
                }
            } catch { failure = error }
            let said = failure.map { "\($0)" }
            #expect((said == nil) == (test.words == nil), "\(said ?? "no error")")
            if let words = test.words { #expect(said?.contains(words) == true, "\(said ?? "no error")") }
            #expect(said?.contains("secret") != true)
            #expect((said ?? "").count < 5000)
            #expect(server.received.count == test.requests)
        }
    }

    @Test func theServersWishIsTold() async throws {
        try await Self.with({ _ in [.status(429, "TooManyRequests", headers: ["Retry-After: 3600"])] }) { client, _ in
            let error = await #expect(throws: KubernetesError.self) { try await client.version() }
            #expect(error?.retryAfter == .seconds(3600))
            #expect(error?.isRetryable == true)
        }
    }

    @Test func silenceAndSlownessEnd() async throws {
        var limits = Self.limits
        limits.silence = .seconds(2)
        try await Self.with(limits: limits, { _ in [.hang] }) { client, server in
            let error = await #expect(throws: PlumbError.self) { try await client.version() }
            #expect(error?.code == .timedOut)
            #expect(error?.message.contains("was silent for too long") == true, "\(error?.message ?? "")")
            #expect(server.received.count == 1)
        }
        limits = Self.limits
        limits.requestTime = .milliseconds(300)
        // The body never stops and never ends: only a deadline over head and body sees that.
        try await Self.with(limits: limits, { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"), .drip] }) {
            client, _ in
            let error = await #expect(throws: PlumbError.self) { try await client.version() }
            #expect(error?.message.contains("had not finished its answer") == true, "\(error?.message ?? "")")
        }
    }

    @Test func aRequestCanBeCancelledAtAnyTime() async throws {
        var limits = Self.limits
        limits.requestsInFlight = 1
        try await Self.with(limits: limits, { _ in [.hang] }) { client, server in
            // The first hangs on the line, the second waits for its turn.
            try await withThrowingTaskGroup { group in
                for _ in 1...2 { group.addTask { _ = try await client.version() } }
                _ = try await eventually("a request has arrived") { server.received.isEmpty ? nil : true }
                group.cancelAll()
                while let result = await group.nextResult() {
                    #expect(throws: CancellationError.self) { try result.get() }
                }
            }
            #expect(server.received.count == 1)
        }
    }

    @Test func noMoreRequestsAreInFlightThanPermitted() async throws {
        var limits = Self.limits
        limits.requestsInFlight = 3
        try await Self.with(limits: limits, { _ in [Self.ok] }) { client, server in
            try await withThrowingTaskGroup { group in
                for _ in 1...100 { group.addTask { _ = try await client.get(Clients.configMaps, namespace: "default", name: "a") } }
                try await group.waitForAll()
            }
            #expect(server.received.count == 100)
            #expect(server.mostConnections <= 3)
        }
    }

    @Test func credentialsAreNotSentWithoutTLS() async throws {
        try await Self.with({ _ in [Self.ok] }) { client, server in
            _ = try await client.get(Clients.configMaps, namespace: "default", name: "a")
            let headers = server.received.flatMap(\.headers)
            #expect(headers.contains("User-Agent: plumb/test"))
            #expect(!headers.contains { $0.lowercased().hasPrefix("authorization") })
        }
    }

    @Test func aRefusedConnectionIsASentence() async throws {
        let port = try FreePort.next()
        try await TemporaryDirectory.with { directory in
            let configuration = try await Clients.configuration(server: "https://127.0.0.1:\(port)", in: directory)
            try await Clients.with(configuration, limits: Self.limits) { client in
                let error = await #expect(throws: PlumbError.self) { try await client.version() }
                #expect(
                    error?.message
                        == "The API server https://127.0.0.1:\(port) of context \"test\" does not answer: connection refused (GET /version)."
                )
                #expect(error?.code == .unreachable)
            }
        }
    }

    @Test func noRequestLeavesAfterTheEnd() async throws {
        try await Self.with({ _ in [Self.ok] }) { client, server in
            try await client.shutdown()
            try await client.shutdown()
            let error = await #expect(throws: PlumbError.self) { try await client.version() }
            #expect(error?.message.contains("has been shut down") == true)
            #expect(server.received.isEmpty)
        }
    }
}
