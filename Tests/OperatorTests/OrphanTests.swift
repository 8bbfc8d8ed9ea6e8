import Manifests
import Model
import Operator
import TestSupport
import Testing

/// Inventories that nothing declares for their target: listed, held, and left as they are.
@Suite struct OrphanTests {
    @Test func `an application that moves to another target leaves what it has there in sight`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            let there = OperatorRig.application("a").replacing("{name: host}", with: "{name: other}")
            let commit = try await rig.repository.commit(["plumb/a.yaml": there])
            try await rig.wait("a", "on the other target") { $0.target == "other" && $0.sync == .synced }
            let left = try await rig.wait("a@host", "listed") { $0.isOrphan }
            #expect(left.target == "host" && left.hold?.reason == .orphan)
            #expect(left.why.contains("`plumb delete a --root /srv/host`"), "\(left.why)")
            #expect(left.why.contains("another target"))
            #expect(await rig.target.deletions.isEmpty)
            #expect(await rig.target.live[.configMap("a")] != nil)
            #expect(try await rig.events("a@host").map(\.kind) == [.orphaned])
            await #expect(throws: PlumbError.self) { try await rig.service.sync("a@host", by: "ann") }

            // An operator that lost its store sees the same.
            try await rig.again(losingStore: true) { rig in
                try await rig.synced("a", at: commit)
                try await rig.wait("a@host", "listed") { $0.isOrphan }
                // And back it is what it was.
                let back = try await rig.repository.commit(["plumb/a.yaml": OperatorRig.application("a")])
                try await rig.wait("a", "back") { $0.target == "host" && $0.sync == .synced }
                try await rig.wait("a@other", "listed") { $0.isOrphan }
                _ = try await eventually("nothing else is listed") {
                    await rig.service.applications().map(\.name) == ["a", "a@other", "root"] ? true : nil
                }
                try await rig.synced("a", at: back)
                #expect(await rig.target.writes == ["apply ConfigMap a"])
            }
        }
    }

    @Test func `what nobody declares says how to be rid of it, with the flags of its target`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a").merging(OperatorRig.simple("b")) { $1 }) { rig in
            for name in ["a", "b"] { try await rig.synced(name) }
            try await rig.repository.commit(["plumb/b.yaml": nil])
            let orphan = try await rig.wait("b", "an orphan") { $0.isOrphan }
            #expect(orphan.why.contains("`plumb release b --root /srv/host`"), "\(orphan.why)")
            #expect(orphan.why.contains("nothing declares it"))
            #expect(orphan.hold?.since.isEmpty == false)
            #expect(await rig.target.deletions.isEmpty)
            // Gone from the target, it is gone from the list.
            await #expect(throws: PlumbError.self) { try await rig.service.sync("b", by: "ann") }
        }
    }

    @Test func `what was left on another place than it is now is not listed as its own`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            await rig.target.become("place-2")
            await rig.target.store(
                Inventory.with("stranger", [.configMap("x")], installation: try await rig.target.installation()))
            await rig.target.tell(.resumed)
            try await rig.held("a", .target)
            #expect(await rig.service.applications().map(\.name) == ["a", "root"])
        }
    }

    @Test func `a suspended application that was never declared to this operator is an orphan, and held`() async throws {
        let target = ScriptedTarget()
        var inventory = Inventory.with("lost", [.configMap("x")], installation: try await target.installation())
        inventory.hold = Hold(reason: .suspended, message: "an audit", since: "2026-01-01T00:00:00Z")
        await target.store(inventory)
        try await OperatorRig.with(OperatorRig.simple("a"), target: target) { rig in
            try await rig.synced("a")
            try await rig.held("lost", .orphan)
            #expect(await rig.target.inventory(named: "lost")?.hold?.message == "an audit")
        }
    }
}

/// Applications that wait for others.
@Suite struct DependencyTests {
    @Test func `what waits says what it waits for, from the first look on`() async throws {
        var files = OperatorRig.simple("a", "one", "  dependsOn: [{name: z}]")
        files.merge(OperatorRig.simple("z")) { $1 }
        let target = ScriptedTarget()
        await target.set(health: Health(.progressing, "starting"), of: .configMap("z"))
        try await OperatorRig.with(files, target: target) { rig in
            try await rig.wait("a", "held for that") { $0.hold?.message == "it waits for z, which is Synced and Progressing" }
            #expect(await rig.data("a") == nil)
            await rig.target.set(health: .healthy, of: .configMap("z"))
            try await rig.synced("a")
            let held = try await rig.events("a").filter { $0.kind == .held }.map(\.message)
            #expect(!held.contains { $0.contains("nothing declares") || $0.contains("Unknown") }, "\(held)")
        }
    }

    @Test func `what is not declared is said to be so, and waited for`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "one", "  dependsOn: [{name: z}]")) { rig in
            let hold = try await rig.held("a", .dependency)
            #expect(hold.message == "it waits for z, which nothing declares")
            try await rig.repository.commit(OperatorRig.simple("z").mapValues { $0 })
            try await rig.synced("a")
        }
    }

    @Test func `a dependency that is declared after it and becomes ready at once is not missed`() async throws {
        var files: [String: String] = [:]
        for number in 0..<6 {
            files.merge(OperatorRig.simple("c\(number)", "x", number < 5 ? "  dependsOn: [{name: c\(number + 1)}]" : "")) { $1 }
        }
        try await OperatorRig.with(files) { rig in for number in 0..<6 { try await rig.synced("c\(number)") } }
    }
}

extension Inventory {
    static func with(_ name: String, _ keys: [ResourceKey], installation: String) -> Inventory {
        var inventory = Inventory(identity: ApplicationIdentity(installation: installation, name: name))
        for key in keys { inventory.entries[key] = Entry(state: .applied, uid: "uid-0") }
        inventory.version = "0"
        return inventory
    }
}
