import Manifests
import Model

/// The head ConfigMap of an inventory.
struct StoredInventory {
    static let label = "plumb.dev/inventory"
    static let part = "plumb.dev/part"

    let configMap: Value

    var name: String { configMap.at("metadata", "name")?.string ?? "" }
    var head: String { configMap.at("data", "inventory")?.string ?? "" }
    var shardNames: [String] { (configMap.at("data", "shards")?.string ?? "").split(separator: "\n").map(String.init) }
    var version: Version {
        Version(resourceVersion: configMap.resourceVersion, uid: configMap.uid, shards: shardNames)
    }

    /// Throws `conflict` for a copy: an object that was restored from a backup, or copied from another cluster, has another
    /// uid than the one written down in it, and what it says of objects' uids is not true here.
    func requireOriginal() throws {
        guard let recorded = configMap.at("data", "uid")?.string, recorded != configMap.uid else { return }
        throw PlumbError(
            .conflict,
            "The ConfigMap \(configMap.at("metadata", "namespace")?.string ?? "")/\(name) is a copy: it was restored from a backup or comes from another cluster, and what it lists need not be this cluster's. Nothing was changed.",
            remedy: "Delete it and apply with --adopt: objects that carry the application's mark are found again.")
    }

    static func body(
        _ inventory: Inventory, _ parts: InventoryShards, namespace: String, version: Version?
    ) -> Value {
        var data: Value = ["inventory": .string(parts.head)]
        if !parts.shards.isEmpty { data["shards"] = .string(parts.shards.map(\.name).joined(separator: "\n")) }
        if let version { data["uid"] = .string(version.uid) }
        var body = configMap(InventoryShards.headName(inventory.identity), namespace, inventory.identity, part: "head", data)
        if let version, var metadata = body["metadata"] {
            metadata["resourceVersion"] = .string(version.resourceVersion)
            metadata["uid"] = .string(version.uid)
            body["metadata"] = metadata
        }
        return body
    }

    static func body(of shard: InventoryShards.Shard, _ identity: ApplicationIdentity, namespace: String) -> Value {
        configMap(shard.name, namespace, identity, part: "shard", ["entries": .string(shard.text)])
    }

    private static func configMap(
        _ name: String, _ namespace: String, _ identity: ApplicationIdentity, part: String, _ data: Value
    ) -> Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": [
                "name": .string(name), "namespace": .string(namespace),
                "labels": [label: .string(identity.hash), Self.part: .string(part), "app.kubernetes.io/managed-by": "plumb"],
                "annotations": [Marks.application: .string(identity.fullName)],
            ], "data": data,
        ]
    }

    /// `Inventory.version` as text and back.
    struct Version {
        let resourceVersion: String
        let uid: String
        let shards: [String]

        init(resourceVersion: String, uid: String, shards: [String]) {
            self.resourceVersion = resourceVersion
            self.uid = uid
            self.shards = shards
        }

        init?(_ text: String) {
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count >= 2 else { return nil }
            self.init(resourceVersion: parts[0], uid: parts[1], shards: Array(parts.dropFirst(2)))
        }

        var text: String { ([resourceVersion, uid] + shards).joined(separator: " ") }
    }
}
