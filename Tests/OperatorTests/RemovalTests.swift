import Manifests
import Model
import Operator
import Store
import TestSupport
import Testing

/// An application that leaves its repository with `onRemoval: delete`: what keeps its objects from being deleted.
@Suite struct RemovalTests {
    static let leaving = "  sync: {onRemoval: delete}"
    /// `goes`, and another that stays: a repository without any objects would be something else.
    static let files = OperatorRig.simple("stays").merging(OperatorRig.simple("goes", "one", leaving)) { $1 }

    private static func synced(_ rig: OperatorRig) async throws {
        for name in ["goes", "stays"] { try await rig.synced(name) }
    }

    @Test func `it takes its objects along, and nothing else`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            _ = try await eventually("it is gone") { await rig.target.live[.configMap("goes")] == nil ? true : nil }
            #expect(await rig.target.deletions == ["delete ConfigMap goes"])
            _ = try await eventually("it is forgotten") {
                await rig.service.applications().contains { $0.name == "goes" } ? nil : true
            }
        }
    }

    @Test func `what a target is gets stored before anything is written to it`() async throws {
        let target = ScriptedTarget()
        let stop = await target.stop(at: .apply)
        try await OperatorRig.with(OperatorRig.simple("a"), target: target) { rig in
            try await stop.reached()
            let known = try await rig.store.targetMemories()
            #expect(known.filter { $0.name == "host" }.map(\.identity) == ["place-1"], "\(known)")
            stop.open()
            try await rig.synced("a")
        }
    }

    @Test func `nothing is deleted on a target that is another one than it was`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            await rig.target.become("place-2")
            await rig.target.tell(.resumed)
            try await rig.held("stays", .target)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            let hold = try await rig.held("goes", .target)
            #expect(hold.message.contains("place-2"), "\(hold)")
            #expect(await rig.target.deletions.isEmpty)
            // Pointed back, it goes.
            await rig.target.become("place-1")
            await rig.target.tell(.resumed)
            _ = try await eventually("it is gone") { await rig.target.live[.configMap("goes")] == nil ? true : nil }
        }
    }

    @Test func `a target that does not answer is asked again, and until then it says why`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            await rig.target.fail(.observe, PlumbError(.unreachable, "no route to it"))
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            let status = try await rig.wait("goes", "told") { $0.why.contains("no route to it") }
            #expect(status.sync == .unknown, "\(status.value.json)")
            #expect(await rig.target.deletions.isEmpty)
            await rig.target.answer(.observe)
            _ = try await eventually("it is gone") { await rig.target.live[.configMap("goes")] == nil ? true : nil }
        }
    }

    @Test func `suspended, it stays until somebody lets it go`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            try await rig.service.suspend("goes", reason: "an audit", by: "ann")
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            try await rig.wait("goes", "held as it leaves") {
                $0.hold?.reason == .suspended && $0.why.contains("left the repository")
            }
            #expect(await rig.target.deletions.isEmpty)
            try await rig.service.resume("goes", by: "ann")
            _ = try await eventually("it is gone") { await rig.target.live[.configMap("goes")] == nil ? true : nil }
        }
    }

    @Test func `suspended by an inventory alone, it stays`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            let stop = await rig.target.stop(at: .inventory)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            try await stop.reached()
            var inventory = try #require(await rig.target.inventory(named: "goes"))
            inventory.hold = Hold(reason: .suspended, message: "suspended by a pipeline", since: "2026-01-01T00:00:00Z")
            await rig.target.store(inventory)
            stop.open()
            try await rig.held("goes", .suspended)
            #expect(await rig.target.deletions.isEmpty)
        }
    }

    @Test func `declared again before anything was deleted, it stays as it is`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            let stop = await rig.target.stop(at: .save)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            try await stop.reached()
            let again = try await rig.repository.commit(Self.files)
            try await rig.superseded("goes")
            stop.open()
            try await rig.synced("goes", at: again)
            #expect(await rig.target.deletions.isEmpty)
        }
    }

    @Test func `declared again while it is being deleted, it keeps what is left and gets back what is gone`() async throws {
        var files = Self.files
        for name in ["a", "b", "c"] { files["goes/\(name).yaml"] = OperatorRig.configMap(name, "x") }
        var options = OperatorRig.Options()
        options.writes = 1
        try await OperatorRig.with(files, options) { [files] rig in
            try await Self.synced(rig)
            let stop = await rig.target.stop(at: .delete)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            try await stop.reached()
            let again = try await rig.repository.commit(files)
            try await rig.superseded("goes")
            stop.open()
            try await rig.synced("goes", at: again)
            #expect(await rig.target.deletions.count == 1)
            for name in ["a", "b", "c", "goes"] { #expect(await rig.target.live[.configMap(name)] != nil) }
        }
    }

    @Test func `what is only deleted with approval is held, and declared again it is no longer`() async throws {
        var files = Self.files
        files["goes/set.yaml"] = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: set}\n"
        try await OperatorRig.with(files) { [files] rig in
            try await Self.synced(rig)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            let hold = try await rig.held("goes", .approval)
            #expect(await rig.target.deletions.isEmpty)
            let again = try await rig.repository.commit(files)
            try await rig.synced("goes", at: again)
            #expect(await rig.target.deletions.isEmpty)
            try await rig.repository.commit(["plumb/goes.yaml": nil])
            let second = try await rig.held("goes", .approval)
            _ = try await rig.service.approve("goes", plan: try #require(second.plan), by: "ann")
            _ = try await eventually("it is gone") { await rig.target.live.count == 1 ? true : nil }
            #expect(hold.plan == second.plan)
        }
    }

    @Test func `one that is only observed is not deleted`() async throws {
        try await OperatorRig.with(Self.files) { rig in
            try await Self.synced(rig)
            var options = OperatorRig.Options()
            options.isObserver = true
            try await rig.again(options) { rig in
                try await rig.synced("stays")
                let commit = try await rig.repository.commit(["plumb/goes.yaml": nil])
                try await rig.seen(commit)
                // What comes after it in the queue is done: so was it.
                let status = try await rig.wait("goes", "told") { $0.hold?.message.contains("--observe") ?? false }
                #expect(status.why.contains("--observe"))
                #expect(await rig.target.deletions.isEmpty)
            }
        }
    }
}
