import Engine
import Manifests
import Model
import Store
import TestSupport
import Testing

@testable import PlumbTarget

/// Adding an application is a commit: through the engine, from manifests to the store.
@Suite struct SyncTests {
    @Test func whatIsDeclaredIsStored() async throws {
        let root = try Root()
        let report = try await root.apply(Root.application("a"), Root.repository("charts"))
        #expect(Root.outcome(report) == ["create a done", "create charts done"])
        #expect(!report.hasFailed)
        let objects = try await root.target.objects()
        #expect(objects.map(\.key) == [Root.key("a"), Root.key("charts", kind: "Repository")])
        #expect(objects.map(\.manifest.origin.description) == ["plumb/apps.yaml:1", "plumb/apps.yaml:6"])
        #expect(try ApplicationReader.application(from: objects[0].manifest).source.path == "apps/shop")
        #expect(Set(objects.map(\.uid)).count == 2)
        #expect(Set(objects.map(\.owner)) == ["\(try await root.target.installation())/default/root"])
    }

    @Test func whatIsAsDeclaredIsNotWritten() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.application("b"))
        let before = try await root.target.objects()
        let report = try await root.apply(Root.application("a"), Root.application("b"))
        #expect(report.plan.operations.map(\.action) == [.unchanged, .unchanged])
        #expect(try await root.target.objects() == before)
    }

    @Test func eachChangeIsAGeneration() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.application("b"))
        let before = try await root.target.objects()
        let report = try await root.apply(Root.application("a", path: "other"), Root.application("b"))
        let change = FieldChange(path: "/spec/sources/0/path", old: "apps/shop", new: "other")
        #expect(report.plan.operations.map(\.action) == [.update, .unchanged])
        #expect(report.plan.operations[0].fields == [change])
        #expect(try await root.stored() == ["a 2", "b 1"])
        #expect(try await root.target.objects().map(\.uid) == before.map(\.uid))
        try await root.apply(Root.application("a"), Root.application("b"))
        #expect(try await root.stored() == ["a 3", "b 1"])
    }

    @Test func whatIsNoLongerDeclaredGoes() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.application("b"), Root.application("c"))
        let report = try await root.apply(Root.application("a"), Root.application("b"))
        #expect(Root.outcome(report).contains("delete c done"))
        #expect(try await root.stored() == ["a 1", "b 1"])
        let inventory = try #require(try await root.target.inventories().first)
        #expect(Set(inventory.entries.keys) == [Root.key("a"), Root.key("b")])
        // One that comes back is another one.
        try await root.apply(Root.application("a"), Root.application("b"), Root.application("c"))
        #expect(try await root.stored() == ["a 1", "b 1", "c 1"])
    }

    @Test func removingMostOfThemWaitsForApproval() async throws {
        let root = try Root()
        _ = try await root.engine.apply(Root.request((0..<10).map { Root.application("a\($0)") }))
        let held = try await root.apply(Root.application("a0"), Root.application("a1", path: "other"), Root.application("new"))
        #expect(held.isHeld)
        #expect(held.plan.operations.filter { $0.action == .delete }.count == 8)
        #expect(try await root.stored().count == 11, "what is added and changed goes on")
        #expect(try await root.stored().contains("a1 2"))

        let left = [Root.application("a0"), Root.application("a1", path: "other"), Root.application("new")]
        let again = try await root.engine.plan(Root.request(left))
        let report = try await root.engine.apply(Root.request(left, approval: again.plan.digest))
        #expect(!report.isHeld)
        #expect(try await root.stored() == ["a0 1", "a1 2", "new 1"])
    }

    @Test func anEmptiedSourceDeletesNothing() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"))
        let report = try await root.engine.apply(Root.request([]))
        #expect(report.isHeld)
        #expect(try await root.stored() == ["a 1"])
    }

    @Test func aMistypedApplicationFailsAlone() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.application("b"), Root.application("gone"))
        let report = try await root.apply(
            Root.application("a", path: "other"), Root.mistyped("b"), Root.mistyped("c"), Root.application("d"))
        #expect(report.hasFailed)
        // Deletions come last, and only when all went well: the mistyped one may be the other one's new name.
        #expect(
            Set(Root.outcome(report)) == [
                "update a done", "update b failed", "create c failed", "create d done", "delete gone blocked",
            ])
        let index = try #require(report.plan.operations.firstIndex { $0.key.name == "c" })
        #expect(report.messages[index]?.hasPrefix("plumb/apps.yaml:11: ") == true, "\(report.messages[index] ?? "")")
        #expect(report.messages[index]?.contains("\"snyc\"") == true)
        // The last one that could be read goes on.
        #expect(try await root.stored() == ["a 2", "b 1", "d 1", "gone 1"])

        let corrected = try await root.apply(
            Root.application("a", path: "other"), Root.application("b", path: "other"), Root.application("c"), Root.application("d")
        )
        #expect(!corrected.hasFailed)
        #expect(try await root.stored() == ["a 2", "b 2", "c 1", "d 1"])
    }

    @Test func aMistypedApplicationThatLeavesIsForgotten() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.mistyped("b"))
        let report = try await root.apply(Root.application("a"))
        #expect(!report.hasFailed)
        #expect(!report.isHeld)
        #expect(try await root.target.inventories().map { Set($0.entries.keys) } == [[Root.key("a")]])
    }

    @Test func aRehearsedPlanSaysWhatCannotBeRead() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"))
        let request = try Root.request(Root.application("a", path: "other"), Root.mistyped("b"), preflight: .updates)
        let error = await #expect(throws: PlumbError.self) { _ = try await root.engine.plan(request) }
        #expect(error?.message.contains("plumb/apps.yaml:6") == true, "\(String(describing: error))")
        #expect(try await root.stored() == ["a 1"])
    }

    @Test func whatWasWrittenAndNotWrittenDownIsFinished() async throws {
        let root = try Root()
        let request = try Root.request(Root.application("a"))
        let planned = try await root.engine.plan(request)
        let operation = try #require(planned.plan.operations.first)
        let desired = try #require(operation.desired)
        // As a process that is killed after its first write leaves it.
        var inventory = planned.inventory
        inventory.entries[desired.key] = Inventory.Entry(state: .intended)
        _ = try await root.target.save(inventory)
        _ = try await root.target.apply(Write(desired: desired, mode: .create, uid: nil), planned.context)

        let report = try await root.engine.apply(request)
        #expect(!report.hasFailed)
        #expect(try await root.stored() == ["a 1"])
        let entry = try await root.target.inventories().first?.entries[desired.key]
        #expect(entry?.state == .applied)
        #expect(entry?.digest == desired.digest)
    }

    @Test func releasingForgetsTheObjects() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"), Root.application("b"))
        #expect(try await root.engine.release("root", deadline: .seconds(10)) == [Root.key("a"), Root.key("b")])
        #expect(try await root.target.objects() == [])
        #expect(try await root.target.inventories() == [])
    }

    @Test func everythingSurvivesReopening() async throws {
        try await TemporaryDirectory.with("root") { directory in
            let path = "\(directory)/plumb.db"
            let first = Root(try await Store.open(at: path))
            try await first.apply(Root.application("a"), Root.repository("charts"))
            try await first.apply(Root.application("a", path: "other"), Root.repository("charts"))
            let (objects, inventories) = (try await first.target.objects(), try await first.target.inventories())
            let installation = try await first.target.installation()
            await first.store.close()

            let second = Root(try await Store.open(at: path))
            #expect(try await second.target.objects() == objects)
            #expect(try await second.target.inventories() == inventories)
            #expect(try await second.target.installation() == installation)
            #expect(try await second.target.identity() == installation)
            let report = try await second.apply(Root.application("a", path: "other"), Root.repository("charts"))
            #expect(report.plan.operations.map(\.action) == [.unchanged, .unchanged])
            await second.store.close()
        }
    }
}
