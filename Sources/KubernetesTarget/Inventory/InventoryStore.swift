import KubernetesClient
import Manifests
import Model

/// The ConfigMaps in which a cluster remembers what each application has put there.
struct InventoryStore: Sendable {
    static let fieldManager = "plumb"
    static let installationName = "plumb-installation"

    let client: KubernetesClient
    let namespace: String
    let view: ClusterView

    /// Everything that one LIST of the store has shown.
    struct Contents: Sendable {
        var installation: String?
        /// By name.
        var configMaps: [String: Value] = [:]

        var heads: [StoredInventory] {
            configMaps.values.filter { $0.label(StoredInventory.part) == "head" }.map(StoredInventory.init)
        }
    }

    /// From the view while the cluster is watched, else by a request.
    func list() async throws -> Contents {
        if let objects = try await view.inventoryObjects() { return contents(try objects.values.map { try $0.value() }) }
        return contents(try await client.list(.configMaps, namespace: namespace, labelSelector: StoredInventory.label).items)
    }

    private func contents(_ items: [Value]) -> Contents {
        var contents = Contents()
        for item in items {
            let name = item.at("metadata", "name")?.string ?? ""
            if name == Self.installationName { contents.installation = item.at("data", "installation")?.string }
            contents.configMaps[name] = item
        }
        return contents
    }

    /// Puts an inventory together from its head and shards, which are taken from `contents` or fetched.
    func inventory(_ stored: StoredInventory, among contents: Contents? = nil) async throws -> Inventory {
        try stored.requireOriginal()
        var shards: [String] = []
        for name in stored.shardNames {
            let listed = contents?.configMaps[name]
            let configMap = if let listed { listed } else { try await configMap(name) }
            guard let text = configMap?.at("data", "entries")?.string else {
                throw PlumbError(
                    .invalid, "The inventory \(namespace)/\(stored.name) is not complete: its part \(name) is missing.",
                    remedy: "Try again; if it stays, restore that ConfigMap.")
            }
            shards.append(text)
        }
        var inventory: Inventory
        do {
            inventory = try InventoryShards.read(head: stored.head, shards: shards)
        } catch let error as PlumbError {
            throw PlumbError(error.code, "The ConfigMap \(namespace)/\(stored.name): \(error.message)", remedy: error.remedy)
        }
        inventory.version = stored.version.text
        return inventory
    }

    func head(of identity: ApplicationIdentity) async throws -> StoredInventory? {
        try await configMap(InventoryShards.headName(identity)).map(StoredInventory.init)
    }

    private func configMap(_ name: String) async throws -> Value? {
        switch try await view.inventoryObject(name, namespace) {
        case .absent: return nil
        case .here(let object): return try object.value()
        case .unknown:
            let configMap = try await client.get(.configMaps, namespace: namespace, name: name)
            if let configMap { view.sawInventory(configMap) }
            return configMap
        }
    }

    /// Writes the shards, then the head, then removes the shards that the head before named.
    func save(_ inventory: Inventory) async throws -> Inventory {
        let version = inventory.version.flatMap(StoredInventory.Version.init)
        let parts = InventoryShards(inventory)
        for shard in parts.shards where version?.shards.contains(shard.name) != true {
            try await create(StoredInventory.body(of: shard, inventory.identity, namespace: namespace), mayExist: true)
        }
        let body = StoredInventory.body(inventory, parts, namespace: namespace, version: version)
        let name = InventoryShards.headName(inventory.identity)
        let saved: Value
        do {
            if version == nil {
                saved = try await create(body)
            } else {
                saved = try await view.writeInventory(objectName(name)) {
                    try await client.replace(
                        .configMaps, namespace: namespace, name: name, body: body, fieldManager: Self.fieldManager)
                }
            }
        } catch let error as KubernetesError where error.isConflict || error.isAlreadyExists || error.isNotFound {
            throw raced(inventory.identity)
        }
        try await removeShards(version?.shards ?? [], but: Set(parts.shards.map(\.name)))
        var result = inventory
        result.version = StoredInventory(configMap: saved).version.text
        return result
    }

    func remove(_ inventory: Inventory) async throws {
        guard let version = inventory.version.flatMap(StoredInventory.Version.init) else { return }
        do {
            let name = InventoryShards.headName(inventory.identity)
            let outcome = try await view.eraseInventory(objectName(name), uid: version.uid) {
                try await client.delete(
                    .configMaps, namespace: namespace, name: name, uid: version.uid, resourceVersion: version.resourceVersion)
            }
            if case .replaced = outcome { throw raced(inventory.identity) }
        } catch let error as KubernetesError where error.isConflict {
            throw raced(inventory.identity)
        }
        try await removeShards(version.shards, but: [])
    }

    /// Creates what the store consists of, and first the namespace where that is missing.
    @discardableResult
    func create(_ body: Value, as resource: APIResource = .configMaps, mayExist: Bool = false) async throws -> Value {
        do {
            return try await createInNamespace(resource, body)
        } catch let error as KubernetesError where error.isAlreadyExists && mayExist {
            return body
        } catch let error as KubernetesError where error.isForbidden && error.message.contains("is being terminated") {
            throw PlumbError(
                .failed,
                "The namespace \(namespace), where the inventories are kept, is being deleted; nothing can be written down.",
                remedy: "Wait until it is gone, and apply again: objects that carry an application's mark are found again.")
        }
    }

    private func createInNamespace(_ resource: APIResource, _ body: Value) async throws -> Value {
        do {
            return try await createOnce(resource, body)
        } catch let error as KubernetesError where error.isNotFound {
            try await createNamespace()
            return try await createOnce(resource, body)
        }
    }

    private func createOnce(_ resource: APIResource, _ body: Value) async throws -> Value {
        let create = { try await client.create(resource, namespace: namespace, body: body, fieldManager: Self.fieldManager) }
        guard resource == .configMaps else { return try await create() }
        return try await view.writeInventory(objectName(body.at("metadata", "name")?.string ?? ""), create)
    }

    private func objectName(_ name: String) -> ObjectName { ObjectName(namespace: namespace, name: name) }

    private func createNamespace() async throws {
        let body: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]]
        do {
            _ = try await client.create(.namespaces, namespace: nil, body: body, fieldManager: Self.fieldManager)
        } catch let error as KubernetesError where error.isAlreadyExists {
            return
        }
    }

    private func removeShards(_ names: [String], but kept: Set<String>) async throws {
        for name in names where !kept.contains(name) {
            guard let shard = try await configMap(name) else { continue }
            _ = try await view.eraseInventory(objectName(name), uid: shard.uid) {
                try await client.delete(.configMaps, namespace: namespace, name: name, uid: shard.uid)
            }
        }
    }

    private func raced(_ identity: ApplicationIdentity) -> PlumbError {
        view.distrustInventory(InventoryShards.headName(identity), namespace)
        return PlumbError(
            .superseded, "The inventory of \(identity) was saved by another process in the meantime.",
            remedy: "Nothing was overwritten; the next attempt starts from what the other one saved.")
    }
}
