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

    static func stages(of plan: Plan, waitForHealth: Bool) -> [Stage] {
        let due = plan.operations.indices.filter { plan.operations[$0].isDue }
        var stages: [Stage] = []
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
        return withHealthGates(stages, of: plan, waitForHealth: waitForHealth)
    }

    /// In a transition a wave is healthy before the next one, before anything is deleted and before PostSync hooks.
    private static func withHealthGates(_ stages: [Stage], of plan: Plan, waitForHealth: Bool) -> [Stage] {
        var result: [Stage] = []
        for (position, stage) in stages.enumerated() {
            result.append(stage)
            guard plan.isTransition, stage.phase == .sync else { continue }
            let next = position + 1 < stages.count ? stages[position + 1] : nil
            let opensGate = next.map { ($0.phase == .sync && $0.wave != stage.wave) || $0.phase == .postSync } ?? false
            if opensGate { result.append(gate(after: stage.phase, wave: stage.wave, plan)) }
        }
        if waitForHealth {
            let lastWave = plan.operations.map(\.order.wave).max() ?? 0
            let final = gate(after: .sync, wave: lastWave, plan)
            let remedies = result.firstIndex { $0.phase == .syncFail } ?? result.endIndex
            result.insert(final, at: remedies)
        }
        return result.filter { !$0.operations.isEmpty || !$0.keys.isEmpty }
    }

    private static func gate(after phase: Operation.Order.Phase, wave: Int, _ plan: Plan) -> Stage {
        let keys = plan.operations.filter { operation in
            let isWritten = operation.isDue || operation.action == .unchanged
            return isWritten && operation.action != .delete && operation.action != .run && operation.order.wave <= wave
        }.map(\.key)
        return Stage(phase: phase, wave: wave, operations: [], keys: Set(keys), isHealth: true)
    }
}
