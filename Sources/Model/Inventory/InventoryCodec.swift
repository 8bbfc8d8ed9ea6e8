package import Manifests

/// The stored form of an inventory, the same on every target.
extension Inventory {
    package static let format = "plumb.dev/inventory/v1"

    package var value: Value {
        var value: Value = [
            "format": .string(Self.format),
            "installation": .string(identity.installation),
            "namespace": .string(identity.namespace),
            "name": .string(identity.name),
            "entries": .array(entries.keys.sorted().compactMap { key in entries[key].map { Self.value(of: $0, key: key) } }),
        ]
        if let sync {
            value["sync"] = [
                "operation": .string(sync.operation), "renderedDigest": .string(sync.renderedDigest.description),
                "revision": .string(sync.revision), "hooks": .object(Object(sync.hooks.map { ($0, .string($1.rawValue)) })),
            ]
        }
        if let synced {
            value["synced"] = [
                "renderedDigest": .string(synced.renderedDigest.description), "revision": .string(synced.revision),
            ]
        }
        if !releases.isEmpty {
            value["releases"] = .array(
                releases.map { ["number": .integer(Int64($0.number)), "inputs": .string($0.inputs.description)] })
        }
        value["hold"] = hold?.value
        value["deletionHooks"] = deletionHooks.map { .string($0.description) }
        if let lease { value["lease"] = ["holder": .string(lease.holder), "until": .integer(lease.until)] }
        return value
    }

    /// Throws `invalid` for anything but what `value` gives: an inventory that is half understood must not be acted on.
    package init(value: Value) throws {
        let reader = ObjectReader(value, "the inventory")
        let format = try reader.string("format")
        guard format == Self.format else {
            throw PlumbError(
                .unsupported, "The inventory has the format \(format.quoted), and this version of Plumb reads \(Self.format).",
                remedy: "Use the version of Plumb that wrote it, or a newer one.")
        }
        self.init(
            identity: ApplicationIdentity(
                installation: try reader.string("installation"), namespace: try reader.string("namespace"),
                name: try reader.string("name")))
        for element in try reader.array("entries") {
            let (key, entry) = try Self.entry(from: ObjectReader(element, "an entry of the inventory"))
            guard entries.updateValue(entry, forKey: key) == nil else {
                throw PlumbError(.invalid, "The inventory has the entry \(key) twice.")
            }
        }
        sync = try reader.optionalObject("sync").map(Self.syncRecord)
        synced = try reader.optionalObject("synced").map(Self.syncedRecord)
        releases = try (reader.optionalArray("releases") ?? []).map {
            try Self.release(from: ObjectReader($0, "a release of the inventory"))
        }
        hold = try reader.optionalObject("hold").map(Hold.init)
        deletionHooks = try reader.optionalDigest("deletionHooks")
        lease = try reader.optionalObject("lease").map(Self.lease)
        try reader.finish()
    }

    private static func value(of entry: Entry, key: ResourceKey) -> Value {
        var value: Value = [
            "group": .string(key.group), "kind": .string(key.kind), "name": .string(key.name),
            "state": .string(entry.state.rawValue),
        ]
        value["namespace"] = key.namespace.map(Value.string)
        value["uid"] = entry.uid.map(Value.string)
        value["digest"] = entry.digest.map { .string($0.description) }
        value["returned"] = entry.returned.map { .string($0.description) }
        if entry.wave != 0 { value["wave"] = .integer(Int64(entry.wave)) }
        if entry.isKept { value["kept"] = true }
        if entry.isWithheld { value["withheld"] = true }
        value["origin"] = entry.origin.map(Value.string)
        return value
    }

    private static func entry(from reader: ObjectReader) throws -> (ResourceKey, Entry) {
        let key = ResourceKey(
            group: try reader.string("group"), kind: try reader.string("kind"), namespace: try reader.optionalString("namespace"),
            name: try reader.string("name"))
        let wave = try reader.optionalInteger("wave") ?? 0
        guard (-1_000_000...1_000_000).contains(wave) else { throw reader.error("The entry \(key) has the wave \(wave).") }
        var entry = Entry(
            state: try reader.choice("state", Entry.State.self), uid: try reader.optionalString("uid"),
            digest: try reader.optionalDigest("digest"), returned: try reader.optionalDigest("returned"),
            wave: Int(wave), isKept: try reader.optionalBool("kept") ?? false)
        entry.isWithheld = try reader.optionalBool("withheld") ?? false
        entry.origin = try reader.optionalString("origin")
        try reader.finish()
        return (key, entry)
    }

    private static func syncRecord(from reader: ObjectReader) throws -> SyncRecord {
        let hooks = try reader.optionalObject("hooks")
        var states: [String: SyncRecord.HookState] = [:]
        for member in hooks?.object ?? Object() { states[member.key] = try hooks?.choice(member.key, SyncRecord.HookState.self) }
        try hooks?.finish()
        let record = SyncRecord(
            operation: try reader.string("operation"), renderedDigest: try reader.digest("renderedDigest"),
            revision: try reader.string("revision"), hooks: states)
        try reader.finish()
        return record
    }

    private static func syncedRecord(from reader: ObjectReader) throws -> SyncedRecord {
        let record = SyncedRecord(renderedDigest: try reader.digest("renderedDigest"), revision: try reader.string("revision"))
        try reader.finish()
        return record
    }

    private static func release(from reader: ObjectReader) throws -> ReleaseRevision {
        let number = try reader.integer("number")
        guard (1...1_000_000_000).contains(number) else { throw reader.error("The release has the number \(number).") }
        let release = ReleaseRevision(number: Int(number), inputs: try reader.digest("inputs"))
        try reader.finish()
        return release
    }

    private static func lease(from reader: ObjectReader) throws -> Lease {
        let lease = Lease(holder: try reader.string("holder"), until: try reader.integer("until"))
        try reader.finish()
        return lease
    }
}
