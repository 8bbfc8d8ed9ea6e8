import Model

/// What waits for a person: deletions over the budget, an emptied source, and everything of a manual application.
enum Holds {
    /// `remembered` objects are in the inventory and still there.
    static func apply(to operations: inout [Operation], _ input: PlanInput, remembered: Int) {
        if let hold = input.inventory.hold, !input.carriesOutHold { Self.hold(&operations, hold.message) { _ in true } }
        if !input.policy.automatic {
            hold(&operations, "this application is synced by hand") { _ in true }
        }
        if let reason = reasonToHoldDeletions(operations, input, remembered: remembered) {
            hold(&operations, reason) { $0.action == .delete }
        }
    }

    private static func hold(_ operations: inout [Operation], _ reason: String, where isConcerned: (Operation) -> Bool) {
        for index in operations.indices where operations[index].isDue && isConcerned(operations[index]) {
            operations[index].state = .held(reason)
        }
    }

    private static func reasonToHoldDeletions(
        _ operations: [Operation], _ input: PlanInput, remembered: Int
    ) -> String? {
        let deletions = operations.filter { $0.action == .delete && $0.isDue }
        guard !deletions.isEmpty else { return nil }
        if !operations.contains(where: \.isContent) { return "the source is empty, and everything would be deleted" }

        let budget = input.policy.deletionBudget
        let counted = GeneratorPairs.unpaired(deletions, successors: operations.filter { $0.desired != nil })
        if let precious = counted.first(where: { budget.kinds.contains($0.key.kind) }) {
            return "a \(precious.key.kind) is only deleted with approval"
        }
        let count = counted.count
        if count > budget.objects { return "\(count) deletions are more than the budget of \(budget.objects)" }
        if count > DeletionBudget.smallCount, count * 100 >= remembered * budget.percent {
            return "\(count) of \(remembered) objects would be deleted, and the budget is less than \(budget.percent) %"
        }
        // What a person was asked about stays a question, whatever share of the inventory it is by now.
        let withheld = deletions.filter { input.inventory.entries[$0.key]?.isWithheld ?? false }.count
        return withheld > 0 ? "\(withheld) of \(deletions.count) deletions were withheld before" : nil
    }
}

extension Operation {
    /// Whether it says that the source still has something to run: neither a hook, nor a namespace
    /// with nothing in it, nor what a sync makes without owning it.
    fileprivate var isContent: Bool { desired?.isTracked == true && action != .run && key.kind != "Namespace" }
}

/// Generated names end in a hash of the content: `settings-abc123` that goes and `settings-def456` that comes are one.
enum GeneratorPairs {
    /// The deletions that no successor makes up for; each successor makes up for one. It may be there already, from an
    /// attempt that did not come as far as deleting.
    static func unpaired(_ deletions: [Operation], successors: [Operation]) -> [Operation] {
        var free: [ResourceKey: Int] = [:]
        for successor in successors where successor.isDue || successor.action == .unchanged {
            if let generator = generator(of: successor.key) { free[generator, default: 0] += 1 }
        }
        return deletions.filter { deletion in
            guard let generator = generator(of: deletion.key), let count = free[generator], count > 0 else { return true }
            free[generator] = count - 1
            return false
        }
    }

    /// The key without the hash, or nil where the name has none.
    private static func generator(of key: ResourceKey) -> ResourceKey? {
        guard key.kind == "ConfigMap" || key.kind == "Secret", let dash = key.name.lastIndex(of: "-") else { return nil }
        let suffix = key.name[key.name.index(after: dash)...]
        // Kustomize's suffix: ten characters of an alphabet without vowels.
        guard suffix.count == 10, suffix.allSatisfy({ "bcdfghkmt2456789".contains($0) }) else { return nil }
        var generator = key
        generator.name = String(key.name[..<dash])
        return generator
    }
}
