package import Manifests

/// One field of one resource that left the last applied state.
package struct DriftRecord: Sendable, Hashable {
    package var key: ResourceKey
    package var change: FieldChange
    package var since: String
    /// Reverted three times within ten minutes, and set again by the same other party.
    package var isContested: Bool

    package init(key: ResourceKey, change: FieldChange, since: String, isContested: Bool = false) {
        self.key = key
        self.change = change
        self.since = since
        self.isContested = isContested
    }

    package var value: Value {
        var value: Value = ["key": key.value, "path": .string(change.path), "since": .string(since)]
        value["old"] = change.old.map(Value.string)
        value["new"] = change.new.map(Value.string)
        value["manager"] = change.manager.map(Value.string)
        if isContested { value["contested"] = true }
        return value
    }
}
