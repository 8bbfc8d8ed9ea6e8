/// A JSON Merge Patch (RFC 7386): members replace members, null removes, anything that is not a mapping replaces whole.
package enum MergePatch {
    package static func apply(_ patch: Value, to target: Value) -> Value {
        guard case .object(let changes) = patch else { return patch }
        var result = target.object ?? Object()
        for (key, change) in changes.members.map({ ($0.key, $0.value) }) {
            result[key] = change.isNull ? nil : apply(change, to: result[key] ?? .null)
        }
        return .object(result)
    }
}
