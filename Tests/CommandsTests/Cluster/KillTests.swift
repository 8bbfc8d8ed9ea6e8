import Manifests
import Model
import TestSupport
import Testing

/// An apply that breaks off at each of its writes in turn, and the one after it.
@Suite struct KillTests {
    enum Fault: String, CaseIterable {
        /// `kill -9` before the write goes out: everything up to it is done, nothing after it.
        case kill
        /// The write is done, and its answer is lost; the process lives and makes of that what it can.
        case lostAnswer
    }

    private static let lanes = 3

    @Test(arguments: Fault.allCases)
    func `broken off at each of its writes and run again, it ends in the same state`(fault: Fault) async throws {
        let last = try await Bounded.map(Array(1...Self.lanes), limit: Self.lanes) { try await Self.lane($0, fault) }
        #expect(last.min() ?? 0 > 12)
    }

    /// Revisions of one application, one after the other: the first is broken off at its first write or one of the next few,
    /// each later one `lanes` writes further on, until one comes to its end before.
    /// - Returns: the last write that one was broken off at.
    private static func lane(_ first: Int, _ fault: Fault) async throws -> Int {
        try await ClusterApp.with { app in
            var (write, revision) = (first, 1)
            while true {
                try fill(app, revision)
                guard try await breakOff(app, revision, at: write, fault) >= write else { return write - lanes }
                try #require(write < 100, "it never comes to its end")
                write += lanes
                revision += 1
            }
        }
    }

    /// - Returns: how many writes there were, in the run that was broken off and the one after it.
    private static func breakOff(_ app: ClusterApp, _ revision: Int, at write: Int, _ fault: Fault) async throws -> Int {
        let (stuck, isStuck) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        return try await KubeProxy.with(before: app.server) { request in
            // The number goes on counting in the run after it, so this is met once.
            guard request.write == write else { return .pass }
            isStuck.finish()
            return fault == .kill ? .stopBefore : .loseAnswer
        } _: { proxy in
            let disturbed = try app.through(proxy)
            try await app.withJobController(every: .milliseconds(100)) {
                let process = try await PlumbBinary.start(disturbed.arguments("apply", []), directory: app.directory)
                try await end(process, fault, stuck, isStuck)
                try await disturbed.apply("--timeout", "100s")
            }
            try await requireEnd(of: revision, app, proxy.writes, "revision \(revision), \(fault) at write \(write)")
            return proxy.writes.count
        }
    }

    /// Kills the process when it is stuck; otherwise it ends by itself.
    private static func end(
        _ process: ServerProcess, _ fault: Fault, _ stuck: AsyncStream<Void>, _ isStuck: AsyncStream<Void>.Continuation
    ) async throws {
        guard fault == .kill else {
            _ = try await process.wait()
            return
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stuck {} }
            group.addTask { _ = try await process.wait() }
            try await group.next()
            await process.kill()
            isStuck.finish()
            group.cancelAll()
        }
    }

    /// Two objects that change, one that only every other revision has, and two hooks.
    private static func fill(_ app: ClusterApp, _ revision: Int) throws {
        let shared = (0..<2).map { Samples.configMap("c\($0)", "revision: \"\(revision)\"") }
        try app.source(
            shared + [
                Samples.configMap("only\(revision % 2)"), Samples.job("before", hook: "PreSync"),
                Samples.job("after", hook: "PostSync"),
            ])
    }

    private static func requireEnd(of revision: Int, _ app: ClusterApp, _ writes: [KubeProxy.Write], _ what: String) async throws {
        for number in 0..<2 {
            let live = try await app.get(app.path("configmaps", "c\(number)"))
            #expect(live.at("data", "revision")?.string == "\(revision)", "\(what)")
        }
        let gone = app.path("configmaps", "only\((revision + 1) % 2)")
        #expect(try await app.isThere(app.path("configmaps", "only\(revision % 2)")), "\(what)")
        #expect(try await !app.isThere(gone), "\(what)")
        for hook in ["before", "after"] {
            let made = writes.count { $0.method == "POST" && $0.path.hasSuffix("/jobs") && $0.status == 201 && $0.name == hook }
            #expect(made == 1, "\(what): \(hook) was made \(made) times")
        }
        let deleted = Set(writes.filter { $0.method == "DELETE" && $0.path.contains("/configmaps/") }.map(\.path))
        #expect(deleted == (revision == 1 ? [] : [gone]), "\(what)")
        let expected = ["c0", "c1", "only\(revision % 2)", "before", "after"]
        #expect(try await app.inventory() == Dictionary(uniqueKeysWithValues: expected.map { ($0, "applied") }), "\(what)")
        let head = try await app.get(try await app.inventoryPath()).at("data", "inventory")?.string ?? ""
        #expect(!head.contains("lease"), "\(what)")
        try await app.plan(exits: 0)
    }
}
