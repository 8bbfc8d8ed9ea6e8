import Model
import Synchronization

/// The inventories of a root; those whose files did not change since are not read again.
final class InventoryMemory: Sendable {
    private let known = Mutex<[String: (FileFacts.Fingerprint, Inventory)]>([:])

    /// Bounded by what is there.
    func load(_ state: Folder) throws -> [Inventory] {
        let before = known.withLock { $0 }
        var after: [String: (FileFacts.Fingerprint, Inventory)] = [:]
        var inventories: [Inventory] = []
        let files = try state.within(InventoryStore.folder) { folder in
            try InventoryStore.names(in: folder).map { ($0, try folder.facts($0)?.fingerprint) }
        }
        for (name, print) in files ?? [] {
            guard let print else { continue }
            if let (old, inventory) = before[name], old == print {
                after[name] = (print, inventory)
                inventories.append(inventory)
            } else if let inventory = try InventoryStore.load(name, state) {
                if print.isSettled { after[name] = (print, inventory) }
                inventories.append(inventory)
            }
        }
        known.withLock { $0 = after }
        return inventories
    }
}
