import Model

/// What runs when an application is deleted, in a file beside its inventory that only Plumb's user can read.
struct KeptHooks: Sendable {
    let store: HostStore

    static func file(_ identity: ApplicationIdentity) -> String { "\(identity.hash).hooks" }

    /// Blocks on the file system.
    func load(_ identity: ApplicationIdentity) throws -> StoredHooks {
        let bytes = try store.read { _, state in
            try state.within(InventoryStore.folder) { try $0.read(Self.file(identity), limit: DeletionHooks.limit) } ?? nil
        }
        let place = "\(store.root)/\(HostPath.reserved)/\(InventoryStore.folder)/\(Self.file(identity))"
        return StoredHooks(bytes: bytes ?? nil, place: place)
    }

    /// Blocks on the file system.
    func keep(_ bytes: [UInt8]?, of identity: ApplicationIdentity) throws {
        try store.change { _, state in
            try state.makeFolder(InventoryStore.folder, mode: 0o700)
            _ = try state.within(InventoryStore.folder) { folder in
                if let bytes {
                    try folder.store(Self.file(identity), bytes)
                } else if try folder.facts(Self.file(identity)) != nil {
                    try folder.remove(Self.file(identity))
                }
            }
        }
    }
}
