import Manifests
import Model
import NIOCore
import OperatorTestSupport
import Server
import TestSupport
import Testing

/// Events as a list and as a stream.
@Suite struct EventTests {
    private static func script() -> ScriptedOperator {
        ScriptedOperator(applications: [Scripted.healthy("shop"), Scripted.healthy("wiki")])
    }

    @Test func theListIsTheLastOrWhatCameAfter() async throws {
        try await ServedOperator.with(Self.script()) { served async throws in
            let client = Client(served: served)
            for _ in 0..<5 { await served.script.happen(Scripted.event("shop", .created), Scripted.event("wiki", .created)) }
            let ids: (Client.Answer) -> [Int64] = { $0.items.compactMap { $0["id"]?.integer } }
            #expect(try await ids(client.get("events?limit=2")) == [9, 10])
            #expect(try await ids(client.get("events?after=0&limit=3")) == [1, 2, 3])
            #expect(try await ids(client.get("events?after=8")) == [9, 10])
            #expect(try await ids(client.get("events?application=wiki&after=4")) == [6, 8, 10])
        }
    }

    @Test func anEventHasItsFieldAndWho() async throws {
        try await ServedOperator.with(Self.script()) { served in
            await served.script.happen(Scripted.drift("shop"))
            let event = try #require(try await Client(served: served).get("events").items.first)
            #expect(event["type"] == "Drift")
            #expect(event["old"] == "3")
            #expect(event["new"] == "5")
            #expect(event["manager"] == "kubectl-edit")
        }
    }

    @Test func aStreamBeginsNow() async throws {
        try await ServedOperator.with(Self.script()) { served in
            await served.script.happen(Scripted.event("shop", .created, "before"))
            try await Client(served: served).stream("events") { frames in
                #expect(frames.contentType == "text/event-stream")
                #expect(try await frames.next() == "retry: 2000")
                await served.script.happen(Scripted.event("shop", .updated, "after"))
                let event = try #require(try await frames.event())
                #expect(event.id == "2")
                #expect(event.value["message"] == "after")
            }
        }
    }

    @Test(arguments: [
        ("events", ["Last-Event-ID": "3"]), ("events?after=3", [:]), ("events?after=1", ["Last-Event-ID": "3"]),
    ])
    func aStreamGoesOnWithoutGapOrRepeat(_ path: String, _ headers: [String: String]) async throws {
        try await ServedOperator.with(Self.script()) { served in
            for _ in 0..<500 { await served.script.happen(Scripted.event("shop", .updated)) }
            try await Client(served: served).stream(path, headers: headers) { frames async throws in
                for expected in 4...500 { #expect(try await frames.event()?.id == "\(expected)") }
                // While it is being followed, more at once than a listener's buffer holds.
                for _ in 0..<100 { await served.script.happen(Scripted.event("shop", .updated)) }
                for expected in 501...600 { #expect(try await frames.event()?.id == "\(expected)") }
            }
        }
    }

    @Test func whatALostSignalMeantComesWithTheNextOne() async throws {
        try await ServedOperator.with(Self.script()) { served in
            try await Client(served: served).stream("events") { frames in
                _ = try await frames.next()
                await served.script.happen(Scripted.event("shop", .created), isAnnounced: false)
                await served.script.happen(Scripted.event("shop", .updated))
                #expect(try await frames.event()?.id == "1")
                #expect(try await frames.event()?.id == "2")
            }
        }
    }

    @Test func aStreamOfOneApplicationHasOnlyIts() async throws {
        try await ServedOperator.with(Self.script()) { served in
            try await Client(served: served).stream("events?application=wiki&after=0") { frames async throws in
                await served.script.happen(Scripted.event("shop", .created), Scripted.event("wiki", .created))
                await served.script.happen(Scripted.event("shop", .updated), Scripted.event("wiki", .updated))
                #expect(try await frames.event()?.id == "2")
                #expect(try await frames.event()?.id == "4")
            }
        }
    }

    @Test func aQuietStreamBeats() async throws {
        var limits = APIServer.Limits()
        limits.heartbeat = .milliseconds(50)
        // Longer than the time after which idle connections are closed: a stream is not idle.
        limits.idleTime = .milliseconds(200)
        try await ServedOperator.with(Self.script(), limits: limits) { served in
            try await Client(served: served).stream("events") { frames async throws in
                #expect(try await frames.next() == "retry: 2000")
                for _ in 0..<10 { #expect(try await frames.next() == ": heartbeat") }
            }
        }
    }

    @Test func aStreamEndsWhenTheServerStops() async throws {
        try await ServedOperator.with(Self.script()) { served in
            try await Client(served: served).stream("events") { frames in
                _ = try await frames.next()
                await served.stop()
                while try await frames.next() != nil {}
            }
        }
    }

    @Test func aPlaceIsFreeAgainWhenTheClientGoes() async throws {
        var limits = APIServer.Limits()
        limits.eventStreams = 1
        try await ServedOperator.with(Self.script(), limits: limits) { served in
            for _ in 0..<3 {
                try await eventually("a place for a stream") {
                    try await RawConnection.with(served.url) { connection in
                        try await connection.send(
                            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(served.token)\r\nAccept: text/event-stream\r\n\r\n"
                        )
                        var iterator = connection.inbound.makeAsyncIterator()
                        return try await iterator.next().map { String(buffer: $0) }?.hasPrefix("HTTP/1.1 200 ") == true ? true : nil
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("events", ["Last-Event-ID": "x"], 400), ("events?application=none", [:], 404), ("events?after=-1", [:], 400),
    ])
    func aWrongStreamIsAnError(_ path: String, _ headers: [String: String], _ status: Int) async throws {
        try await ServedOperator.with(Self.script()) { served async throws in
            var all: [String: String?] = ["Accept": "text/event-stream"]
            for (name, value) in headers { all[name] = value }
            #expect(try await Client(served: served).send("GET", "/api/v1/" + path, headers: all).status == status)
        }
    }
}
