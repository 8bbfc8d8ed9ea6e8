import Model
import Planning
import Testing

/// Taking over a release of Helm's, and the hooks of a deletion.
@Suite struct ReleaseTests {
    private static let name = HelmReleaseName(name: "web", namespace: "s")

    /// The release `web` has these objects; the source has what a case says.
    private static func release(_ objects: String..., hooks: [String] = [], ran: [String] = [], kept: [String] = [])
        -> EarlierRelease
    {
        EarlierRelease(
            name: name, revision: 3, objects: Set(objects.map(key)), kept: Set(kept.map(key)), hooks: Set(hooks.map(key)),
            hooksThatRan: Set(ran.map(key)))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var release: EarlierRelease
        var adopt = SyncPolicy.Adoption.allow
        let expected: [String]
        var untaken: [String] = []
        let arrange: @Sendable (inout World) -> Void
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "in both: adopted", release: release("ConfigMap s/a"),
            expected: ["adopt ConfigMap s/a from Helm's release web, revision 3"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
        },
        Case(
            name: "in both: held", release: release("ConfigMap s/a"), adopt: .hold,
            expected: ["held adopt ConfigMap s/a from Helm's release web, revision 3"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
        },
        Case(
            name: "without marks, as of old: still the release's", release: release("ConfigMap s/a"), adopt: .hold,
            expected: ["held adopt ConfigMap s/a from Helm's release web, revision 3"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.live("ConfigMap s/a", owner: .nobody(by: "helm"))
        },
        Case(
            name: "another release's", release: release("ConfigMap s/a"), adopt: .hold,
            expected: ["held adopt ConfigMap s/a from Helm's release other"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a", of: "other")
        },
        Case(
            name: "not in the source: deleted", release: release("ConfigMap s/a", "ConfigMap s/b"),
            expected: [
                "adopt ConfigMap s/a from Helm's release web, revision 3",
                "delete ConfigMap s/b from Helm's release web, revision 3",
            ]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("ConfigMap s/b")
        },
        Case(
            name: "not in the source: held, and not remembered", release: release("ConfigMap s/a", "ConfigMap s/b"), adopt: .hold,
            expected: [
                "held adopt ConfigMap s/a from Helm's release web, revision 3",
                "held delete ConfigMap s/b from Helm's release web, revision 3",
            ], untaken: ["ConfigMap s/b"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("ConfigMap s/b")
        },
        Case(
            name: "not in the source, and asked to stay",
            release: release("ConfigMap s/a", "ConfigMap s/b", kept: ["ConfigMap s/b"]),
            expected: [
                "adopt ConfigMap s/a from Helm's release web, revision 3",
                "kept delete ConfigMap s/b from Helm's release web, revision 3",
            ]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("ConfigMap s/b")
        },
        Case(
            name: "not in the source, and asked to stay since", release: release("ConfigMap s/a", "ConfigMap s/b"),
            expected: [
                "adopt ConfigMap s/a from Helm's release web, revision 3",
                "kept delete ConfigMap s/b from Helm's release web, revision 3",
            ]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("ConfigMap s/b")
            $0.input.observed[key("ConfigMap s/b")]?.asksToStay = true
        },
        Case(
            name: "not in the source, and gone, another release's, without marks, or another application's",
            release: release("ConfigMap s/a", "ConfigMap s/b", "ConfigMap s/c", "ConfigMap s/d", "ConfigMap s/e"),
            expected: ["adopt ConfigMap s/a from Helm's release web, revision 3"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("ConfigMap s/c", of: "other")
            $0.live("ConfigMap s/d", owner: .nobody(by: "helm"))
            $0.live("ConfigMap s/e", owner: .other("i/default/other"))
        },
        Case(
            name: "over the budget", release: release("StatefulSet s/b", "ConfigMap s/a"),
            expected: [
                "adopt ConfigMap s/a from Helm's release web, revision 3",
                "held delete StatefulSet s/b from Helm's release web, revision 3",
            ]
        ) {
            $0.desire("ConfigMap s/a")
            $0.helm("ConfigMap s/a")
            $0.helm("StatefulSet s/b")
        },
        Case(
            name: "a hook that Helm has run", release: release(hooks: ["batch/Job s/j"], ran: ["batch/Job s/j"]),
            expected: ["kept run batch/Job s/j"]
        ) {
            $0.desire("batch/Job s/j", HookTests.pre)
            $0.live("batch/Job s/j", owner: .nobody(by: "helm"))
        },
        Case(
            name: "a hook that has changed takes the place of Helm's", release: release(hooks: ["batch/Job s/j"]),
            expected: ["run batch/Job s/j"]
        ) {
            $0.desire("batch/Job s/j", HookTests.pre)
            $0.live("batch/Job s/j", owner: .nobody(by: "helm"))
        },
        Case(
            name: "a hook waits with the rest", release: release("ConfigMap s/a"), adopt: .hold,
            expected: ["held run batch/Job s/j", "held adopt ConfigMap s/a from Helm's release web, revision 3"]
        ) {
            $0.desire("ConfigMap s/a")
            $0.desire("batch/Job s/j", HookTests.pre)
            $0.helm("ConfigMap s/a")
        },
        Case(
            name: "a hook does not wait where nothing is left to take", release: release("ConfigMap s/a"), adopt: .hold,
            expected: ["run batch/Job s/j", "unchanged ConfigMap s/a"]
        ) {
            $0.settled("ConfigMap s/a")
            $0.desire("batch/Job s/j", HookTests.pre)
        },
    ]

    @Test(arguments: cases) func plans(_ test: Case) throws {
        var world = World()
        test.arrange(&world)
        world.input.policy.adopt = test.adopt
        world.input.release = test.release
        let taken = world.input.inventory.takeIn(test.release, besides: Set(world.input.desired.map(\.key)))
        world.input.taken = world.input.inventory.settle(taken, of: test.release, world.input.observed)
        let plan = try world.plan()
        #expect(plan.operations.map { $0.line + ($0.origin.map { " from \($0)" } ?? "") } == test.expected)
        #expect(plan.untaken == Set(test.untaken.map(key)))
    }

    @Test func `what was taken in is deleted as long as it is the same object`() throws {
        var world = World()
        world.settled("ConfigMap s/z")
        world.remember("ConfigMap s/a")
        world.input.inventory.entries[key("ConfigMap s/a")]?.origin = "Helm's release web, revision 3"
        world.helm("ConfigMap s/a")
        #expect(try world.plan().lines == ["unchanged ConfigMap s/z", "delete ConfigMap s/a"])
        world.live("ConfigMap s/a", uid: "another", owner: .nobody(by: "helm"))
        #expect(try world.plan().lines == ["unchanged ConfigMap s/z"])
    }

    @Test func `what was taken in and comes back into the source is adopted`() throws {
        var world = World()
        world.desire("ConfigMap s/a")
        world.remember("ConfigMap s/a")
        world.input.inventory.entries[key("ConfigMap s/a")]?.origin = "Helm's release web, revision 3"
        world.helm("ConfigMap s/a")
        #expect(try world.plan().lines == ["adopt ConfigMap s/a"])
    }

    @Test func `an adoption that was broken off goes on as one`() throws {
        var world = World()
        world.desire("ConfigMap s/a")
        world.remember("ConfigMap s/a", state: .intended)
        world.live("ConfigMap s/a", owner: .nobody(by: "kubectl"))
        #expect(try world.plan().lines == ["adopt ConfigMap s/a"])
    }

    @Test func `an approval covers what is adopted and what goes with it`() throws {
        var world = World()
        let release = Self.release("ConfigMap s/a", "ConfigMap s/b")
        world.desire("ConfigMap s/a")
        world.helm("ConfigMap s/a")
        world.helm("ConfigMap s/b")
        world.input.release = release
        world.input.taken = world.input.inventory.settle(
            world.input.inventory.takeIn(release, besides: [key("ConfigMap s/a")]), of: release, world.input.observed)
        world.input.approval = try world.plan().digest
        let plan = try world.plan()
        #expect(plan.lines == ["adopt ConfigMap s/a", "delete ConfigMap s/b"] && plan.untaken.isEmpty)
    }
}

extension World {
    /// Live, with Helm's marks.
    fileprivate mutating func helm(_ text: String, of release: String = "web") {
        live(text, owner: .nobody(by: "Helm's release \(release)"))
        input.observed[key(text)]?.release = HelmReleaseName(name: release, namespace: "s")
    }
}
