import Model

/// Whoever needs a Namespace or a definition gets it first, whatever wave that was given.
enum Prerequisites {
    static func pullForward(_ operations: inout [Operation]) {
        var index: [ResourceKey: Int] = [:]
        for (position, operation) in operations.enumerated() where operation.isDue && operation.action != .delete {
            index[operation.key] = position
        }
        // From the last to the first, so that a prerequisite's own prerequisites follow it.
        for position in operations.indices.sorted(by: { operations[$0].order > operations[$1].order }) {
            pull(what: position, &operations, index, depth: 0)
        }
    }

    private static func pull(what position: Int, _ operations: inout [Operation], _ index: [ResourceKey: Int], depth: Int) {
        // Namespace, definition, instance: a longer chain does not exist.
        guard depth < 4 else { return }
        let order = operations[position].order
        for key in operations[position].desired?.requires ?? [] {
            guard let needed = index[key],
                (operations[needed].order.phase, operations[needed].order.wave) > (order.phase, order.wave)
            else { continue }
            operations[needed].order.phase = order.phase
            operations[needed].order.wave = order.wave
            pull(what: needed, &operations, index, depth: depth + 1)
        }
    }
}
