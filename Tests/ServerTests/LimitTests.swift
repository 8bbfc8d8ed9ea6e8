import Manifests
import Model
import OperatorTestSupport
import Server
import Testing

/// What clients cannot do to the server, however they try.
@Suite struct LimitTests {
    private static func short() -> APIServer.Limits {
        var limits = APIServer.Limits()
        limits.idleTime = .milliseconds(300)
        limits.bodyTime = .milliseconds(300)
        return limits
    }

    private static let head = "POST /api/v1/applications/shop/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "

    @Test func aBodyOverTheLimitIsRefused() async throws {
        try await ServedOperator.with { served in
            let body = #"{"a": ""# + String(repeating: "x", count: 1 << 20) + #""}"#
            let answer = try await Client(served: served).post("applications/shop/sync", body)
            #expect(answer.status == 413)
            #expect(answer.message == "The request's body is larger than 1024 KiB.")
            #expect(await served.script.calls.isEmpty)
        }
    }

    @Test func aBodyOfNoSaidLengthIsRefusedAtTheLimit() async throws {
        var limits = APIServer.Limits()
        limits.bodyBytes = 1000
        try await ServedOperator.with(limits: limits) { served in
            try await RawConnection.with(served.url) { connection in
                try await connection.send(Self.head + served.token + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<11 { try await connection.send("64\r\n" + String(repeating: "x", count: 100) + "\r\n") }
                #expect(await connection.rest().hasPrefix("HTTP/1.1 413 "))
            }
        }
    }

    @Test func whoNeverEndsAHeadIsDisconnected() async throws {
        try await ServedOperator.with(limits: Self.short()) { served in
            try await RawConnection.with(served.url) { connection in
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: local")
                // Ends, or the deadline of the connection is over.
                #expect(await connection.rest().isEmpty)
            }
        }
    }

    @Test func whoSaysNothingIsDisconnected() async throws {
        try await ServedOperator.with(limits: Self.short()) { served in
            try await RawConnection.with(served.url) { #expect(await $0.rest().isEmpty) }
        }
    }

    @Test func whoDripsABodyIsDisconnected() async throws {
        try await ServedOperator.with(limits: Self.short()) { served in
            try await RawConnection.with(served.url) { connection in
                try await connection.send(Self.head + served.token + "\r\nContent-Length: 1000\r\n\r\n")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        while true {
                            try await connection.send(" ")
                            try await Task.sleep(for: .milliseconds(50))
                        }
                    }
                    let answer = await connection.rest()
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408 "))
                    group.cancelAll()
                    while let _ = await group.nextResult() {}
                }
                #expect(await served.script.calls.isEmpty)
            }
        }
    }

    @Test func whoTakesNoAnswerIsDisconnected() async throws {
        let many = (0..<3000).map { Scripted.healthy("application-\($0)") }
        try await ServedOperator.with(ScriptedOperator(applications: many), limits: Self.short()) { served in
            try await RawConnection.with(served.url) { connection in
                let request =
                    "GET /api/v1/applications HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(served.token)\r\n\r\n"
                // More than fits into the buffers of two sockets; nothing of it is read. The writes end when the connection does.
                await #expect(throws: (any Error).self) {
                    while true {
                        try await connection.send(request)
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
            }
        }
    }

    @Test(arguments: ["GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET /healthz HTTP/1.1\r\nA B: c\r\n\r\n"])
    func whatIsNoHTTPIsA400(_ text: String) async throws {
        try await ServedOperator.with { served in
            try await RawConnection.with(served.url) { connection in
                try await connection.send(text)
                let answer = await connection.rest()
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            }
        }
    }

    @Test func aHeadOverTheLimitIsRefused() async throws {
        try await ServedOperator.with { served in
            try await RawConnection.with(served.url) { connection in
                try await connection.send(
                    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "x", count: 100_000) + "\r\n\r\n")
                let answer = await connection.rest()
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 431 "), "\(answer)")
            }
        }
    }

    @Test func eventStreamsAreCounted() async throws {
        var limits = APIServer.Limits()
        limits.eventStreams = 1
        try await ServedOperator.with(limits: limits) { served in
            let client = Client(served: served)
            try await client.stream("events") { frames in
                _ = try await frames.next()
                let second = try await client.send("GET", "/api/v1/events", headers: ["Accept": "text/event-stream"])
                #expect(second.status == 503)
                #expect(second.message.hasPrefix("1 event streams are open already"))
                #expect(try await client.get("events").status == 200)
            }
        }
    }

    @Test func aThousandApplicationsInOneList() async throws {
        let many = (0..<1000).map { number in
            var status = Scripted.healthy("application-\(number)")
            status.resources = Array(repeating: status.resources[0], count: 4)
            return status
        }
        try await ServedOperator.with(ScriptedOperator(applications: many)) { served in
            let client = Client(served: served)
            let clock = ContinuousClock()
            var answer = try await client.get("applications")
            let time = try await clock.measure { answer = try await client.get("applications") }
            #expect(answer.items.count == 1000)
            print("1000 applications in one list: \(answer.text.utf8.count) bytes in \(time)")
        }
    }
}
