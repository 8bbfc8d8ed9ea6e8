import Manifests
import Model
import Testing

@testable import Engine

/// What the inventory says at each step of a sync, which is what a crash there leaves behind.
@Suite struct InventoryRecordsTests {
    static let identity = ApplicationIdentity(installation: "i", name: "shop")
    static let key = ResourceKey(group: "", kind: "ConfigMap", namespace: "s", name: "a")
    static let digest = Digest(bytes: [1])

    static func plan(
        _ action: Model.Operation.Action, state: Model.Operation.State = .ready, tracked: Bool = true, uid: String? = nil
    ) -> Plan {
        let desired = DesiredObject(
            key: key, manifest: Manifest(value: [:], origin: Origin(file: "a.yaml")), digest: digest, isTracked: tracked)
        let operation = Model.Operation(
            action, key, cause: .new, state: state, desired: action == .delete ? nil : desired, uid: uid,
            order: .init(phase: .sync, wave: 0, tier: 0, rank: 0))
        return Plan(
            identity: identity, revision: "r", renderedDigest: Digest(bytes: [9]), operations: [operation], forgotten: [:],
            isTransition: true)
    }

    @Test func whatIsAboutToBeMadeIsIntended() {
        var inventory = Inventory(identity: Self.identity)
        inventory.begin(Self.plan(.create), operation: "o")
        #expect(inventory.entries[Self.key] == Inventory.Entry(state: .intended))
        #expect(inventory.sync?.operation == "o")
        inventory.recordWrite(of: Self.plan(.create).operations[0], WriteResult(uid: "u", returned: Digest(bytes: [2])))
        #expect(inventory.entries[Self.key]?.state == .applied)
        #expect(inventory.entries[Self.key]?.digest == Self.digest)
    }

    @Test func whatIsNotOwnedIsNeverWrittenDown() {
        var inventory = Inventory(identity: Self.identity)
        inventory.begin(Self.plan(.create, tracked: false), operation: "o")
        #expect(inventory.entries.isEmpty)
    }

    @Test(arguments: [(false, true), (true, false)]) func aFailedSyncIsNoSync(hasFailed: Bool, isRecorded: Bool) {
        var inventory = Inventory(identity: Self.identity)
        inventory.begin(Self.plan(.create), operation: "o")
        inventory.lease = Inventory.Lease(holder: "h", until: 1)
        let release = ReleaseRevision(number: 1, inputs: Self.digest)
        inventory.end(Self.plan(.create), hasFailed: hasFailed, release: release)
        #expect((inventory.synced != nil) == isRecorded)
        #expect(inventory.releases == (isRecorded ? [release] : []))
        #expect((inventory.sync == nil) == isRecorded)
        #expect(inventory.lease == nil)
    }

    @Test func aWithheldDeletionIsRemembered() {
        var inventory = Inventory(identity: Self.identity)
        inventory.entries[Self.key] = Inventory.Entry(state: .applied, uid: "u")
        inventory.end(Self.plan(.delete, state: .held("too many"), uid: "u"), hasFailed: false)
        #expect(inventory.entries[Self.key]?.isWithheld == true)
        #expect(inventory.synced != nil, "everything that the revision asks for is there")
        inventory.end(Self.plan(.unchanged, uid: "u"), hasFailed: false)
        #expect(inventory.entries[Self.key]?.isWithheld == false)
    }
}
