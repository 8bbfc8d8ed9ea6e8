import Manifests
import Model
import TestSupport
import Testing

@testable import Operator

/// What comes while a reconcile is under way: newer revisions, other settings, drift.
@Suite struct OvertakingTests {
    static func files(_ text: String) -> [String: String] {
        var files = ["plumb/a.yaml": OperatorRig.application("a")]
        for name in ["m1", "m2", "m3"] { files["a/\(name).yaml"] = OperatorRig.configMap(name, text) }
        return files
    }

    @Test func `of what is superseded nothing more is begun, also not what waited for its turn`() async throws {
        var options = OperatorRig.Options()
        options.writes = 1
        try await OperatorRig.with(Self.files("one"), options) { rig in
            try await rig.synced("a")
            let before = await rig.target.writes.count
            let stop = await rig.target.stop(at: .apply)
            try await rig.repository.commit(Self.files("two"))
            try await stop.reached()
            let newest = try await rig.repository.commit(Self.files("three"))
            try await rig.superseded("a")
            stop.open()
            try await rig.synced("a", at: newest)
            // One of the second revision, and three of the third.
            #expect(await rig.target.writes.count - before == 4)
            #expect(try await rig.events("a").contains { $0.kind == .operationEnded && $0.message.hasPrefix("Superseded") })
        }
    }

    @Test func `what comes while a plan is made overtakes it`() async throws {
        try await OperatorRig.with(Self.files("one")) { rig in
            try await rig.synced("a")
            let before = await rig.target.writes.count
            let stop = await rig.target.stop(at: .observe)
            try await rig.repository.commit(Self.files("two"))
            try await stop.reached()
            let newest = try await rig.repository.commit(Self.files("three"))
            try await rig.seen(newest)
            stop.open()
            try await rig.synced("a", at: newest)
            #expect(await rig.target.writes.count - before == 3)
        }
    }

    @Test func `a rendering of an Application that is another by now is not used`() async throws {
        try await TemporaryDirectory.with("sources") { directory in
            // Its own repository stays at the same revision, whatever the Application becomes.
            let maps = try await TestRepository.create(in: directory, name: "maps")
            try await maps.commit([
                "a/map.yaml": OperatorRig.configMap("a", "one"), "b/map.yaml": OperatorRig.configMap("b", "two"),
            ])
            func application(_ path: String) -> String {
                FollowingTests.user.replacing("path: .", with: "path: \(path)")
            }
            let files = ["plumb/a.yaml": application("a"), "plumb/maps.yaml": FollowingTests.repository("maps", maps.path)]
            try await OperatorRig.with(files) { [another = application("b")] rig in
                try await rig.synced("a")
                let stop = await rig.target.stop(at: .observe)
                await rig.target.tell(.resources([.configMap("a")]))
                try await stop.reached()
                try await rig.seen(try await rig.repository.commit(["plumb/a.yaml": another]))
                _ = try await eventually("the Application is another") {
                    await rig.service.records["a"]?.declared?.source.path == "b" ? true : nil
                }
                stop.open()
                try await rig.has("b", "two")
                try await rig.synced("a")
            }
        }
    }

    @Test func `drift during a reconcile is not lost`() async throws {
        try await OperatorRig.with(Self.files("one")) { rig in
            try await rig.synced("a")
            // Observed is what was there before; what is told while the look is under way comes after it.
            let stop = await rig.target.stop(at: .save)
            await rig.target.change(.configMap("m1")) { $0.value["data"] = ["a": "by hand"] }
            try await stop.reached()
            await rig.target.change(.configMap("m2")) { $0.value["data"] = ["a": "by hand"] }
            stop.open()
            for name in ["m1", "m2"] { try await rig.has(name, "one") }
            try await rig.synced("a")
        }
    }

    @Test func `drift that comes together with a commit that changes nothing of it goes back`() async throws {
        var files = Self.files("one")
        files.merge(OperatorRig.simple("busy")) { $1 }
        try await OperatorRig.with(files) { rig in
            for name in ["a", "busy"] { try await rig.synced(name) }
            // Both wait for the same look.
            let stop = await rig.target.stop(at: .observe)
            await rig.target.tell(.resources([.configMap("m1")]))
            try await stop.reached()
            await rig.target.change(.configMap("m3")) { $0.value["data"] = ["a": "by hand"] }
            try await rig.seen(try await rig.repository.commit(["README": "words"]))
            stop.open()
            try await rig.has("m3", "one")
            try await rig.synced("a")
        }
    }

    @Test func `a look after a sync that fails is taken again, and the sync has not failed`() async throws {
        try await OperatorRig.with(Self.files("one")) { rig in
            try await rig.synced("a")
            let stop = await rig.target.stop(at: .apply)
            let commit = try await rig.repository.commit(Self.files("two"))
            try await stop.reached()
            await rig.target.fail(.observe, times: 1)
            stop.open()
            try await rig.synced("a", at: commit)
            let ends = try await rig.events("a").filter { $0.kind == .operationEnded }
            #expect(!ends.isEmpty && ends.allSatisfy { $0.message.hasPrefix("Succeeded") }, "\(ends.map(\.message))")
            #expect(await rig.target.writes.count == 6)
        }
    }

    @Test func `an Application that is corrected is tried at once, though it renders to what failed`() async throws {
        @Sendable func files(_ retry: String) -> [String: String] {
            OperatorRig.simple("a", "one", "  sync: {retry: {initial: \(retry), max: 3h}}")
        }
        let target = ScriptedTarget()
        await target.fail(.apply, PlumbError(.notFound, "there is no namespace"))
        try await OperatorRig.with(files("1h"), target: target) { rig in
            try await rig.wait("a", "failed") { $0.why.contains("there is no namespace") }
            await rig.target.answer(.apply)
            let commit = try await rig.repository.commit(files("2h").mapValues { $0 })
            try await rig.synced("a", at: commit)
        }
    }

    @Test func `a target that could not be read is asked again, and is not Synced meanwhile`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            await rig.target.fail(.observe, PlumbError(.unreachable, "no route to it"))
            await rig.target.tell(.everything)
            let status = try await rig.wait("a", "Unknown") { $0.sync == .unknown }
            #expect(status.why.contains("no route to it"))
            await rig.target.answer(.observe)
            try await rig.synced("a")
        }
    }
}

/// Hooks, and what a failed one means.
@Suite struct HookOutcomeTests {
    static func hook(_ phase: String, _ name: String = "migrate") -> String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: \(name), annotations: {plumb.dev/hook: \(phase)}}
        spec: {}

        """
    }

    static let job = ResourceKey(group: "batch", kind: "Job", name: "migrate")

    @Test(arguments: ["PreSync", "Sync", "PostSync"])
    func `an application whose hook has failed is never Synced`(_ phase: String) async throws {
        let target = ScriptedTarget()
        await target.set(health: Health(.degraded, "exit code 1"), of: Self.job)
        var files = OperatorRig.simple("a")
        files["a/job.yaml"] = Self.hook(phase)
        try await OperatorRig.with(files, target: target) { rig in
            let status = try await rig.wait("a", "failed") { $0.operation?.phase == .failed }
            #expect(status.operation?.message.contains("exit code 1") ?? false, "\(status.value.json)")
            #expect(status.sync == .outOfSync && status.why.contains("failed"), "\(status.why)")
            // A look at it changes nothing of that.
            let looks = await rig.target.looks
            await rig.target.tell(.everything)
            _ = try await eventually("it is looked at") { await rig.target.looks > looks ? true : nil }
            #expect(try await rig.service.application("a").sync != .synced)
            await rig.target.set(health: .healthy, of: Self.job)
            let fix = try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "two")])
            try await rig.synced("a", at: fix)
        }
    }
}
