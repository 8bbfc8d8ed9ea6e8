import Manifests
import Model

/// How an inventory lies in ConfigMaps, of which each holds at most 1 MiB.
///
/// The head, `plumb-inventory-<hash>`, holds everything but the entries where those do not fit, and then names the shards that
/// do. Shards are named by their content: whoever is killed between two writes leaves the head pointing at what it pointed at
/// before, and two writers never change each other's shards.
struct InventoryShards {
    static let entries = 2000
    /// Of JSON text; the rest of the limit is for names, labels and the head's records.
    static let bytes = 800 << 10
    static let prefix = "plumb-inventory-"

    struct Shard {
        var name: String
        var text: String
    }

    private(set) var head: String
    private(set) var shards: [Shard] = []

    static func headName(_ identity: ApplicationIdentity) -> String { prefix + identity.hash }

    init(_ inventory: Inventory) {
        var value = inventory.value
        let entries = value["entries"]?.array ?? []
        let groups = Self.groups(entries)
        if groups.count > 1 {
            value["entries"] = []
            let prefix = Self.headName(inventory.identity)
            shards = groups.map { entries in
                let text = Value.array(entries).json
                return Shard(name: "\(prefix)-\(Digest(bytes: Array(text.utf8)).short)", text: text)
            }
        }
        head = value.json
    }

    /// Puts the parts together again. Throws `invalid` where they are not what `init` makes.
    static func read(head: String, shards: [String]) throws -> Inventory {
        var value = try parse(head)
        if !shards.isEmpty {
            value["entries"] = .array(
                try shards.flatMap { text in
                    guard let entries = try parse(text).array else {
                        throw PlumbError(.invalid, "A shard of the inventory is not a list.")
                    }
                    return entries
                })
        }
        return try Inventory(value: value)
    }

    /// The objects that a ConfigMap of an inventory lists; none where it cannot be read, which whoever reads it all is told.
    static func keys(in configMap: Value) -> Set<ResourceKey> {
        let head = configMap.at("data", "inventory")?.string.flatMap { try? parse($0)["entries"]?.array }
        let shard = configMap.at("data", "entries")?.string.flatMap { try? parse($0).array }
        let keys = ((head ?? []) + (shard ?? [])).compactMap { entry -> ResourceKey? in
            guard let kind = entry["kind"]?.string, let name = entry["name"]?.string else { return nil }
            return ResourceKey(
                group: entry["group"]?.string ?? "", kind: kind, namespace: entry["namespace"]?.string, name: name)
        }
        return Set(keys)
    }

    private static func parse(_ text: String) throws -> Value {
        do {
            return try JSON.parse(Array(text.utf8), file: "inventory")
        } catch {
            throw PlumbError(.invalid, "The inventory cannot be read: \(error)")
        }
    }

    private static func groups(_ entries: [Value]) -> [[Value]] {
        var groups: [[Value]] = [[]]
        var size = 0
        for entry in entries {
            let bytes = entry.json.utf8.count + 1
            if groups[groups.count - 1].count >= Self.entries || size + bytes > Self.bytes {
                groups.append([])
                size = 0
            }
            groups[groups.count - 1].append(entry)
            size += bytes
        }
        return groups
    }
}
