import Manifests

/// Work on one manager's field set in the FieldsV1 format: `f:` members, `k:` elements by key, `v:` elements of sets, `.` for
/// the place itself; an empty mapping owns everything below it.
enum FieldTree {
    static func union(_ left: Value, _ right: Value) -> Value {
        guard let first = left.object, let second = right.object else { return left.object == nil ? right : left }
        var result = first
        for member in second {
            result[member.key] = result[member.key].map { union($0, member.value) } ?? member.value
        }
        return .object(result)
    }

    /// The part of the set that lies on `path`; nil where the set has nothing there, or only as part of one value.
    static func restricted(_ tree: Value, to path: FieldPath) -> Value? { restricted(tree, path.steps[...]) }

    private static func restricted(_ tree: Value, _ steps: ArraySlice<FieldPath.Step>) -> Value? {
        guard let step = steps.first else { return tree }
        let parts: [(String, Value)] = (tree.object ?? Object()).compactMap { member in
            guard isMember(member.key, step), let part = restricted(member.value, steps.dropFirst()) else { return nil }
            return (member.key, part)
        }
        return parts.isEmpty ? nil : .object(Object(parts))
    }

    private static func isMember(_ key: String, _ step: FieldPath.Step) -> Bool {
        switch step {
        case .key(let name): key == "f:" + name
        case .element(let pairs): key.hasPrefix("k:") && JSONText.value(String(key.dropFirst(2)))?.isElement(pairs) == true
        case .value(let text): key.hasPrefix("v:") && JSONText.value(String(key.dropFirst(2)))?.scalarText == text
        }
    }

    /// What `live` has at the places of the set: a body that, applied by the set's owner, changes nothing.
    static func extract(_ tree: Value, from live: Value) -> Value {
        let members = (tree.object ?? Object()).filter { $0.key != "." }
        if members.isEmpty { return live }
        switch live {
        case .object(let there):
            return .object(
                Object(
                    members.compactMap { member in
                        guard member.key.hasPrefix("f:"), let value = there[String(member.key.dropFirst(2))] else { return nil }
                        return (String(member.key.dropFirst(2)), extract(member.value, from: value))
                    }))
        case .array(let there):
            return .array(
                members.compactMap { member in
                    guard let key = JSONText.value(String(member.key.dropFirst(2))) else { return nil }
                    if member.key.hasPrefix("v:") { return there.first { $0 == key } }
                    guard let names = key.object, let element = there.first(where: { names.isPart(of: $0) }) else { return nil }
                    return merged(extract(member.value, from: element), names)
                })
        default:
            return live
        }
    }

    private static func merged(_ value: Value, _ names: Object) -> Value {
        var value = value
        for member in names { value[member.key] = member.value }
        return value
    }
}

extension Object {
    fileprivate func isPart(of value: Value) -> Bool { allSatisfy { value[$0.key] == $0.value } }
}
