import Manifests
import Model
import Testing

@testable import Store

@Suite struct RecordTests {
    static let events: [Event] = [
        Samples.event(), Samples.event(nil), Samples.event("", ""), Samples.event("a", Samples.text),
        Event(
            time: Samples.time, application: "shop", kind: .drift,
            key: ResourceKey(group: "", kind: "ConfigMap", namespace: "n", name: "c"), path: "/data/a", old: "1", new: "",
            manager: "kubectl", message: "changed"),
        Event(
            time: Samples.time, application: "shop", kind: .orphaned,
            key: ResourceKey(group: "apps", kind: "Deployment", name: "d"),
            message: ""),
    ]

    @Test(arguments: events) func anEventComesBackAsItWas(_ event: Event) async throws {
        try await Store.with { store, path in
            var stored = try await store.record([event])
            #expect(stored[0].id > 0)
            #expect(try await store.reopened(at: path).events(of: nil, after: nil, limit: 10) == stored)
            stored[0].id = 0
            #expect(stored == [event])
        }
    }

    @Test(arguments: Event.Kind.allCases) func everyKindOfEventIsKept(_ kind: Event.Kind) async throws {
        let store = try Store.inMemory()
        _ = try await store.record([Event(time: Samples.time, application: nil, kind: kind, message: "")])
        #expect(try await store.events(of: nil, after: nil, limit: 1).map(\.kind) == [kind])
    }

    struct EventQuery: Sendable {
        var application: String?
        var after: Int64?
        var limit: Int
        var messages: [String]
    }

    /// 1 to 6, odd ones of a and even ones of b.
    @Test(arguments: [
        EventQuery(limit: 100, messages: ["1", "2", "3", "4", "5", "6"]),
        EventQuery(limit: 2, messages: ["5", "6"]),
        EventQuery(limit: 0, messages: []),
        EventQuery(limit: -1, messages: []),
        EventQuery(after: 0, limit: 2, messages: ["1", "2"]),
        EventQuery(after: 4, limit: 100, messages: ["5", "6"]),
        EventQuery(after: 6, limit: 100, messages: []),
        EventQuery(after: .max, limit: .max, messages: []),
        EventQuery(application: "a", limit: 2, messages: ["3", "5"]),
        EventQuery(application: "b", after: 2, limit: 1, messages: ["4"]),
        EventQuery(application: "c", limit: 100, messages: []),
        EventQuery(application: "' OR 1 --", limit: 100, messages: []),
    ]) func eventsAreFoundByApplicationAndID(_ query: EventQuery) async throws {
        let store = try Store.inMemory()
        let stored = try await store.record((1...6).map { Samples.event($0 % 2 == 1 ? "a" : "b", "\($0)") })
        #expect(stored.map(\.id) == [1, 2, 3, 4, 5, 6])
        let found = try await store.events(of: query.application, after: query.after, limit: query.limit)
        #expect(found.map(\.message) == query.messages)
    }

    @Test func idsOfEventsAreNeverGivenOutAgain() async throws {
        try await Store.with { store, path in
            _ = try await store.record([Samples.event(), Samples.event()])
            try await store.prune(now: 4_000_000_000)
            #expect(try await store.events(of: nil, after: nil, limit: 10) == [])
            let again = try await store.reopened(at: path)
            #expect(try await again.record([Samples.event()]).map(\.id) == [3])
            await again.close()
        }
    }

    @Test func anOperationIsOneUnderItsID() async throws {
        try await Store.with { store, path in
            try await store.save(Samples.operation("1"))
            try await store.save(Samples.operation("2", .waiting))
            var first = Samples.operation("1", .failed)
            first.revision = "main@sha1:0"
            first.renderedDigest = Samples.digest
            first.message = Samples.text
            first.endedAt = Samples.time
            first.deadline = Samples.time
            try await store.save(first)
            try await store.save(Samples.operation("3", of: "other"))
            let again = try await store.reopened(at: path)
            #expect(try await again.operations(of: "shop", limit: 10) == [Samples.operation("2", .waiting), first])
            #expect(try await again.operations(of: "shop", limit: 1).map(\.id) == ["2"])
            #expect(try await again.operations(of: "nobody", limit: 10) == [])
            await again.close()
        }
    }

    @Test(arguments: OperationRecord.Phase.allCases) func unfinishedAreThoseThatHaveNotEnded(_ phase: OperationRecord.Phase)
        async throws
    {
        let store = try Store.inMemory()
        try await store.save(Samples.operation("1", .running))
        try await store.save(Samples.operation("1", phase))
        #expect(try await store.unfinishedOperations().map(\.id) == (phase.isTerminal ? [] : ["1"]))
    }

    @Test func historyIsOneEntryAnOperation() async throws {
        try await Store.with { store, path in
            var first = Samples.entry("1")
            first.author = "Ada"
            first.message = Samples.text
            first.committedAt = Samples.time
            try await store.save(first)
            try await store.save(Samples.entry("2"))
            first.healthyAt = Samples.time
            try await store.save(first)
            try await store.save(Samples.entry("3", of: "other"))
            let again = try await store.reopened(at: path)
            #expect(try await again.history(of: "shop", limit: 10) == [Samples.entry("2"), first])
            #expect(try await again.history(of: "shop", limit: 1).map(\.operation) == ["2"])
            await again.close()
        }
    }
}
