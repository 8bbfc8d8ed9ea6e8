/// Work on many things at once, but never on more than `limit`.
package enum Bounded {
    /// Enough to hide the way to a server; what it can do at once is for its own flow control to say.
    package static let requests = 16

    /// The results in the order of the items. The first error ends the rest and is thrown.
    package static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], limit: Int = requests, _ work: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Finished<Result>.self) { group in
            var results: [Result?] = Array(repeating: nil, count: items.count)
            var begun = 0
            while begun < min(limit, items.count) {
                let (index, item) = (begun, items[begun])
                group.addTask { Finished(index: index, result: try await work(item)) }
                begun += 1
            }
            while let finished = try await group.next() {
                results[finished.index] = finished.result
                guard begun < items.count else { continue }
                let (index, item) = (begun, items[begun])
                group.addTask { Finished(index: index, result: try await work(item)) }
                begun += 1
            }
            return results.compactMap(\.self)
        }
    }

    private struct Finished<Result: Sendable>: Sendable {
        let index: Int
        let result: Result
    }
}
