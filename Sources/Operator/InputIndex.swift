import Model

/// Which applications are rendered from what is live on a target: values of a ConfigMap, what a chart looks up. Pure.
struct InputIndex: Sendable {
    private struct Place: Hashable {
        let target: String
        let key: ResourceKey
    }

    private var readers: [Place: Set<String>] = [:]
    private var read: [String: Set<Place>] = [:]

    /// What an application read on a target, in place of what it read before.
    mutating func set(_ keys: Set<ResourceKey>, of name: String, on target: String) {
        let (old, new) = (read[name] ?? [], Set(keys.map { Place(target: target, key: $0) }))
        for place in old.subtracting(new) {
            readers[place]?.remove(name)
            if readers[place]?.isEmpty == true { readers[place] = nil }
        }
        for place in new.subtracting(old) { readers[place, default: []].insert(name) }
        read[name] = new.isEmpty ? nil : new
    }

    /// The same, beside what it read before.
    mutating func add(_ keys: Set<ResourceKey>, of name: String, on target: String) {
        let before = (read[name] ?? []).filter { $0.target == target }.map(\.key)
        set(keys.union(before), of: name, on: target)
    }

    mutating func forget(_ name: String) { set([], of: name, on: "") }

    /// Who has read this; for a key without a name, who has read all of its kind.
    func readers(of key: ResourceKey, on target: String) -> Set<String> { readers[Place(target: target, key: key)] ?? [] }
}
