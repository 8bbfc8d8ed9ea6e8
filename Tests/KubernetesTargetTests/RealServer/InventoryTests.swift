import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

struct InventoryTests {
    static func inventory(_ cluster: Cluster, name: String = "app", entries: Int = 1) async throws -> Inventory {
        var inventory = Inventory(identity: ApplicationIdentity(installation: try await cluster.target.installation(), name: name))
        for index in 0..<entries {
            inventory.entries[ResourceKey(group: "", kind: "ConfigMap", namespace: "n", name: "object-\(index)")] = Inventory.Entry(
                state: .applied, uid: "uid-\(index)", digest: Digest(of: .integer(Int64(index))),
                returned: Digest(of: .integer(Int64(-index))))
        }
        return inventory
    }

    static func code(_ body: () async throws -> Void) async throws -> PlumbError.Code {
        try await WriteTests.error(body).code
    }

    @Test func savesReadsAndRemoves() async throws {
        try await Cluster.with { cluster in
            var inventory = try await Self.inventory(cluster)
            #expect(try await cluster.target.inventory(of: inventory.identity) == nil)
            inventory = try await cluster.target.save(inventory)
            #expect(try await cluster.restarted().inventory(of: inventory.identity) == inventory)
            #expect(try await cluster.restarted().inventories() == [inventory])
            #expect(try await cluster.restarted().installation() == inventory.identity.installation)
            inventory.lease = Inventory.Lease(holder: "me", until: 5)
            inventory = try await cluster.target.save(inventory)
            #expect(try await cluster.restarted().inventory(of: inventory.identity) == inventory)
            inventory.entries = [:]
            inventory.lease = nil
            inventory = try await cluster.target.save(inventory)
            #expect(inventory.version == nil)
            #expect(try await cluster.restarted().inventories() == [])
        }
    }

    @Test func aSecondWriterIsStopped() async throws {
        try await Cluster.with { cluster in
            let fresh = try await Self.inventory(cluster)
            let saved = try await cluster.target.save(fresh)
            #expect(try await Self.code { _ = try await cluster.target.save(fresh) } == .superseded)
            _ = try await cluster.target.save(saved)
            #expect(try await Self.code { _ = try await cluster.target.save(saved) } == .superseded)
            var empty = saved
            empty.entries = [:]
            #expect(try await Self.code { _ = try await cluster.target.save(empty) } == .superseded)
        }
    }

    @Test func aCopyIsRefused() async throws {
        try await Cluster.with { cluster in
            let saved = try await cluster.target.save(try await cluster.target.save(try await Self.inventory(cluster)))
            let collection = "/api/v1/namespaces/\(cluster.inventoryNamespace)/configmaps"
            let path = "\(collection)/plumb-inventory-\(saved.identity.hash)"
            var copy = try await cluster.get(path)
            try await cluster.server.check("DELETE", path)
            var metadata = try #require(copy["metadata"])
            for field in ["uid", "resourceVersion", "managedFields", "creationTimestamp"] { metadata[field] = nil }
            copy["metadata"] = metadata
            try await cluster.server.check("POST", collection, body: copy.json)
            #expect(try await Self.code { _ = try await cluster.target.inventory(of: saved.identity) } == .conflict)
        }
    }

    @Test func anotherInstallationsInventoryIsReadOnly() async throws {
        try await Cluster.with { cluster in
            _ = try await cluster.target.save(try await Self.inventory(cluster))
            var foreign = Inventory(identity: ApplicationIdentity(installation: "another", name: "app"))
            foreign.lease = Inventory.Lease(holder: "me", until: 1)
            #expect(try await Self.code { _ = try await cluster.target.save(foreign) } == .conflict)
        }
    }

    @Test func oneInstallationWinsWhenTwoProcessesSetUpAtOnce() async throws {
        try await Cluster.with { cluster in
            let second = cluster.restarted()
            var theirs = Inventory(identity: ApplicationIdentity(installation: try await second.installation(), name: "app"))
            theirs.lease = Inventory.Lease(holder: "me", until: 1)
            _ = try await cluster.target.save(try await Self.inventory(cluster))
            #expect(try await Self.code { _ = try await second.save(theirs) } == .superseded)
            #expect(try await second.installation() == (try await cluster.target.installation()))
        }
    }

    /// Two processes that both made a key up digest the same Secret differently, and name it alike; with a stored key it
    /// is the digest that says everything.
    @Test func secretsAreNamedWithoutTheirContentUntilThereIsAKey() async throws {
        try await Cluster.with { cluster in
            let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: one}"
            let placement = Placement(
                namespace: cluster.namespace, createNamespace: false, tree: MemoryTree([TreePath: [UInt8]]()))
            func prepare(_ target: KubernetesTarget, _ text: String) async throws -> DesiredObject {
                try #require(try await target.prepare(manifests(text), for: placement).first)
            }
            let one = try await prepare(cluster.target, secret)
            let two = try await prepare(cluster.restarted(), secret)
            #expect(one.digest != two.digest)
            #expect(one.provisionalDigest != nil && one.provisionalDigest == two.provisionalDigest)
            let other = try await prepare(cluster.target, secret.replacing("one", with: "two"))
            #expect(other.provisionalDigest == one.provisionalDigest && other.digest != one.digest)
            let shape = try await prepare(cluster.target, secret.replacing("password:", with: "token:"))
            #expect(shape.provisionalDigest != one.provisionalDigest)
            #expect(try await prepare(cluster.target, Samples.configMap).provisionalDigest == nil)

            _ = try await cluster.target.save(try await Self.inventory(cluster))
            let stored = try await prepare(cluster.restarted(), secret)
            #expect(stored.digest == one.digest && stored.provisionalDigest == nil)
        }
    }

    @Test func aNamespaceThatIsBeingDeletedIsNamed() async throws {
        try await Cluster.with { cluster in
            _ = try await cluster.target.save(try await Self.inventory(cluster))
            // Nothing finishes the deletion here.
            try await cluster.server.check("DELETE", "/api/v1/namespaces/\(cluster.inventoryNamespace)")
            let another = try await Self.inventory(cluster, name: "another")
            let error = try await WriteTests.error { _ = try await cluster.target.save(another) }
            #expect(
                error.code == .failed && error.message.contains("\(cluster.inventoryNamespace), where the inventories are kept"))
        }
    }

    @Test func largeInventoriesAreSharded() async throws {
        try await Cluster.with { cluster in
            var inventory = try await cluster.target.save(try await Self.inventory(cluster, entries: 4500))
            #expect(try await cluster.restarted().inventory(of: inventory.identity) == inventory)
            #expect(try await cluster.restarted().inventories() == [inventory])
            inventory.entries = inventory.entries.filter { $0.value.uid?.hasSuffix("1") == true }
            inventory = try await cluster.target.save(inventory)
            #expect(try await cluster.restarted().inventory(of: inventory.identity) == inventory)
            let list = try await cluster.get("/api/v1/namespaces/\(cluster.inventoryNamespace)/configmaps")
            #expect(list["items"]?.array?.count == 2)
        }
    }

    @Test func aNamespaceMadeOnTheSideIsNotTracked() async throws {
        try await Cluster.with { cluster in
            let name = "\(cluster.namespace)-new"
            var app = Syncing(cluster)
            let desired = try await cluster.prepare(Samples.configMap, createNamespace: true, namespace: name)
            let namespace = try #require(desired.first { $0.key.kind == "Namespace" })
            #expect(!namespace.isTracked && desired.first { $0.key.kind == "ConfigMap" }?.requires == [namespace.key])
            try await app.write(namespace, .create)
            #expect(try await cluster.target.isUsable(namespace))
            #expect(
                try await cluster.prepare(Samples.configMap, createNamespace: true, namespace: name).map(\.key.kind) == [
                    "ConfigMap"
                ])
        }
    }

    /// Cold: discovery, one LIST a kind, one LIST of inventories, one write an object, and the writes of the inventory.
    @Test func aColdSyncAsksNoMoreThanItMust() async throws {
        try await Cluster.with { cluster in
            _ = try await cluster.target.save(try await Self.inventory(cluster, name: "earlier"))
            let target = cluster.restarted()
            let mark = try await cluster.server.auditLog.mark()
            let identity = ApplicationIdentity(installation: try await target.installation(), name: "cold")
            let text = (0..<5).map {
                Samples.configMap.replacing("settings", with: "c\($0)") + "\n---\n" + Samples.deployment(name: "d\($0)")
            }
            let desired = try await target.prepare(
                manifests(text.joined(separator: "\n---\n")),
                for: Placement(namespace: cluster.namespace, createNamespace: false, tree: MemoryTree([TreePath: [UInt8]]())))
            var inventory = try await target.inventory(of: identity) ?? Inventory(identity: identity)
            let context = SyncContext(identity: identity, inventory: inventory, ignore: [], operation: "o")
            #expect(try await target.observe(desired, context).isEmpty)
            for object in desired { inventory.entries[object.key] = Inventory.Entry(state: .intended) }
            inventory = try await target.save(inventory)
            for object in desired { _ = try await target.apply(Write(desired: object, mode: .create, uid: nil), context) }
            _ = try await target.save(inventory)
            let requests = try await cluster.requests(since: mark)
            #expect(requests.filter { $0.verb == "list" }.map(\.resource).sorted() == ["configmaps", "configmaps", "deployments"])
            #expect(requests.filter { $0.verb == "patch" }.count == 10)
            #expect(requests.filter { $0.resource == "configmaps" && ["create", "update"].contains($0.verb) }.count == 2)
            #expect(requests.filter { $0.verb == "get" && !$0.resource.isEmpty }.map(\.description) == [])
        }
    }
}
