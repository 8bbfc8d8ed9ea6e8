import Model
import Planning
import Testing

@Suite struct HoldsTests {
    struct Budget: Sendable, CustomTestStringConvertible {
        let name: String
        let isHeld: Bool
        let arrange: @Sendable (inout World) -> Void

        init(_ name: String, held: Bool, _ arrange: @escaping @Sendable (inout World) -> Void) {
            self.name = name
            self.isHeld = held
            self.arrange = arrange
        }

        var testDescription: String { name }
    }

    /// `deleted` objects that leave the source beside `left` that stay.
    static func leave(_ deleted: Int, of total: Int, _ world: inout World) {
        for number in 0..<total {
            if number < deleted { world.applied("Secret s/n\(number)") } else { world.settled("Secret s/n\(number)") }
        }
    }

    static let cases: [Budget] = [
        Budget("3 of 4", held: false) { leave(3, of: 4, &$0) },
        Budget("4 of 8 are half", held: true) { leave(4, of: 8, &$0) },
        Budget("4 of 9", held: false) { leave(4, of: 9, &$0) },
        // They were 4 of 8 before the rest of that plan was applied.
        Budget("4 of 9 that were withheld before", held: true) {
            leave(4, of: 9, &$0)
            for number in 0..<4 { $0.input.inventory.entries[key("Secret s/n\(number)")]?.isWithheld = true }
        },
        Budget("one that was withheld before", held: true) {
            leave(1, of: 9, &$0)
            $0.input.inventory.entries[key("Secret s/n0")]?.isWithheld = true
        },
        Budget("9 of 10", held: true) { leave(9, of: 10, &$0) },
        Budget("50 of 200", held: false) { leave(50, of: 200, &$0) },
        Budget("51 of 200", held: true) { leave(51, of: 200, &$0) },
        Budget("an empty source, one object", held: true) { $0.applied("Secret s/a") },
        Budget("only a hook is left", held: true) {
            $0.applied("Secret s/a")
            $0.desire("batch/Job s/h", ["plumb.dev/hook": "PreSync"])
        },
        Budget("only the namespace is left", held: true) {
            $0.applied("Secret s/a")
            $0.settled("Namespace s")
        },
        Budget("a namespace", held: true) {
            $0.applied("Namespace t"); $0.settled("Secret s/a")
        },
        Budget("a volume claim", held: true) {
            $0.applied("PersistentVolumeClaim s/data"); $0.settled("Secret s/a")
        },
        Budget("a stateful set", held: true) {
            $0.applied("apps/StatefulSet s/db"); $0.settled("Secret s/a")
        },
        Budget("a precious kind that is kept does not hold the others", held: false) {
            $0.applied("PersistentVolumeClaim s/data", kept: true)
            $0.applied("Secret s/b")
            $0.settled("Secret s/a")
        },
        Budget("4 deletions where 4 others are gone already", held: true) {
            leave(4, of: 6, &$0)
            for number in 0..<4 { $0.remember("Secret s/gone\(number)") }
        },
        Budget("generated names in pairs", held: false) { world in
            for name in ["a", "b", "c", "d"] {
                world.applied("ConfigMap s/\(name)-2222222222")
                world.desire("ConfigMap s/\(name)-4444444444")
            }
        },
        Budget("generated names in pairs, once the new ones are there", held: false) { world in
            for name in ["a", "b", "c", "d"] {
                world.applied("ConfigMap s/\(name)-2222222222")
                world.settled("ConfigMap s/\(name)-4444444444")
            }
        },
        Budget("generated names, four that go for one that comes", held: true) { world in
            for digit in ["2", "4", "5", "6", "7"] { world.applied("ConfigMap s/a-\(digit)222222222") }
            world.desire("ConfigMap s/a-9222222222")
        },
        Budget("generated names in pairs in another namespace", held: true) { world in
            for name in ["a", "b", "c", "d"] {
                world.applied("ConfigMap s/\(name)-2222222222")
                world.desire("ConfigMap t/\(name)-4444444444")
            }
        },
        Budget("names that only look generated", held: true) { world in
            for name in ["a", "b", "c", "d"] {
                world.applied("ConfigMap s/\(name)-production")
                world.desire("ConfigMap s/\(name)-4444444444")
            }
        },
        Budget("a smaller budget of objects", held: true) {
            leave(1, of: 9, &$0)
            $0.input.policy.deletionBudget.objects = 0
        },
        Budget("a larger share", held: false) {
            leave(8, of: 10, &$0)
            $0.input.policy.deletionBudget.percent = 90
        },
        Budget("no precious kinds", held: false) {
            $0.applied("Namespace t")
            $0.settled("Secret s/a")
            $0.input.policy.deletionBudget.kinds = []
        },
        Budget("a paired deletion of a precious kind does not count", held: false) {
            $0.applied("ConfigMap s/a-2222222222")
            $0.desire("ConfigMap s/a-4444444444")
            $0.input.policy.deletionBudget.kinds = ["ConfigMap"]
        },
    ]

    @Test(arguments: cases) func budget(_ test: Budget) throws {
        var world = World()
        test.arrange(&world)
        let plan = try world.plan()
        let deletions = plan.operations.filter { $0.action == .delete && !$0.isKept }
        #expect(!deletions.isEmpty)
        #expect(deletions.allSatisfy { $0.isHeld == test.isHeld }, "\(plan.lines)")
        // Creates and updates go on.
        #expect(plan.operations.allSatisfy { $0.action == .delete || !$0.isHeld })

        world.input.approval = plan.digest
        #expect(try world.plan().held.isEmpty)
    }

    @Test func anApprovalCoversTheDeletionsThatItNamedAndNoOthers() throws {
        var world = World()
        Self.leave(9, of: 10, &world)
        world.input.approval = try world.plan().digest
        #expect(try world.plan().held.isEmpty)
        world.applied("Secret s/one-more")
        #expect(try world.plan().held.count == 10)
    }

    @Test func anApprovalOutlivesTheRestOfThePlan() throws {
        var world = World()
        Self.leave(9, of: 10, &world)
        world.desire("ConfigMap s/new")
        let approval = try world.plan().digest
        world.remember("ConfigMap s/new")
        world.live("ConfigMap s/new")
        #expect(try world.plan().digest == approval)
    }

    @Test func anApprovalOfOneObjectIsNoneOfItsSuccessor() throws {
        var world = World()
        world.applied("Namespace t")
        world.settled("Secret s/a")
        world.input.approval = try world.plan().digest
        world.remember("Namespace t", uid: "another")
        world.live("Namespace t", uid: "another")
        #expect(try world.plan().held.count == 1)
    }

    /// Approving must leave a plan as it would have been made had nothing been held.
    @Test func anApprovedPlanIsTheAutomaticOne() throws {
        var world = World()
        world.desire("Namespace s", ["plumb.dev/sync-wave": "5"])
        world.desire("ConfigMap s/a", requires: ["Namespace s"])
        let automatic = try world.plan()
        #expect(automatic.lines == ["create Namespace s", "unverified create ConfigMap s/a"])

        world.input.policy.automatic = false
        world.input.approval = try world.plan().digest
        #expect(try world.plan().operations == automatic.operations)
    }

    @Test func namesCannotImitateAnotherPlan() throws {
        var one = World()
        one.input.desired = [desired("ConfigMap s/a")]
        var other = one
        other.input.desired[0].key = ResourceKey(group: "", kind: "ConfigMap", name: "s/a")
        #expect(try one.plan().digest != other.plan().digest)
        #expect(Planner.renderedDigest(of: one.input.desired) != Planner.renderedDigest(of: other.input.desired))
    }
}
