import Manifests
import Model
import TestSupport
import Testing

/// Hooks around the deletion of a whole application.
@Suite struct DeletionHookTests {
    private static let objects = [
        Samples.configMap("a"), Samples.job("backup", hook: "PreDelete"), Samples.job("goodbye", hook: "PostDelete"),
    ]

    private static func secret(_ app: ClusterApp) async throws -> String {
        "/api/v1/namespaces/plumb-system/secrets/plumb-hooks-\(try await app.identity().hash)"
    }

    @Test func `they run around the deletion, without the source, and nothing is left of them`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects)
            try await app.apply()
            #expect(try await !app.isThere(app.jobPath("backup")))
            let secret = try await Self.secret(app)
            let kept = try await app.get(secret)
            let steady = try await app.writes { try await app.apply() }
            #expect(steady.writes.isEmpty)
            try app.source()

            let plan = try await app.leave("delete", exits: 2)
            #expect(
                plan.changes == ["run batch/Job backup: hook", "delete ConfigMap a: removal", "run batch/Job goodbye: hook"])
            #expect(try await app.get(secret) == kept)
            let requests = try await app.writes {
                async let deleted = app.leave("delete", "--yes", "--timeout", "60s")
                try await app.appears(app.jobPath("backup"))
                #expect(try await app.isThere(app.path("configmaps", "a")))
                try await app.finishJob("backup")
                try await app.appears(app.jobPath("goodbye"))
                #expect(try await !app.isThere(app.path("configmaps", "a")))
                try await app.finishJob("goodbye")
                #expect(try await deleted.results("run") == ["batch/Job backup", "batch/Job goodbye"])
            }
            #expect(
                requests.objects.map(Requests.words) == [
                    "create jobs/backup", "delete configmaps/a", "create jobs/goodbye", "delete jobs/goodbye", "delete jobs/backup",
                ])
            #expect(try await !app.isThere(secret))
            #expect(try await !app.isThere(try await app.inventoryPath()))
        }
    }

    @Test func `one that fails stops the deletion, and runs again with the next attempt`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects + [Samples.configMap("kept", annotations: "plumb.dev/prune: disabled")])
            try await app.apply()
            let failed = try await app.writes {
                async let deleted = app.leave("delete", exits: 1, "--yes", "--timeout", "60s")
                try await app.finishJob("backup", succeeding: false)
                let outcome = try await deleted
                #expect(
                    outcome.text.contains(
                        "the PreDelete hook batch/Job \(app.namespace)/backup failed (BackoffLimitExceeded: it has failed)"),
                    "\(outcome)")
                #expect(outcome.text.contains("nothing was deleted"))
            }
            #expect(failed.objects.map(Requests.words) == ["create jobs/backup"])
            let again = try await app.writes {
                _ = try await app.withJobController { try await app.leave("delete", "--yes", "--timeout", "60s") }
            }
            #expect(again.words.filter { $0.hasPrefix("create") } == ["create jobs/backup", "create jobs/goodbye"])
            #expect(try await app.isThere(app.path("configmaps", "kept")))
            #expect(try await !app.isThere(app.jobPath("backup")))
        }
    }

    @Test func `a deletion that was given up does not count once the application is applied again`() async throws {
        try await ClusterApp.with { app in
            try app.source([Self.objects[0], Self.objects[1], Samples.job("last", hook: "PostDelete")])
            try await app.apply()
            async let deleted = app.leave("delete", exits: 1, "--yes", "--timeout", "60s")
            try await app.finishJob("backup")
            try await app.finishJob("last", succeeding: false)
            _ = try await deleted
            try await app.apply()
            let (uid, last) = (try await app.uid(app.jobPath("backup")), try await app.uid(app.jobPath("last")))
            async let again = app.leave("delete", "--yes", "--timeout", "60s")
            try await app.finishJob("backup", butNot: uid)
            try await app.finishJob("last", butNot: last)
            _ = try await again
        }
    }

    @Test func `releasing and pruning run none, and releasing forgets them`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("b")] + Self.objects)
            try await app.apply()
            try app.source(Self.objects)
            let pruned = try await app.writes { try await app.apply() }
            #expect(pruned.words == ["delete configmaps/b"])
            let secret = try await Self.secret(app)
            let released = try await app.writes { try await app.leave("release") }
            #expect(!released.objects.contains { $0.resource == "jobs" })
            #expect(try await !app.isThere(secret))
        }
    }

    @Test func `what is kept follows the source`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects)
            try await app.apply()
            let secret = try await Self.secret(app)
            let first = try await app.get(secret)["data"]
            try app.source([Self.objects[0], Samples.job("backup", hook: "PreDelete", command: "other")])
            try await app.apply()
            #expect(try await app.get(secret)["data"] != first)
            try app.source(Self.objects[0])
            try await app.apply()
            #expect(try await !app.isThere(secret))
            let deleted = try await app.writes { try await app.leave("delete", "--yes") }
            #expect(deleted.words == ["delete configmaps/a"])
        }
    }

    @Test func `where they are kept and lost, nothing is deleted until somebody says so`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects)
            try await app.apply()
            let secret = try await Self.secret(app)
            try await app.server.check("DELETE", secret)
            let outcome = try await app.leave("delete", exits: 1, "--yes")
            #expect(outcome.errors.contains("what was kept of them is gone"), "\(outcome)")
            #expect(try await app.isThere(app.path("configmaps", "a")))
            let name = secret.split(separator: "/").last ?? ""
            try await app.server.check(
                "POST", "/api/v1/namespaces/plumb-system/secrets",
                body: #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"\#(name)"}}"#)
            let deleted = try await app.writes { try await app.leave("delete", "--yes") }
            #expect(deleted.words == ["delete configmaps/a"])
            #expect(try await !app.isThere(secret))
        }
    }

    @Test func `the namespace that the last of them runs in goes after it`() async throws {
        try await ClusterApp.with { app in
            let space = "\(app.namespace)-own"
            let job = Samples.job("goodbye", hook: "PostDelete").replacing(
                "name: goodbye", with: "name: goodbye\n  namespace: \(space)")
            try app.source("apiVersion: v1\nkind: Namespace\nmetadata: {name: \(space)}", Samples.configMap("a"), job)
            try await app.apply()
            let plan = try await app.leave("delete", exits: 2)
            #expect(
                plan.changes.map { $0.split(separator: ":")[0] } == [
                    "delete ConfigMap a", "run batch/Job \(space)/goodbye", "delete Namespace \(space)",
                ])
        }
    }

    /// `kill -9` before each of its writes in turn, and then again.
    @Test func `killed at each of its writes and run again, each runs once and everything is gone`() async throws {
        let last = try await Bounded.map(Array(1...3), limit: 3) { try await Self.lane($0) }
        #expect(last.min() ?? 0 > 8)
    }

    private static func lane(_ first: Int) async throws -> Int {
        try await ClusterApp.with { app in
            var write = first
            while true {
                try app.source(objects)
                try await app.apply()
                let writes = try await breakOff(app, at: write)
                for hook in ["backup", "goodbye"] {
                    let made = writes.count {
                        $0.method == "POST" && $0.path.hasSuffix("/jobs") && $0.status == 201 && $0.name == hook
                    }
                    #expect(made == 1, "killed at \(write): \(hook) was made \(made) times")
                    #expect(try await !app.isThere(app.jobPath(hook)), "killed at \(write)")
                }
                #expect(try await !app.isThere(app.path("configmaps", "a")), "killed at \(write)")
                #expect(try await !app.isThere(try await app.inventoryPath()), "killed at \(write)")
                #expect(try await !app.isThere(try await secret(app)), "killed at \(write)")
                guard writes.count >= write else { return write - 3 }
                try #require(write < 100, "it never comes to its end")
                write += 3
            }
        }
    }

    private static func breakOff(_ app: ClusterApp, at write: Int) async throws -> [KubeProxy.Write] {
        @Sendable func delete(_ app: ClusterApp) -> [String] {
            ["delete", app.name] + app.destination + ["--yes", "--timeout", "60s"]
        }
        return try await app.withJobController(every: .milliseconds(100)) {
            try await app.killed(before: write, running: delete) { disturbed in
                // Where it had come to its end, there is nothing left to delete.
                let again = try await disturbed.run(delete(disturbed))
                #expect(again.status == 0 || again.stderr.contains("There is no application"), "\(again)")
            }
        }
    }
}
