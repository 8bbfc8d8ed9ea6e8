import Manifests
import Model

/// The paths of one object that its application leaves to others.
enum IgnoredPaths {
    /// Throws `invalid` for a path that cannot be read.
    static func of(_ key: ResourceKey, _ rules: [IgnoreRule]) throws -> [FieldPath] {
        try rules.filter { matches($0, key) }.flatMap { try $0.paths.map(FieldPath.init(parsing:)) }
    }

    static func remove(_ paths: [FieldPath], from value: Value) -> Value {
        var result = value
        for path in paths { result.set(nil, at: path) }
        return result
    }

    private static func matches(_ rule: IgnoreRule, _ key: ResourceKey) -> Bool {
        guard rule.group == key.group, rule.kind == key.kind, rule.namespace == nil || rule.namespace == key.namespace else {
            return false
        }
        return matches(Array(key.name), Array(rule.name)[...])
    }

    /// `*` stands for any run of characters. Greedy with one point to go back to: linear in practice, never exponential.
    private static func matches(_ text: [Character], _ pattern: ArraySlice<Character>) -> Bool {
        var (position, place) = (0, pattern.startIndex)
        var retry: (position: Int, place: Int)?
        while position < text.count {
            if place < pattern.endIndex, pattern[place] == "*" {
                retry = (position, place)
                place += 1
            } else if place < pattern.endIndex, pattern[place] == text[position] {
                position += 1
                place += 1
            } else if let last = retry {
                retry = (last.position + 1, last.place)
                position = last.position + 1
                place = last.place + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
