import Model
import Planning
import Testing

/// Random sources, targets and inventories: what a plan must never do, whatever it is given.
@Suite struct PlanPropertyTests {
    static let seeds = 0..<500

    static let pool = [
        "Namespace s", "Namespace t", "ConfigMap s/a", "ConfigMap s/b", "ConfigMap t/a", "Secret s/x-2222222222",
        "Secret s/x-4444444444",
        "apps/Deployment s/web", "apps/StatefulSet t/db", "PersistentVolumeClaim t/data", "extensions/Ingress s/i",
        "networking.k8s.io/Ingress s/i", "apiextensions.k8s.io/CustomResourceDefinition widgets.e.com", "e.com/Widget s/w",
        "batch/Job s/j",
    ]

    static func world(_ random: inout SeededGenerator) -> World {
        var world = World()
        let desiredShare = random.pick([0, 20, 60, 95])
        let uids = (0..<12).map { "u\($0)" }
        for text in pool {
            if random.chance(desiredShare) {
                var notes: [String: String] = [:]
                if random.chance(25) { notes["plumb.dev/sync-wave"] = random.pick(["-1", "1", "2"]) }
                if text == "batch/Job s/j" {
                    notes["plumb.dev/hook"] = random.pick(["PreSync", "Sync", "PostSync", "SyncFail", "PreSync,PostSync"])
                }
                if random.chance(10) { notes["plumb.dev/apply"] = random.pick(["ifNotPresent", "replace", "ignore"]) }
                let namespace = key(text).namespace.map { "Namespace \($0)" }
                world.desire(text, notes, requires: namespace.map { pool.contains($0) && random.chance(80) ? [$0] : [] } ?? [])
            }
            let uid = random.pick(uids)
            if random.chance(70) {
                world.live(
                    text, uid: uid,
                    owner: random.chance(75)
                        ? .this : random.pick([.other("i/default/other"), .nobody(by: nil), .nobody(by: "helm")]),
                    difference: random.pick([.same, .changed([]), .drift([])]), terminating: random.chance(8),
                    holdUntil: random.chance(5) ? "2030-01-01T00:00:00Z" : nil)
            }
            if random.chance(60) {
                world.remember(
                    text, uid: random.chance(85) ? uid : "old", state: random.pick([.applied, .applied, .intended, .deleting]),
                    wave: random.pick([0, 0, 1, -1]), kept: random.chance(15))
            }
        }
        if random.chance(20) { world.input.policy.automatic = false }
        if random.chance(15) { world.input.policy.prune = false }
        world.input.policy.adopt = random.pick([.hold, .allow])
        world.input.policy.drift = random.pick([.revert, .report, .ignore])
        if random.chance(40) { world.input.policy.deletionBudget.kinds = [] }
        if random.chance(30) { world.synced() }
        return world
    }

    /// Required for every plan, an approved one too.
    static func violations(_ plan: Plan, _ world: World) -> [String] {
        var found: [String] = []
        func check(_ holds: Bool, _ what: String, _ operation: Model.Operation) {
            if !holds { found.append("\(operation.line): \(what)") }
        }
        let desiredKeys = Set(world.input.desired.map(\.key))
        let desiredUIDs = Set(desiredKeys.compactMap { world.input.observed[$0]?.uid })
        let entries = world.input.inventory.entries
        let kept = entries.filter { $0.value.isKept && world.input.observed[$0.key] != nil }.keys
        for operation in plan.due where operation.action == .delete {
            let live = world.input.observed[operation.key]
            check(!desiredKeys.contains(operation.key), "it is desired", operation)
            check(!desiredUIDs.contains(operation.uid ?? ""), "its uid is desired", operation)
            check(entries[operation.key] != nil, "it is not in the inventory", operation)
            check(entries[operation.key]?.isKept == false, "it is kept", operation)
            check(live != nil && live?.uid == operation.uid, "it is not what is there", operation)
            check(live?.owner == .this, "it is not this application's", operation)
            check(entries[operation.key]?.uid.map { $0 == operation.uid } ?? true, "it is not what was put there", operation)
            check(world.input.policy.prune, "pruning is off", operation)
            check(operation.order.phase == .prune, "it is not a prune", operation)
            if operation.key.kind == "Namespace" {
                check(!desiredKeys.contains { $0.namespace == operation.key.name }, "a desired object is inside", operation)
                check(!kept.contains { $0.namespace == operation.key.name }, "a kept object is inside", operation)
            }
        }
        for operation in plan.operations where operation.action != .delete {
            check(desiredKeys.contains(operation.key), "it is not desired", operation)
            guard operation.isDue else { continue }
            let owner = world.input.observed[operation.key]?.owner
            if case .other? = owner {
                check(operation.action == .adopt && world.input.approval != nil, "it is another's", operation)
            }
            let isBlocked = plan.blocked.contains { operation.desired?.requires.contains($0.key) == true && $0.action != .delete }
            check(!isBlocked, "what it requires is blocked", operation)
        }
        for (key, _) in plan.forgotten where desiredKeys.contains(key) || entries[key] == nil { found.append("\(key) forgotten") }
        if plan.operations.map(\.order) != plan.operations.map(\.order).sorted() { found.append("not in order") }
        return found
    }

    @Test func noPlanDeletesOrTakesWhatItMustNot() throws {
        for seed in Self.seeds {
            var random = SeededGenerator(seed)
            var world = Self.world(&random)
            let plan = try world.plan()
            try #require(Self.violations(plan, world) == [], "seed \(seed)")
            if !world.input.policy.automatic { try #require(plan.due.isEmpty, "seed \(seed)") }
            if world.input.desired.isEmpty { try #require(plan.due.isEmpty, "seed \(seed)") }
            let deletions = plan.due.filter { $0.action == .delete }.count
            let entries = world.input.inventory.entries.count - plan.forgotten.count
            try #require(deletions <= 4 || deletions * 2 < entries, "seed \(seed)")

            world.input.approval = plan.digest
            let approved = try world.plan()
            try #require(approved.held.isEmpty, "seed \(seed)")
            try #require(Self.violations(approved, world) == [], "seed \(seed)")
        }
    }

    @Test func aPlanFollowsFromItsInputAndNothingElse() throws {
        for seed in Self.seeds {
            var random = SeededGenerator(seed)
            var world = Self.world(&random)
            let plan = try world.plan()
            world.input.desired.shuffle(using: &random)
            world.input.observed = Dictionary(uniqueKeysWithValues: world.input.observed.map { ($0, $1) }.shuffled(using: &random))
            let again = try world.plan()
            try #require(again == plan, "seed \(seed)")
            try #require(again.digest == plan.digest, "seed \(seed)")
        }
    }

    @Test func aPlanAfterItselfChangesNothing() throws {
        for seed in Self.seeds {
            var random = SeededGenerator(seed)
            var world = Self.world(&random)
            world.input.policy.automatic = true
            world.input.approval = try world.plan().digest
            let plan = try world.plan()
            for key in plan.forgotten.keys { world.input.inventory.entries[key] = nil }
            for operation in plan.due { Self.apply(operation, &world) }
            world.synced()
            let left = try world.plan().due
            // Two names of one object, of which one was deleted or made anew, are told apart only by the next look.
            try #require(left.isEmpty || Self.hasSharedUIDs(world), "seed \(seed): \(left.map(\.line))")
        }
    }

    private static func apply(_ operation: Model.Operation, _ world: inout World) {
        guard operation.action != .run else { return }
        if operation.action == .delete {
            world.input.observed[operation.key] = nil
            world.input.inventory.entries[operation.key] = nil
        } else {
            let uid = operation.action == .create || operation.action == .replace ? "new \(operation.key)" : operation.uid ?? ""
            world.input.observed[operation.key] = ObservedResource(key: operation.key, uid: uid, owner: .this)
            world.input.inventory.entries[operation.key] = .init(state: .applied, uid: uid, digest: operation.desired?.digest)
        }
    }

    private static func hasSharedUIDs(_ world: World) -> Bool {
        Set(world.input.observed.values.map(\.uid)).count != world.input.observed.count
    }
}
