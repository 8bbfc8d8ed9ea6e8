import Model

/// What runs side by side before the next thing begins: a tier of a wave, or the wait for a wave's health.
struct Stage: Sendable, Hashable {
    var phase: Operation.Order.Phase
    var wave: Int
    /// Indices into the plan's operations.
    var operations: [Int]
    /// Whose health is waited for; a stage has either operations or keys.
    var keys: Set<ResourceKey>
    var isHealth: Bool

    /// Hooks that run only if something failed.
    var isRemedy: Bool { phase == .syncFail }

    /// Whether everything of that order has to be over, and well, before this begins. Deletions also wait for each other:
    /// one that fails must not be made up for by deleting the namespace around it.
    func follows(_ order: Operation.Order) -> Bool {
        (order.phase, order.wave) < (phase, wave) || (phase == .prune && order.phase == .prune)
    }

    /// In a transition a wave is healthy before the next one, before anything is deleted and before PostSync hooks.
    static func stages(of plan: Plan, waitForHealth: Bool) -> [Stage] {
        var result: [Stage] = []
        var waitedFor: Set<ResourceKey> = []
        for stage in tiers(of: plan) {
            if plan.isTransition, stage.isPrecededByHealth {
                let gate = gate(before: stage, plan)
                if !gate.keys.isSubset(of: waitedFor) { result.append(gate) }
                waitedFor.formUnion(gate.keys)
            }
            result.append(stage)
        }
        guard waitForHealth else { return result }
        let end = Stage(phase: .postSync, wave: .max, operations: [], keys: [], isHealth: true)
        let final = gate(before: end, plan)
        let position = result.firstIndex(where: \.isRemedy) ?? result.endIndex
        if !final.keys.isEmpty { result.insert(final, at: position) }
        return result
    }

    private static func tiers(of plan: Plan) -> [Stage] {
        var stages: [Stage] = []
        let due = plan.operations.indices.filter { plan.operations[$0].isDue }
        for index in due.sorted(by: { plan.operations[$0].order < plan.operations[$1].order }) {
            let order = plan.operations[index].order
            if let last = stages.last, last.phase == order.phase, last.wave == order.wave,
                let first = last.operations.first, plan.operations[first].order.tier == order.tier
            {
                stages[stages.count - 1].operations.append(index)
            } else {
                stages.append(Stage(phase: order.phase, wave: order.wave, operations: [index], keys: [], isHealth: false))
            }
        }
        return stages
    }

    private var isPrecededByHealth: Bool {
        switch phase {
        case .sync, .prune, .postSync: true
        case .preSync, .preDelete, .postDelete, .syncFail: false
        }
    }

    /// The wait for everything that is to be written before `stage`, in this sync or in one before it.
    private static func gate(before stage: Stage, _ plan: Plan) -> Stage {
        let keys = plan.operations.filter { operation in
            // Without a uid there is nothing: it is left alone, or its absence is only reported.
            let isThere = operation.isDue || (operation.action == .unchanged && operation.uid != nil)
            let isWritten = operation.action != .delete && operation.action != .run
            return isThere && isWritten && (operation.order.phase, operation.order.wave) < (stage.phase, stage.wave)
        }.map(\.key)
        return Stage(phase: stage.phase, wave: stage.wave, operations: [], keys: Set(keys), isHealth: true)
    }
}
