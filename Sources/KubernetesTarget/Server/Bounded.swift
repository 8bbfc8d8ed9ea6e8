/// Work on many things at once, but never on more than `limit`.
enum Bounded {
    /// Enough to hide the way to the server; what it can do at once is for its own flow control to say.
    static let requests = 16

    /// The results in the order of the items. The first error ends the rest and is thrown.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], limit: Int = requests, _ work: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Result?] = Array(repeating: nil, count: items.count)
            var next = 0
            func start() {
                guard next < items.count else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask { (index, try await work(item)) }
            }
            for _ in 0..<limit { start() }
            while let (index, result) = try await group.next() {
                results[index] = result
                start()
            }
            return results.compactMap { $0 }
        }
    }
}
