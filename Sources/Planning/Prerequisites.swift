import Model

/// What becomes of an operation that needs another object of the plan: a Namespace, a definition, a file.
enum Prerequisites {
    /// What needs an object that cannot be written cannot be written either.
    static func blockDependents(_ operations: inout [Operation]) {
        var unwritable = Set(operations.filter { $0.isBlocked && $0.action != .delete }.map(\.key))
        var hasChanged = !unwritable.isEmpty
        while hasChanged {
            hasChanged = false
            for index in operations.indices where operations[index].isDue {
                guard let key = operations[index].desired?.requires.intersection(unwritable).min() else { continue }
                operations[index].state = .blocked("\(key) cannot be written, and has to be there first")
                unwritable.insert(operations[index].key)
                hasChanged = true
            }
        }
    }

    /// What needs an object that this plan has yet to make, or a definition that it changes, cannot be rehearsed before.
    static func markUnverified(_ operations: inout [Operation]) {
        let made = Set(operations.filter { $0.isDue && $0.makesSomethingPossible }.map(\.key))
        for index in operations.indices where operations[index].state == .ready {
            if let missing = operations[index].desired?.requires.intersection(made).min() {
                operations[index].state = .unverified("\(missing) has to be there first")
            }
        }
    }

    /// Whoever needs a Namespace or a definition gets it first, whatever wave that was given.
    static func pullForward(_ operations: inout [Operation]) {
        var index: [ResourceKey: Int] = [:]
        // A hook stays in its phases: it is remembered by them.
        for (position, operation) in operations.enumerated() where operation.isDue && ![.delete, .run].contains(operation.action) {
            index[operation.key] = position
        }
        // From the last to the first, so that a prerequisite's own prerequisites follow it.
        let due = operations.indices.filter { operations[$0].isDue }
        for position in due.sorted(by: { operations[$0].order > operations[$1].order }) {
            pull(what: position, &operations, index)
        }
    }

    /// Ends also for requirements in a circle: what was pulled is not behind any more.
    private static func pull(what position: Int, _ operations: inout [Operation], _ index: [ResourceKey: Int]) {
        let order = operations[position].order
        for key in operations[position].desired?.requires ?? [] {
            guard let needed = index[key], isBehind(operations[needed].order, order) else { continue }
            operations[needed].order.phase = order.phase
            operations[needed].order.wave = order.wave
            operations[needed].order.tier = min(operations[needed].order.tier, order.tier)
            operations[needed].order.rank = min(operations[needed].order.rank, order.rank - 1)
            pull(what: needed, &operations, index)
        }
    }

    private static func isBehind(_ needed: Operation.Order, _ order: Operation.Order) -> Bool {
        (needed.phase, needed.wave, needed.tier) > (order.phase, order.wave, order.tier)
    }
}

extension Operation {
    fileprivate var makesSomethingPossible: Bool {
        switch action {
        case .create, .replace, .run: true
        case .update, .adopt: !(desired?.provides.isEmpty ?? true)
        case .delete, .unchanged: false
        }
    }
}
