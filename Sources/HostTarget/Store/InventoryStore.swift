import Glibc
import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The inventories of one installation on one root, under `.plumb/inventory`.
struct InventoryStore: Sendable {
    let store: HostStore

    static let folder = "inventory"
    private static let limit = 64 << 20

    /// nil where Plumb has never been.
    func installation() throws -> String? {
        try store.read { _, state in try Self.installation(state) } ?? nil
    }

    func load(_ identity: ApplicationIdentity) throws -> Inventory? {
        try store.read { _, state in try Self.load(Self.file(identity), state) }.flatMap { inventory in
            guard let inventory else { return nil }
            guard inventory.identity == identity else {
                throw PlumbError(.conflict, "The inventory of \(identity) belongs to \(inventory.identity.fullName).")
            }
            return inventory
        }
    }

    func loadAll() throws -> [Inventory] { try store.read { _, state in try Self.loadAll(state) } ?? [] }

    /// Writes the inventory and forgets what left it; after the last one Plumb leaves the host as it found it. `key` is
    /// written down with the first one. `proposed` is the installation that this process would begin.
    func save(_ inventory: Inventory, key: [UInt8], proposed: String) throws -> Inventory {
        if inventory.isEmpty, try store.read({ _, _ in true }) == nil {
            guard inventory.version == nil else { throw Self.conflict(inventory.identity) }
            return inventory
        }
        let (saved, removesRoot) = try store.change { root, state in
            try Self.claim(state, inventory.identity.installation, key, proposed: proposed)
            let file = Self.file(inventory.identity)
            let current = try Self.load(file, state)
            guard current?.version == inventory.version else { throw Self.conflict(inventory.identity) }
            let saved = try Self.write(inventory, file, state)
            let leaving = Leaving(root: root, state: state)
            let removed = Set(current?.entries.keys.map { $0 } ?? []).subtracting(inventory.entries.keys)
            try leaving.forget(removed, owner: inventory.identity.fullName)
            guard inventory.isEmpty, try Self.loadAll(state).isEmpty else { return (saved, false) }
            defer { store.forget() }
            return (saved, try leaving.leave())
        }
        // Only if nothing else is in it.
        if removesRoot { _ = rmdir(store.root) }
        return saved
    }

    private static func write(_ inventory: Inventory, _ file: String, _ state: Folder) throws -> Inventory {
        var saved = inventory
        try state.makeFolder(folder, mode: 0o700)
        _ = try state.within(folder) { folder in
            if inventory.isEmpty {
                try folder.remove(file)
                for kept in [ChartKeys.file(inventory.identity), KeptHooks.file(inventory.identity)]
                where try folder.facts(kept) != nil {
                    try folder.remove(kept)
                }
                try folder.synchronize()
                saved.version = nil
            } else {
                let bytes = JSON.serialize(inventory.value)
                try folder.store(file, bytes)
                saved.version = Digest(bytes: bytes).description
            }
        }
        return saved
    }

    static func loadAll(_ state: Folder) throws -> [Inventory] {
        try (state.within(folder) { try names(in: $0) } ?? []).compactMap { try load($0, state) }
    }

    static func names(in folder: Folder) throws -> [String] {
        try folder.list().filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
    }

    private static func file(_ identity: ApplicationIdentity) -> String { "\(identity.hash).json" }

    static func load(_ file: String, _ state: Folder) throws -> Inventory? {
        try state.within(folder) { folder in
            guard let bytes = try folder.read(file, limit: limit) else { return nil }
            do {
                var inventory = try Inventory(value: try JSON.parse(bytes, file: folder.shown(file)))
                inventory.version = Digest(bytes: bytes).description
                return inventory
            } catch let error as ManifestError {
                throw PlumbError(
                    .failed, "The inventory \(error).", remedy: "Restore the file from a backup; nothing is done without it.")
            }
        } ?? nil
    }

    /// Writes down which installation this root belongs to, and the key of its secret digests.
    private static func claim(_ state: Folder, _ installation: String, _ key: [UInt8], proposed: String) throws {
        if let current = try self.installation(state) {
            guard current == installation else {
                guard installation != proposed else {
                    throw PlumbError(.superseded, "Somebody else has begun on this root meanwhile.", remedy: "Plan again.")
                }
                throw PlumbError(
                    .denied, "This root belongs to the installation \(current), not to \(installation).",
                    remedy: "Let that one release it first.")
            }
        } else {
            try state.store("installation", Array("\(installation)\n".utf8))
        }
        if try state.facts(DigestKey.file) == nil { try state.store(DigestKey.file, key) }
    }

    static func installation(_ state: Folder) throws -> String? {
        guard let bytes = try state.read("installation", limit: 1000) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard UUID(uuidString: text) != nil else {
            throw PlumbError(
                .failed, "\(state.shown("installation")) holds no UUID.",
                remedy: "Restore it, or remove \(state.path) to begin anew.")
        }
        return text
    }

    private static func conflict(_ identity: ApplicationIdentity) -> PlumbError {
        PlumbError(.superseded, "Somebody else has saved the inventory of \(identity) meanwhile.", remedy: "Plan again.")
    }
}

extension Inventory {
    /// Without entries, lease and records: nothing of the application is left here.
    var isEmpty: Bool { entries.isEmpty && sync == nil && synced == nil && lease == nil }
}

extension String {
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == "\n" || $0 == " " || $0 == "\r" || $0 == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
