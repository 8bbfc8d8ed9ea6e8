/// A cache with a bound on the sum of its entries' costs. What was not asked for during the time it takes to fill half of
/// it goes first.
struct GenerationCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private var young: [Key: (value: Value, cost: Int)] = [:]
    private var old: [Key: (value: Value, cost: Int)] = [:]
    private var cost = 0

    init(limit: Int) { self.limit = limit }

    mutating func value(_ key: Key) -> Value? {
        if let found = young[key] { return found.value }
        guard let found = old.removeValue(forKey: key) else { return nil }
        insert(found.value, cost: found.cost, for: key)
        return found.value
    }

    /// A value that costs more than half of the limit is not kept.
    mutating func insert(_ value: Value, cost: Int, for key: Key) {
        guard cost <= limit / 2 else { return }
        if self.cost + cost > limit / 2 {
            old = young
            young = [:]
            self.cost = 0
        }
        self.cost += cost - (young.updateValue((value, cost), forKey: key)?.cost ?? 0)
    }
}
