import KubernetesTarget
import Manifests
import Model
import TestSupport

/// The least of an engine: one application, its inventory, and writes recorded in it.
struct Syncing {
    let cluster: Cluster
    var target: KubernetesTarget
    var inventory: Inventory
    var ignore: [IgnoreRule] = []

    init(_ cluster: Cluster, name: String = "app", installation: String = "11111111-2222-3333-4444-555555555555") {
        self.cluster = cluster
        target = cluster.target
        inventory = Inventory(identity: ApplicationIdentity(installation: installation, name: name))
    }

    var identity: ApplicationIdentity { inventory.identity }
    var context: SyncContext {
        SyncContext(identity: inventory.identity, inventory: inventory, ignore: ignore, operation: "operation-1")
    }

    @discardableResult
    mutating func write(_ desired: DesiredObject, _ mode: Write.Mode, uid: String? = nil) async throws -> WriteResult {
        let result = try await target.apply(Write(desired: desired, mode: mode, uid: uid), context)
        inventory.entries[desired.key] = Inventory.Entry(
            state: .applied, uid: result.uid, digest: desired.digest, returned: result.returned)
        return result
    }

    /// Applies everything: what is not there is created, the rest updated.
    @discardableResult
    mutating func sync(_ text: String) async throws -> [DesiredObject] {
        let desired = try await cluster.prepare(text)
        let observed = try await target.observe(desired, context)
        for object in desired {
            let there = observed[object.key]
            try await write(object, there == nil ? .create : .update, uid: there?.uid)
        }
        return desired
    }

    func observe(_ text: String) async throws -> [ResourceKey: ObservedResource] {
        try await target.observe(try await cluster.prepare(text), context)
    }

    /// Of the only object that the text declares.
    func difference(_ text: String) async throws -> ObservedResource.Difference? {
        let desired = try await cluster.prepare(text)
        let observed = try await target.observe(desired, context)
        return desired.first.flatMap { observed[$0.key]?.difference }
    }
}
