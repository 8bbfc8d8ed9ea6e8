import Model

/// What waits for a person: deletions over the budget, an emptied source, and everything of a manual application.
enum Holds {
    static func apply(to operations: inout [Operation], _ input: PlanInput) {
        if !input.policy.automatic {
            hold(&operations, "this application is synced by hand") { _ in true }
        }
        if let reason = reasonToHoldDeletions(operations, input) {
            hold(&operations, reason) { $0.action == .delete }
        }
    }

    private static func hold(_ operations: inout [Operation], _ reason: String, where isConcerned: (Operation) -> Bool) {
        for index in operations.indices where operations[index].isDue && isConcerned(operations[index]) {
            operations[index].state = .held(reason)
        }
    }

    static func reasonToHoldDeletions(_ operations: [Operation], _ input: PlanInput) -> String? {
        let deletions = operations.filter { $0.action == .delete && $0.isDue }
        guard !deletions.isEmpty else { return nil }
        if input.desired.isEmpty { return "the source is empty, and everything would be deleted" }

        let budget = input.policy.deletionBudget
        if let precious = deletions.first(where: { budget.kinds.contains($0.key.kind) }) {
            return "a \(precious.key.kind) is only deleted with approval"
        }
        let count = GeneratorPairs.unpaired(deletions, creations: operations.filter { $0.action == .create }).count
        let total = input.inventory.entries.count
        if count > budget.objects { return "\(count) deletions are more than the budget of \(budget.objects)" }
        if count > DeletionBudget.smallCount, count * 100 >= total * budget.percent {
            return "\(count) of \(total) objects would be deleted, and the budget is less than \(budget.percent) %"
        }
        return nil
    }
}

/// Generated names end in a hash of the content: `settings-abc123` that goes and `settings-def456` that comes are one.
enum GeneratorPairs {
    static func unpaired(_ deletions: [Operation], creations: [Operation]) -> [Operation] {
        let created = Set(creations.compactMap { generator(of: $0.key) })
        return deletions.filter { deletion in
            guard let generator = generator(of: deletion.key) else { return true }
            return !created.contains(generator)
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
