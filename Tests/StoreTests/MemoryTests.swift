import Manifests
import Model
import Testing

@testable import Store

@Suite struct MemoryTests {
    static let states: [Value] = [
        ["a": 1, "b": ["c", .null, true, 1.5], "d": .string(Samples.text + "\u{0}after")], [:], [], "x", .null, .integer(.max),
        .double(0.1),
    ]

    @Test(arguments: states) func aStateComesBackAsItWas(_ state: Value) async throws {
        try await Store.with { store, path in
            try await store.save(state: "old", of: "shop")
            try await store.save(state: state, of: "shop")
            try await store.save(state: 1, of: "other")
            let again = try await store.reopened(at: path)
            #expect(try await again.states() == ["shop": state, "other": 1])
            try await again.removeState(of: "shop")
            try await again.removeState(of: "nobody")
            #expect(try await again.states() == ["other": 1])
            await again.close()
        }
    }

    @Test func aStateIsBounded() async throws {
        let store = try Store.inMemory()
        let error = await #expect(throws: PlumbError.self) {
            try await store.save(state: .string(String(repeating: "x", count: 17 << 20)), of: "shop")
        }
        #expect(error?.code == .limit)
        #expect(try await store.states() == [:])
    }

    @Test func whatWasLastSeenIsRemembered() async throws {
        try await Store.with { store, path in
            try await store.remember(RepositoryMemory(url: "u", reference: "main", revision: "1", commit: "c"))
            try await store.remember(RepositoryMemory(url: "u", reference: "next", revision: "2"))
            try await store.remember(RepositoryMemory(url: "u", reference: "main", revision: "3"))
            try await store.remember(TargetMemory(name: "t", place: "p", identity: "1", installation: "i"))
            try await store.remember(TargetMemory(name: "t", place: "p", identity: "2", installation: "i"))
            try await store.remember(fact: "x", as: "kind")
            try await store.remember(fact: Samples.text, as: "kind")
            let again = try await store.reopened(at: path)
            #expect(
                try await again.repositoryMemories() == [
                    RepositoryMemory(url: "u", reference: "next", revision: "2"),
                    RepositoryMemory(url: "u", reference: "main", revision: "3"),
                ])
            #expect(try await again.targetMemories() == [TargetMemory(name: "t", place: "p", identity: "2", installation: "i")])
            #expect(try await again.fact("kind") == Samples.text)
            #expect(try await again.fact("other") == nil)
            #expect(try await again.fact("kind", orRemember: "y") == Samples.text)
            #expect(try await again.fact("other", orRemember: "y") == "y")
            #expect(try await again.fact("other") == "y")
            await again.close()
        }
    }

    @Test func whatBelongsTogetherIsStoredAtOnce() async throws {
        let store = try Store.inMemory()
        let stored = try await store.write([
            .record(Samples.event("shop", "1")), .operation(Samples.operation("1", .succeeded)), .history(Samples.entry("1")),
            .state(["n": 1], of: "shop"), .state(["n": 2], of: "gone"), .removeState(of: "gone"),
            .repository(RepositoryMemory(url: "u", reference: "main", revision: "1")),
            .target(TargetMemory(name: "t", place: "p", identity: "1", installation: "i")), .fact("x", as: "kind"),
            .record(Samples.event("shop", "2")),
        ])
        #expect(stored.map(\.id) == [1, 2])
        #expect(try await store.events(of: "shop", after: nil, limit: 10) == stored)
        #expect(try await store.operations(of: "shop", limit: 10) == [Samples.operation("1", .succeeded)])
        #expect(try await store.history(of: "shop", limit: 10) == [Samples.entry("1")])
        #expect(try await store.states() == ["shop": ["n": 1]])
        #expect(try await store.repositoryMemories().map(\.revision) == ["1"])
        #expect(try await store.targetMemories().map(\.identity) == ["1"])
        #expect(try await store.fact("kind") == "x")
        #expect(try await store.write([]) == [])
    }

    @Test func ofWhatCannotBeStoredWholeNothingIs() async throws {
        let store = try Store.inMemory()
        await #expect(throws: PlumbError.self) {
            _ = try await store.write([
                .record(Samples.event()), .operation(Samples.operation("1")), .fact("x", as: "kind"),
                .state(.string(String(repeating: "x", count: 17 << 20)), of: "shop"),
            ])
        }
        #expect(try await store.events(of: nil, after: nil, limit: 10) == [])
        #expect(try await store.operations(of: "shop", limit: 10) == [])
        #expect(try await store.fact("kind") == nil)
    }

    @Test func aWriteIsNotUndoneByTheEndOfItsTask() async throws {
        let store = try Store.inMemory()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await store.record([Samples.event()])
        }
        #expect(try await task.value.map(\.id) == [1])
        #expect(try await store.events(of: nil, after: nil, limit: 10).count == 1)
    }

    @Test func manyWriteAndReadAtOnce() async throws {
        try await Store.with { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<20 {
                            _ = try await store.write([.record(Samples.event("a\(writer)", "\(number)")), .fact("x", as: "f")])
                            _ = try await store.events(of: "a\(writer)", after: nil, limit: 3)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.events(of: nil, after: 0, limit: 1000).map(\.id) == Array(1...160))
            for writer in 0..<8 {
                let own = try await store.events(of: "a\(writer)", after: 0, limit: 1000)
                #expect(own.map(\.message) == (0..<20).map { "\($0)" })
            }
        }
    }
}
