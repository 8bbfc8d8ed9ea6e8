import Manifests
package import Model

extension Planner {
    /// Everything that the inventory holds, in reverse order, between the hooks for it. Asked for by a person, so no budget applies.
    ///
    /// Throws `invalid` for annotations of the hooks that mean nothing.
    package static func removal(
        of inventory: Inventory, hooks: [DesiredObject] = [], observed: [ResourceKey: ObservedResource], now: String
    ) throws -> Plan {
        var input = PlanInput(
            identity: inventory.identity, revision: "", desired: [], observed: observed, inventory: inventory, policy: SyncPolicy(),
            now: now)
        // The objects of hooks go when the hooks are over.
        for hook in hooks { input.inventory.entries[hook.key] = nil }
        let pruning = Pruning.operations(input)
        input.inventory = inventory
        input.desired = hooks
        let runs = HookPlanning.ofRemoval(input, options: try options(of: hooks))
        let last = runs.filter { $0.order.phase == .postDelete && !$0.isKept }.map(\.key)
        let deletions = pruning.operations.map { operation in
            var operation = operation
            operation.cause = .removal
            // What a hook needs to run in is there until it has run.
            if let isInside = Pruning.contents(of: operation.key), last.contains(where: isInside) {
                operation.order.phase = .postDelete
                operation.order.wave = .max
            }
            return operation
        }
        return Plan(
            identity: inventory.identity, revision: "", renderedDigest: renderedDigest(of: []),
            operations: (runs + deletions).sorted(by: runsBefore), forgotten: pruning.forgotten, isTransition: false)
    }
}
