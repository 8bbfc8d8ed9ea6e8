import Manifests

/// Which fields differ between two states of an object.
struct Comparison {
    struct Difference: Equatable {
        var path: FieldPath
        var old: Value?
        var new: Value?
    }

    private let projection: Projection
    /// Every write changes these, or the server keeps them for itself.
    private static let bookkeeping: Set<String> = [
        "managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink",
    ]

    init(group: String) { projection = Projection(group: group) }

    /// From `old` to `new`, two whole objects, without status and the server's bookkeeping.
    func changes(from old: Value, to new: Value) -> [Difference] {
        var result: [Difference] = []
        let nodes = FieldNodes((ManagedFields(of: old).entries + ManagedFields(of: new).entries).map(\.fields))
        compare(Self.content(of: old), Self.content(of: new), "", nodes, FieldPath(), &result)
        return result
    }

    /// Where `live` does not have what `declared` says, as far as that can be told without asking the server: quantities
    /// of the same amount are equal, and an empty value is equal to none.
    func departures(of live: Value, from declared: Value) -> [Difference] {
        let projected = Self.content(of: projection.project(live, on: declared))
        var result: [Difference] = []
        compare(projected, Self.content(of: declared), "", ManagedFields(of: live).nodes, FieldPath(), &result)
        return result.filter { !Self.isSameAmount($0.old, $0.new) && !($0.old == nil && Self.isEmpty($0.new)) }
    }

    private func compare(
        _ old: Value?, _ new: Value?, _ field: String, _ nodes: FieldNodes, _ path: FieldPath, _ result: inout [Difference]
    ) {
        if old == new { return }
        switch (old, new) {
        case (.object(let left), .object(let right)):
            compare(left, right, nodes, path, &result)
        // A mapping that comes or goes is told by its members; a list's element as a whole.
        case (.object(let left), nil) where isMember(path) && !left.isEmpty:
            compare(left, Object(), nodes, path, &result)
        case (nil, .object(let right)) where isMember(path) && !right.isEmpty:
            compare(Object(), right, nodes, path, &result)
        case (.array(let left), .array(let right)):
            let shape = projection.shape(field: field, elements: left + right, nodes: nodes)
            guard shape != .atomic, (left + right).allSatisfy({ shape.step(to: $0) != nil }) else {
                result.append(Difference(path: path, old: old, new: new))
                return
            }
            for step in Self.steps(left + right, shape) {
                let (before, after) = (left.first { shape.step(to: $0) == step }, right.first { shape.step(to: $0) == step })
                compare(before, after, "", nodes.descending(step), path.appending(step), &result)
            }
        default:
            result.append(Difference(path: path, old: old, new: new))
        }
    }

    private func compare(_ old: Object, _ new: Object, _ nodes: FieldNodes, _ path: FieldPath, _ result: inout [Difference]) {
        for key in Set(old.keys + new.keys).sorted() {
            compare(old[key], new[key], key, nodes.descending(.key(key)), path.appending(key), &result)
        }
    }

    private func isMember(_ path: FieldPath) -> Bool {
        guard case .key = path.steps.last else { return false }
        return true
    }

    private static func steps(_ elements: [Value], _ shape: ListShape) -> [FieldPath.Step] {
        var seen: Set<FieldPath.Step> = []
        return elements.compactMap { shape.step(to: $0) }.filter { seen.insert($0).inserted }
    }

    private static func content(of object: Value) -> Value {
        var content = object
        content["status"] = nil
        if var metadata = content["metadata"] {
            for key in bookkeeping { metadata[key] = nil }
            content["metadata"] = metadata
        }
        return content
    }

    private static func isEmpty(_ value: Value?) -> Bool {
        switch value {
        case nil, .null?: true
        case .array(let elements)?: elements.isEmpty
        case .object(let members)?: members.isEmpty
        default: false
        }
    }

    private static func isSameAmount(_ left: Value?, _ right: Value?) -> Bool {
        guard let left = left?.scalarText, let right = right?.scalarText else { return false }
        guard let amount = Quantity.amount(left), let other = Quantity.amount(right) else { return left == right }
        return amount == other
    }
}
