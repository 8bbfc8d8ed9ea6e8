import Manifests
import TestSupport
import Testing

@Suite struct HookTests {
    private static let hooks = [Samples.job("before", hook: "PreSync"), Samples.job("after", hook: "PostSync")]

    @Test func `hooks run around the sync, once for a revision, and not for drift`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("a")] + Self.hooks)
            #expect(
                try await app.plan(exits: 2).changes == [
                    "run batch/Job before: hook", "create ConfigMap a: new", "run batch/Job after: hook",
                ])
            let first = try await app.writes {
                async let applied = app.apply("--timeout", "60s")
                try await app.appears(app.jobPath("before"))
                #expect(try await !app.isThere(app.path("configmaps", "a")))
                try await app.finishJob("before")
                try await app.appears(app.path("configmaps", "a"))
                try await app.finishJob("after")
                #expect(try await applied.results("run") == ["batch/Job after", "batch/Job before"])
            }
            #expect(first.objects.map(Requests.words) == ["create jobs/before", "patch configmaps/a", "create jobs/after"])

            let steady = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(steady.writes.isEmpty)
            try await app.patch(app.path("configmaps", "a"), #"{"data":{"color":"green"}}"#)
            let drift = try await app.writes { try await app.apply() }
            #expect(drift.words == ["patch configmaps/a"])
        }
    }

    @Test func `a new revision runs them again, with new objects`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("a")] + Self.hooks)
            _ = try await app.withJobController { try await app.apply("--timeout", "60s") }
            let uid = try await app.uid(app.jobPath("before"))
            try app.source([Samples.configMap("a", "color: blue")] + Self.hooks)
            let requests = try await app.writes { _ = try await app.withJobController { try await app.apply("--timeout", "60s") } }
            #expect(
                requests.objects.map(Requests.words) == [
                    "delete jobs/before", "create jobs/before", "patch configmaps/a", "delete jobs/after", "create jobs/after",
                ])
            #expect(requests.deletions.first?.requiredUID == uid)
        }
    }

    @Test func `a hook that fails stops the sync before its phase, and runs again with the next attempt`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("a"), Samples.job("rescue", hook: "SyncFail")] + Self.hooks)
            let failed = try await app.writes {
                async let applied = app.apply(exits: 1, "--timeout", "60s")
                try await app.finishJob("before", succeeding: false)
                try await app.finishJob("rescue")
                let outcome = try await applied
                #expect(outcome.results.contains("batch/Job before failed") && outcome.results.contains("ConfigMap a blocked"))
                #expect(outcome.text.contains("it has failed"))
            }
            #expect(failed.objects.map(Requests.words) == ["create jobs/before", "create jobs/rescue"])

            let uid = try await app.uid(app.jobPath("before"))
            let again = try await app.writes {
                async let applied = app.apply("--timeout", "60s")
                try await app.finishJob("before", butNot: uid)
                try await app.finishJob("after")
                _ = try await applied
            }
            #expect(
                again.objects.map(Requests.words) == [
                    "delete jobs/before", "create jobs/before", "patch configmaps/a", "create jobs/after",
                ])
            try await app.plan(exits: 0)
        }
    }

    @Test func `a hook after the sync that fails fails the apply, and only it runs again`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("a")] + Self.hooks)
            async let failing = app.apply(exits: 1, "--timeout", "60s")
            try await app.finishJob("before")
            let uid = try await app.finishJob("after", succeeding: false)
            _ = try await failing
            try await app.plan(exits: 2)
            let again = try await app.writes {
                async let applied = app.apply("--timeout", "60s")
                try await app.finishJob("after", butNot: uid)
                _ = try await applied
            }
            // What ran with success for this revision is not run a second time.
            #expect(again.objects.map(Requests.words) == ["delete jobs/after", "create jobs/after"])
        }
    }

    @Test func `a failing object runs the SyncFail hook and no PostSync hook`() async throws {
        try await ClusterApp.with { app in
            let bad = Samples.service("bad").replacing("port: 80", with: "port: 808080")
            try app.source([bad, Samples.job("rescue", hook: "SyncFail"), Samples.job("after", hook: "PostSync")])
            let requests = try await app.writes {
                async let applied = app.apply(exits: 1, "--timeout", "60s")
                try await app.finishJob("rescue")
                let outcome = try await applied
                #expect(outcome.results == ["Service bad failed", "batch/Job after blocked", "batch/Job rescue run"])
            }
            #expect(requests.objects.filter { $0.resource == "jobs" }.map(Requests.words) == ["create jobs/rescue"])
        }
    }

    @Test(arguments: [
        ("BeforeHookCreation", true, true), ("HookSucceeded", true, false), ("HookSucceeded", false, true),
        ("HookFailed", false, false), ("HookFailed", true, true),
    ])
    func `a hook's object goes when its policy says so`(policy: String, succeeding: Bool, isLeft: Bool) async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.job("before", hook: "PreSync", policy: policy))
            async let applied = app.apply(exits: succeeding ? 0 : 1, "--timeout", "60s")
            try await app.finishJob("before", succeeding: succeeding)
            _ = try await applied
            #expect(try await app.isThere(app.jobPath("before")) == isLeft)
            #expect(try await app.isThere(app.path("configmaps", "a")) == succeeding)
        }
    }

    @Test func `a hook that left the files is deleted with what else did`() async throws {
        try await ClusterApp.with { app in
            try app.source([Samples.configMap("a")] + Self.hooks)
            _ = try await app.withJobController { try await app.apply("--timeout", "60s") }
            try app.source([Samples.configMap("a"), Self.hooks[0]])
            let requests = try await app.writes { _ = try await app.withJobController { try await app.apply("--timeout", "60s") } }
            #expect(requests.words == ["create jobs/before", "delete jobs/after", "delete jobs/before"])
        }
    }

    @Test func `a hook that never ends is given up at the deadline`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.job("before", hook: "PreSync"))
            let outcome = try await app.apply(exits: 1, "--timeout", "2s")
            #expect(outcome.text.contains("deadline for hooks"), "\(outcome)")
            #expect(try await !app.isThere(app.path("configmaps", "a")))
            // It may still be at work: the next attempt of the same revision waits for it.
            let requests = try await app.writes {
                async let applied = app.apply("--timeout", "60s")
                try await app.finishJob("before")
                _ = try await applied
            }
            #expect(requests.words == ["patch configmaps/a"])
        }
    }

    @Test func `a foreign object with a hook's name is not replaced`() async throws {
        try await ClusterApp.with { app in
            let theirs = Samples.job("before", hook: "PreSync").replacing("plumb.dev/hook", with: "theirs.example/hook")
            try await app.server.apply(theirs, at: app.jobPath("before"))
            let uid = try await app.uid(app.jobPath("before"))
            try app.source(Samples.configMap("a"), Samples.job("before", hook: "PreSync"))
            try await app.apply(exits: 1)
            #expect(try await app.uid(app.jobPath("before")) == uid)
            #expect(try await !app.isThere(app.path("configmaps", "a")))
        }
    }
}
