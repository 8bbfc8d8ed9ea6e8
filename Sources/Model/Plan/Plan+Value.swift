package import Manifests

extension Plan {
    /// The plan as `-o json` and the API show it. `place` says where its target is.
    package func value(place: String?) -> Value {
        var value: Value = [
            "application": .string(identity.description), "revision": .string(revision), "digest": .string(digest.description),
            "renderedDigest": .string(renderedDigest.description), "operations": .array(operations.map(\.value)),
            "forgotten": .array(
                forgotten.sorted { $0.key < $1.key }.map { ["key": .string($0.key.description), "reason": .string($0.value)] }),
            "unmanaged": .integer(Int64(unmanaged)),
        ]
        value["target"] = place.map(Value.string)
        if !notes.isEmpty { value["notes"] = .array(notes.map(Value.string)) }
        return value
    }
}

extension Operation {
    package var value: Value {
        var value: Value = [
            "action": .string(action.rawValue), "key": .string(key.description), "cause": .string(cause.rawValue),
            "state": .string(state.name), "fields": .array(fields.map(\.value)),
        ]
        value["reason"] = state.reason.map(Value.string)
        value["origin"] = origin.map(Value.string)
        if order.wave != 0 && action != .delete { value["wave"] = .integer(Int64(order.wave)) }
        if !unmanaged.isEmpty { value["unmanaged"] = .array(unmanaged.map(Value.string)) }
        return value
    }
}

extension FieldChange {
    package var value: Value {
        var value: Value = ["path": .string(path)]
        value["old"] = old.map(Value.string)
        value["new"] = new.map(Value.string)
        value["manager"] = manager.map(Value.string)
        return value
    }
}
