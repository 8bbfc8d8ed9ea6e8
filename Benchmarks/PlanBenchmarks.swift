import Manifests
import Model
import Planning

/// Planning 4000 objects: when nothing changed, and when everything is new.
enum PlanBenchmarks {
    static func run() async throws {
        let desired = Workload.manifests(1000).map { value in
            let manifest = Manifest(value: value, origin: Origin(file: "bench.yaml"))
            let key = ResourceKey(group: manifest.group, kind: manifest.kind, namespace: "bench", name: manifest.name)
            return DesiredObject(key: key, manifest: manifest, digest: Digest(of: value))
        }
        var inventory = Inventory(identity: ApplicationIdentity(installation: "bench", name: "bench"))
        var observed: [ResourceKey: ObservedResource] = [:]
        for object in desired {
            inventory.entries[object.key] = Inventory.Entry(
                state: .applied, uid: "uid", digest: object.digest, returned: object.digest)
            observed[object.key] = ObservedResource(key: object.key, uid: "\(object.key)", owner: .this)
        }
        let empty = Inventory(identity: inventory.identity)
        func plan(_ observed: [ResourceKey: ObservedResource], _ inventory: Inventory) throws {
            _ = try Planner.plan(
                PlanInput(
                    identity: inventory.identity, revision: "bench", desired: desired, observed: observed, inventory: inventory,
                    policy: SyncPolicy(), now: "2026-01-01T00:00:00Z"))
        }
        let unchanged = try await Stopwatch.median { try plan(observed, inventory) }
        let new = try await Stopwatch.median { try plan([:], empty) }
        Report.row("Plan 4000 objects, nothing changed", "\((unchanged.seconds * 1000).text(1)) ms", "–")
        Report.row("Plan 4000 objects, all new", "\((new.seconds * 1000).text(1)) ms", "–")
    }
}
