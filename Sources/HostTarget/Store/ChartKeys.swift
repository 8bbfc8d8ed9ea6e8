import Manifests
import Model

/// The keys of charts' random values, each in a file beside its application's inventory that only Plumb's user can read.
struct ChartKeys: Sendable {
    let store: HostStore

    static func file(_ identity: ApplicationIdentity) -> String { "\(identity.hash).chart-key" }

    /// nil where none was made. Blocks on the file system.
    func load(_ identity: ApplicationIdentity) throws -> ChartKey? {
        try store.read { _, state in try Self.load(identity, state) } ?? nil
    }

    /// Keeps the key, or gives the one that is there. Blocks on the file system.
    func keep(_ key: ChartKey, of identity: ApplicationIdentity) throws -> ChartKey {
        try store.change { _, state in
            if let kept = try Self.load(identity, state) { return kept }
            try state.makeFolder(InventoryStore.folder, mode: 0o700)
            let value: Value = ["key": .array(key.bytes.map { .integer(Int64($0)) }), "madeAt": .integer(key.madeAt)]
            _ = try state.within(InventoryStore.folder) { try $0.store(Self.file(identity), JSON.serialize(value)) }
            return key
        }
    }

    private static func load(_ identity: ApplicationIdentity, _ state: Folder) throws -> ChartKey? {
        try state.within(InventoryStore.folder) { folder -> ChartKey? in
            guard let bytes = try folder.read(file(identity), limit: 10_000) else { return nil }
            let value = try? JSON.parse(bytes)
            let key = (value?["key"]?.array ?? []).compactMap { $0.integer.flatMap { UInt8(exactly: $0) } }
            guard let time = value?["madeAt"]?.integer, let key = ChartKey(bytes: key, madeAt: time) else {
                throw PlumbError(
                    .invalid, "\(folder.shown(file(identity))) does not hold a key of \(ChartKey.length) bytes.",
                    remedy: "Restore it, or remove it: then the application's charts draw new values, passwords among them.")
            }
            return key
        } ?? nil
    }
}
