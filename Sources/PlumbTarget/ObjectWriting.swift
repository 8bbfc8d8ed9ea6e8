import Manifests
import Model
import Store

/// What a write makes of what is there. Pure: the store calls it inside one transaction.
enum ObjectWriting {
    /// Throws what keeps it from being written: a spec that cannot be read, an object that is not the one that was planned
    /// for, or that is another application's.
    static func result(
        of write: Write, on current: PlumbObject?, owner: ApplicationIdentity, newUID: String
    ) throws -> PlumbObject {
        let manifest = Manifest(value: write.desired.manifest.value, origin: write.desired.manifest.origin)
        try PlumbKind.validate(manifest)
        let created = PlumbObject(key: write.desired.key, uid: newUID, owner: owner.fullName, manifest: manifest)
        switch write.mode {
        case .hook:
            throw PlumbError(
                .unsupported, "\(write.desired.key) is a hook; the operator's own objects cannot be.",
                remedy: "Remove the annotation.", at: manifest.origin)
        case .create:
            guard let current else { return created }
            try requireOurs(current, owner, manifest)
            return updated(current, created)
        case .replace:
            guard let current else { return created }
            try requireOurs(current, owner, manifest)
            return created
        case .update:
            let current = try require(current, write)
            try requireOurs(current, owner, manifest)
            return updated(current, created)
        case .adopt:
            return updated(try require(current, write), created)
        }
    }

    /// Why this object must not be deleted; nil if it may.
    static func reasonToKeep(_ current: PlumbObject, uid: String, owner: ApplicationIdentity) -> String? {
        if current.owner != owner.fullName { return "it belongs to the application \(owner.shown(current.owner)) now" }
        return current.uid == uid ? nil : "another object has its name now"
    }

    private static func updated(_ current: PlumbObject, _ desired: PlumbObject) -> PlumbObject {
        var object = desired
        object.uid = current.uid
        object.generation = current.generation + (current.manifest.value == desired.manifest.value ? 0 : 1)
        return object
    }

    private static func require(_ current: PlumbObject?, _ write: Write) throws -> PlumbObject {
        guard let current, write.uid == nil || write.uid == current.uid else {
            throw PlumbError(
                .conflict, "\(write.desired.key) is \(current == nil ? "gone" : "another one") since the plan was made.",
                remedy: "Plan again.", at: write.desired.manifest.origin)
        }
        return current
    }

    private static func requireOurs(_ current: PlumbObject, _ owner: ApplicationIdentity, _ manifest: Manifest) throws {
        guard current.owner == owner.fullName else {
            throw PlumbError(
                .conflict, "\(current.key) belongs to the application \(owner.shown(current.owner)).",
                remedy: "Remove it there first, or approve its adoption.", at: manifest.origin)
        }
    }
}
