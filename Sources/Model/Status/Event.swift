package import Manifests

/// Something that happened, worth telling a person. `id` grows.
package struct Event: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case operationStarted = "OperationStarted"
        case operationEnded = "OperationEnded"
        case created = "Created"
        case updated = "Updated"
        case deleted = "Deleted"
        case adopted = "Adopted"
        case drift = "Drift"
        case reverted = "Reverted"
        case contested = "Contested"
        case healthChanged = "HealthChanged"
        case held = "Held"
        case holdLifted = "HoldLifted"
        case revision = "Revision"
        case sourceFailed = "SourceFailed"
        case sourceRecovered = "SourceRecovered"
        case targetFailed = "TargetFailed"
        case targetRecovered = "TargetRecovered"
        case applicationAdded = "ApplicationAdded"
        case applicationRemoved = "ApplicationRemoved"
        case orphaned = "Orphaned"
    }

    /// 0 before it is stored.
    package var id: Int64
    /// RFC 3339, UTC, with milliseconds.
    package var time: String
    package var application: String?
    package var kind: Kind
    package var key: ResourceKey?
    package var path: String?
    package var old: String?
    package var new: String?
    package var manager: String?
    package var message: String

    package init(
        id: Int64 = 0, time: String, application: String?, kind: Kind, key: ResourceKey? = nil, path: String? = nil,
        old: String? = nil, new: String? = nil, manager: String? = nil, message: String
    ) {
        self.id = id
        self.time = time
        self.application = application
        self.kind = kind
        self.key = key
        self.path = path
        self.old = old
        self.new = new
        self.manager = manager
        self.message = message
    }

    package var value: Value {
        var value: Value = [
            "id": .integer(id), "time": .string(time), "type": .string(kind.rawValue), "message": .string(message),
        ]
        value["application"] = application.map(Value.string)
        value["key"] = key?.value
        value["path"] = path.map(Value.string)
        value["old"] = old.map(Value.string)
        value["new"] = new.map(Value.string)
        value["manager"] = manager.map(Value.string)
        return value
    }
}
