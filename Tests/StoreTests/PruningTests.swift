import GRDB
import Model
import Testing

@testable import Store

@Suite struct PruningTests {
    /// 2026-01-31T18:00:00Z in seconds since 1970.
    static let now: Int64 = 1_769_882_400

    @Test func oldEventsGo() async throws {
        let store = try Store.inMemory()
        _ = try await store.record([
            Samples.event("a", "old", time: "2025-11-02T17:59:59.999Z"),
            Samples.event("a", "edge", time: "2025-11-02T18:00:00.000Z"),
            Samples.event("a", "new", time: "2026-01-31T18:00:00.000Z"),
            Samples.event("a", "ahead", time: "2027-01-01T00:00:00.000Z"),
        ])
        #expect(try await store.prune(now: Self.now) == Pruned(events: 1))
        #expect(try await store.events(of: nil, after: 0, limit: 10).map(\.message) == ["edge", "new", "ahead"])
        #expect(try await store.prune(now: Self.now) == Pruned())
    }

    @Test func theNewest100000EventsStay() async throws {
        let store = try Store.inMemory()
        try await store.change { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100007)
                    INSERT INTO events (time, kind, message) SELECT '2026-01-31T18:00:00.000Z', 'Updated', i FROM n
                    """)
        }
        #expect(try await store.prune(now: Self.now) == Pruned(events: 7))
        #expect(try await store.events(of: nil, after: 0, limit: 1).map(\.message) == ["8"])
        #expect(try await store.prune(now: Self.now) == Pruned())
    }

    @Test func ofEachApplicationTheNewestOperationsStay() async throws {
        let store = try Store.inMemory()
        let changes = (0..<205).flatMap { number in
            [
                StoreChange.operation(Samples.operation("a\(number)", of: "a", number == 1 ? .waiting : .succeeded)),
                .operation(Samples.operation("b\(number)", of: "b", number == 1 ? .held : .superseded)),
            ]
        }
        _ = try await store.write(changes + [.operation(Samples.operation("c", of: "c", .failed))])
        #expect(try await store.prune(now: Self.now) == Pruned(operations: 9))
        let left = try await store.operations(of: "a", limit: 1000).map(\.id)
        #expect(left == (5..<205).reversed().map { "a\($0)" } + ["a1"], "what is under way stays")
        #expect(try await store.operations(of: "b", limit: 1000).map(\.id) == (5..<205).reversed().map { "b\($0)" })
        #expect(try await store.operations(of: "c", limit: 1000).map(\.id) == ["c"])
    }

    @Test func ofEachApplicationTheNewestHistoryStays() async throws {
        let store = try Store.inMemory()
        let changes = (0..<503).map { StoreChange.history(Samples.entry("\($0)", of: "a")) }
        _ = try await store.write(changes + [.history(Samples.entry("b", of: "b"))])
        #expect(try await store.prune(now: Self.now) == Pruned(history: 3))
        #expect(try await store.history(of: "a", limit: 1000).map(\.operation) == (3..<503).reversed().map { "\($0)" })
        #expect(try await store.history(of: "b", limit: 1000).count == 1)
    }

    @Test func theRepositoriesRememberedLongestAgoGo() async throws {
        let store = try Store.inMemory()
        let changes = (0..<10_002).map { StoreChange.repository(RepositoryMemory(url: "u", reference: "\($0)", revision: "r")) }
        _ = try await store.write(changes + [.repository(RepositoryMemory(url: "u", reference: "0", revision: "again"))])
        #expect(try await store.prune(now: Self.now) == Pruned(repositories: 2))
        let left = try await store.repositoryMemories()
        #expect(left.first?.reference == "3")
        #expect(left.last?.revision == "again")
    }
}
