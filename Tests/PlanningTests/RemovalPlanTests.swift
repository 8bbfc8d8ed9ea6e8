import Model
import Planning
import Testing

/// What `plumb delete` does, in which order.
@Suite struct RemovalPlanTests {
    static let before = ["plumb.dev/hook": "PreDelete"]
    static let after = ["plumb.dev/hook": "PostDelete"]

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let expected: [String]
        let hooks: [DesiredObject]
        let arrange: @Sendable (inout World) -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ expected: [String], hooks: [DesiredObject], _ arrange: @escaping @Sendable (inout World) -> Void
        ) {
            (self.name, self.expected, self.hooks, self.arrange) = (name, expected, hooks, arrange)
        }
    }

    static let cases: [Case] = [
        Case(
            "around the objects", ["run batch/Job s/b", "delete ConfigMap s/c", "run batch/Job s/a"],
            hooks: [desired("batch/Job s/a", after), desired("batch/Job s/b", before)]
        ) { $0.applied("ConfigMap s/c") },
        Case(
            "by their weights", ["run ServiceAccount s/x", "run batch/Job s/a", "run batch/Job s/b"],
            hooks: [
                desired("batch/Job s/b", ["helm.sh/hook": "pre-delete", "helm.sh/hook-weight": "5"]),
                desired("batch/Job s/a", ["helm.sh/hook": "pre-delete"]),
                desired("ServiceAccount s/x", ["helm.sh/hook": "pre-delete", "helm.sh/hook-weight": "-5"]),
            ]
        ) { _ in },
        Case(
            "twice", ["run batch/Job s/a", "run batch/Job s/a"],
            hooks: [desired("batch/Job s/a", ["plumb.dev/hook": "PreDelete, PostDelete, PostSync"])]
        ) { _ in },
        Case("what is left of one is no object of its own", ["run batch/Job s/a"], hooks: [desired("batch/Job s/a", before)]) {
            $0.applied("batch/Job s/a")
        },
        Case("one that has run", ["kept run batch/Job s/a", "delete ConfigMap s/c"], hooks: [desired("batch/Job s/a", before)]) {
            $0.applied("ConfigMap s/c")
            $0.input.inventory.sync = Inventory.SyncRecord(
                operation: "1", renderedDigest: Inventory.SyncRecord.removal, revision: "",
                hooks: [HookRecordKey.text(key("batch/Job s/a"), .preDelete): .succeeded])
        },
        Case("somebody's object", ["blocked run batch/Job s/a"], hooks: [desired("batch/Job s/a", before)]) {
            $0.live("batch/Job s/a", owner: .nobody(by: "kubectl"))
        },
        Case(
            "a namespace goes after what runs in it",
            ["delete ConfigMap s/c", "delete Namespace t", "run batch/Job s/a", "delete Namespace s"],
            hooks: [desired("batch/Job s/a", after)]
        ) { $0.applied("ConfigMap s/c", "Namespace s", "Namespace t") },
        Case(
            "so does a definition", ["run example.com/Widget s/w", "delete \(PruningTests.widgets)"],
            hooks: [desired("example.com/Widget s/w", after)]
        ) { $0.applied(PruningTests.widgets) },
        Case("without hooks in reverse", ["delete ConfigMap s/c", "delete Namespace s"], hooks: []) {
            $0.applied("Namespace s", "ConfigMap s/c")
        },
    ]

    @Test(arguments: cases) func plans(_ test: Case) throws {
        var world = World()
        test.arrange(&world)
        let plan = try Planner.removal(
            of: world.input.inventory, hooks: test.hooks, observed: world.input.observed, now: world.input.now)
        #expect(plan.lines == test.expected)
    }

    @Test func `a sync runs none of them, keeps them, and takes them for no object`() throws {
        var world = World()
        world.settled("ConfigMap s/a")
        world.desire("batch/Job s/j", Self.before)
        world.desire("batch/Job s/k", ["helm.sh/hook": "post-install,post-delete"])
        let plan = try world.plan()
        #expect(plan.lines == ["unchanged ConfigMap s/a", "run batch/Job s/k"])
        #expect(plan.deletionHooks.map(\.key) == [key("batch/Job s/j"), key("batch/Job s/k")])
    }

    @Test func `after a deletion that was given up everything begins anew`() throws {
        var world = World()
        world.settled("ConfigMap s/a")
        world.desire("batch/Job s/j", HookTests.pre)
        world.synced()
        #expect(try world.plan().lines == ["unchanged ConfigMap s/a"])
        world.input.inventory.sync = Inventory.SyncRecord(
            operation: "1", renderedDigest: Inventory.SyncRecord.removal, revision: "", hooks: [:])
        #expect(try world.plan().lines == ["run batch/Job s/j", "unchanged ConfigMap s/a"])
    }
}
