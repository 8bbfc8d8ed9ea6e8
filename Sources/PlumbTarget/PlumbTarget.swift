package import Manifests
package import Model
package import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The operator's own objects as a target: what a repository declares is written to the store like anything else to a
/// cluster, by an application that has an inventory, a deletion budget and holds.
package struct PlumbTarget: Target {
    package let name = "plumb"
    package let place = "this operator"

    private let store: Store
    private let feed = ChangeFeed()

    package init(store: Store) { self.store = store }

    /// What is declared now, by key.
    package func objects() async throws -> [PlumbObject] { try await store.objects() }

    // MARK: Desired objects and inventories

    /// Written down at once: the store is the operator's own, and the same after a restart.
    package func installation() async throws -> String {
        try await store.fact("installation", orRemember: UUID().uuidString.lowercased())
    }

    package func identity() async throws -> String { try await installation() }

    package func prepare(_ manifests: [Manifest], for placement: Placement) async throws -> [DesiredObject] {
        try Preparation.prepare(manifests, for: placement)
    }

    package func inventory(of identity: ApplicationIdentity) async throws -> Inventory? {
        try await store.inventory(of: identity)
    }

    package func inventories() async throws -> [Inventory] { try await store.inventories() }

    package func save(_ inventory: Inventory) async throws -> Inventory {
        let installation = try await installation()
        guard inventory.identity.installation == installation else {
            throw PlumbError(
                .denied, "This operator is the installation \(installation), not \(inventory.identity.installation).",
                remedy: "Give each installation a data directory of its own.")
        }
        let isEmpty = inventory.entries.isEmpty && inventory.sync == nil && inventory.synced == nil && inventory.lease == nil
        var saved = inventory
        saved.version = try await store.save(isEmpty ? nil : inventory, of: inventory.identity, replacing: inventory.version)
        return saved
    }

    // MARK: What is there

    package func observe(_ desired: [DesiredObject], _ context: SyncContext) async throws -> [ResourceKey: ObservedResource] {
        let live = Dictionary(try await store.objects().map { ($0.key, $0) }) { first, _ in first }
        let wanted = Dictionary(desired.map { ($0.key, $0) }) { first, _ in first }
        var observed: [ResourceKey: ObservedResource] = [:]
        for key in Set(wanted.keys).union(context.inventory.entries.keys) {
            observed[key] = live[key].map { Comparison.observed($0, desired: wanted[key], context) }
        }
        return observed
    }

    package func health(of keys: Set<ResourceKey>) async throws -> [ResourceKey: Health] {
        let live = Set(try await store.objects().map(\.key))
        return Dictionary(uniqueKeysWithValues: keys.map { ($0, live.contains($0) ? .healthy : Health(.missing)) })
    }

    package func hookProgress(_ key: ResourceKey) async throws -> HookProgress? { nil }

    package func isUsable(_ desired: DesiredObject) async throws -> Bool { true }

    package func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async { await feed.follow(report) }

    package func close() async {}

    // MARK: Changes

    package func rehearse(_ write: Write, _ context: SyncContext) async throws -> Rehearsal? {
        let current = try await store.objects().first { $0.key == write.desired.key }
        _ = try ObjectWriting.result(of: write, on: current, owner: context.identity, newUID: "")
        return Rehearsal(fields: Comparison.fields(from: current?.manifest, to: write.desired.manifest))
    }

    package func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult {
        let uid = UUID().uuidString.lowercased()
        let change = try await store.changeObject(write.desired.key) { current in
            try ObjectWriting.result(of: write, on: current, owner: context.identity, newUID: uid)
        }
        if change.after != change.before { feed.tell(write.desired.key) }
        return WriteResult(uid: change.after?.uid ?? uid, returned: write.desired.digest)
    }

    package func delete(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws -> Deletion {
        let owner = context.identity
        let change = try await store.changeObject(key) { current in
            current.map { ObjectWriting.reasonToKeep($0, uid: uid, owner: owner) == nil } ?? false ? nil : current
        }
        guard let left = change.after else {
            if change.before != nil { feed.tell(key) }
            return .gone
        }
        return .notOurs(ObjectWriting.reasonToKeep(left, uid: uid, owner: owner) ?? "")
    }

    /// There is no object here without an application that declares it: what is released is gone from the store. Of what
    /// a released Application has put on its target nothing is touched.
    package func release(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws {
        _ = try await delete(key, uid: uid, context)
    }
}
