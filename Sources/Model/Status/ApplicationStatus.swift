package import Manifests

/// Where an application stands, as the API and `-o json` show it.
package struct ApplicationStatus: Sendable, Hashable {
    package enum Sync: String, Sendable, Hashable, CaseIterable {
        case synced = "Synced"
        case outOfSync = "OutOfSync"
        /// Something could not be read: never shown as either of the two.
        case unknown = "Unknown"
    }

    package var name: String
    /// `kubernetes`, `host` or `plumb`, and where that is; nil until it is known.
    package var target: String?
    package var place: String?
    package var namespace: String?
    package var sync: Sync
    /// Undeclared entries that change behaviour.
    package var unmanaged: Int
    /// One a source; empty until one was resolved.
    package var revisions: [String]
    /// Of what the newest revision renders to.
    package var renderedDigest: Digest?
    package var health: Health
    package var operation: OperationRecord?
    package var resources: [ResourceStatus]
    package var conditions: [Condition]
    package var drift: [DriftRecord]
    package var hold: Hold?
    /// Whose inventory is on a target while no Application of that name is declared.
    package var isOrphan: Bool
    /// One sentence: what is wrong, since when, what happens next.
    package var why: String

    package init(name: String) {
        self.name = name
        sync = .unknown
        unmanaged = 0
        revisions = []
        health = Health(.unknown)
        resources = []
        conditions = []
        drift = []
        isOrphan = false
        why = ""
    }

    package var value: Value {
        var value: Value = [
            "name": .string(name), "sync": ["status": .string(sync.rawValue), "unmanaged": .integer(Int64(unmanaged))],
            "revisions": .array(revisions.map(Value.string)), "health": health.value,
            "resources": .array(resources.map(\.value)), "conditions": .array(conditions.map(\.value)),
            "drift": .array(drift.map(\.value)), "why": .string(why),
        ]
        value["target"] = target.map(Value.string)
        value["place"] = place.map(Value.string)
        value["namespace"] = namespace.map(Value.string)
        value["renderedDigest"] = renderedDigest.map { .string($0.description) }
        value["operation"] = operation?.value
        value["hold"] = hold?.value
        if isOrphan { value["orphan"] = true }
        return value
    }

    package struct ResourceStatus: Sendable, Hashable {
        package var key: ResourceKey
        package var sync: Sync
        package var health: Health
        package var message: String?
        /// Undeclared entries that change behaviour, by path.
        package var unmanaged: [String]

        package init(key: ResourceKey, sync: Sync, health: Health, message: String? = nil, unmanaged: [String] = []) {
            self.key = key
            self.sync = sync
            self.health = health
            self.message = message
            self.unmanaged = unmanaged
        }

        package var value: Value {
            var value: Value = [
                "key": key.value, "sync": .string(sync.rawValue), "health": health.value,
            ]
            value["message"] = message.map(Value.string)
            if !unmanaged.isEmpty { value["unmanaged"] = .array(unmanaged.map(Value.string)) }
            return value
        }
    }

    /// In Kubernetes' words: `Ready`, `Reconciling`, `Stalled`.
    package struct Condition: Sendable, Hashable {
        package var type: String
        package var isTrue: Bool
        package var reason: String
        package var message: String
        /// The generation of the Application that this was seen of.
        package var observedGeneration: Int64

        package init(type: String, isTrue: Bool, reason: String, message: String, observedGeneration: Int64) {
            self.type = type
            self.isTrue = isTrue
            self.reason = reason
            self.message = message
            self.observedGeneration = observedGeneration
        }

        package var value: Value {
            [
                "type": .string(type), "status": .string(isTrue ? "True" : "False"), "reason": .string(reason),
                "message": .string(message), "observedGeneration": .integer(observedGeneration),
            ]
        }
    }
}

extension Health {
    package var value: Value {
        var value: Value = ["status": .string(status.rawValue)]
        value["message"] = message.map(Value.string)
        return value
    }
}

extension ResourceKey {
    package var value: Value {
        var value: Value = ["group": .string(group), "kind": .string(kind), "name": .string(name)]
        value["namespace"] = namespace.map(Value.string)
        return value
    }
}
