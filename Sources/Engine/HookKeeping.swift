import Manifests
import Model
import Planning

/// The hooks of the application's deletion, where they are others than those that its target keeps.
struct HookKeeping {
    /// nil where there are none any more.
    let digest: Digest?
    let bytes: [UInt8]?

    /// nil where nothing of the plan is carried out, and where those are kept already. Throws `limit`.
    init?(_ plan: Plan, _ inventory: Inventory, _ request: SyncRequest) throws {
        let isWaiting = plan.due.isEmpty && plan.held.contains { $0.action != .delete }
        guard request.scope == .all, !isWaiting else { return nil }
        let hooks = plan.deletionHooks
        digest = hooks.isEmpty ? nil : Planner.renderedDigest(of: hooks)
        guard digest != inventory.deletionHooks else { return nil }
        bytes = hooks.isEmpty ? nil : try DeletionHooks.encode(hooks, of: inventory.identity.name)
    }
}

extension SyncEngine {
    /// While the lease is this process's: nobody else writes them.
    func keep(_ hooks: HookKeeping, _ inventory: inout Inventory) async throws {
        try await givingBackLease(&inventory) { inventory in
            try await target.keep(deletionHooks: hooks.bytes, of: inventory.identity)
            inventory.deletionHooks = hooks.digest
        }
    }

    /// What runs when the application goes, as its last sync has kept it.
    ///
    /// Throws `notFound` where it was kept and is gone.
    func deletionHooks(of inventory: Inventory) async throws -> [DesiredObject] {
        guard let kept = inventory.deletionHooks else { return [] }
        let stored = try await target.deletionHooks(of: inventory.identity)
        guard let bytes = stored.bytes else {
            guard kept == DeletionHooks.changing else {
                throw PlumbError(
                    .notFound,
                    "\(inventory.identity.name) has hooks for its deletion, and what was kept of them is gone: \(stored.place). Nothing was deleted.",
                    remedy: "Sync it once more, which keeps them anew; or put an empty one there to delete without hooks.")
            }
            return []
        }
        let manifests = try DeletionHooks.decode(bytes, place: stored.place)
        guard !manifests.isEmpty else { return [] }
        return try await target.prepare(
            manifests, for: Placement(namespace: nil, createNamespace: false, tree: try MemoryTree([String: String]())))
    }
}
