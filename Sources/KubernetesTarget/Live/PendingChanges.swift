import Model

/// What has yet to be told to whoever listens. Pure; bounded by the number of keys, and beyond a limit by `everything`.
struct PendingChanges {
    private static let limit = 20_000

    private var keys: Set<ResourceKey> = []
    private var isEverything = false
    private var outage: PlumbError?
    private var hasToldOutage = false

    mutating func add(_ more: some Sequence<ResourceKey>) {
        guard !isEverything else { return }
        keys.formUnion(more)
        if keys.count > Self.limit { addEverything() }
    }

    mutating func addEverything() {
        isEverything = true
        keys = []
    }

    mutating func interrupted(_ error: PlumbError) { outage = error }
    mutating func resumed() { outage = nil }

    /// In the order in which they are to be told.
    mutating func take() -> [TargetChange] {
        var changes: [TargetChange] = []
        if let outage, !hasToldOutage { changes.append(.interrupted(outage)) }
        if outage == nil, hasToldOutage { changes.append(.resumed) }
        hasToldOutage = outage != nil
        if isEverything { changes.append(.everything) } else if !keys.isEmpty { changes.append(.resources(keys)) }
        isEverything = false
        keys = []
        return changes
    }
}
