import GRDB
import Manifests
package import Model

extension Store {
    /// The inventory of what the application has put into this store; nil where it has none.
    package func inventory(of identity: ApplicationIdentity) async throws -> Inventory? {
        try await look { try InventoryRecords.fetch(identity, $0) }
    }

    /// Every inventory, in the order of their last saves.
    package func inventories() async throws -> [Inventory] {
        try await look { try $0.rows("SELECT * FROM inventories ORDER BY version").map(InventoryRecords.read) }
    }

    /// Stores the inventory, or removes it where nil, if what is stored has `version`; nil: if nothing is. Returns the new
    /// version. Throws `superseded` where somebody else has saved since.
    package func save(_ inventory: Inventory?, of identity: ApplicationIdentity, replacing version: String?) async throws -> String?
    {
        try await change { database in
            guard try InventoryRecords.fetch(identity, database)?.version == version else {
                throw PlumbError(
                    .superseded, "Somebody else has saved the inventory of \(identity) meanwhile.", remedy: "Plan again.")
            }
            return try InventoryRecords.replace(identity, with: inventory, database)
        }
    }
}

enum InventoryRecords {
    static func fetch(_ identity: ApplicationIdentity, _ database: Database) throws -> Inventory? {
        try database.rows(
            "SELECT * FROM inventories WHERE installation = ? AND namespace = ? AND name = ?",
            [identity.installation, identity.namespace, identity.name]
        ).first.map(read)
    }

    static func read(_ row: RowReader) throws -> Inventory {
        var inventory = try Inventory(value: row.json("inventory"))
        inventory.version = String(try row.integer("version"))
        return inventory
    }

    /// Returns the new version; nil where it is removed.
    static func replace(_ identity: ApplicationIdentity, with inventory: Inventory?, _ database: Database) throws -> String? {
        try database.run(
            "DELETE FROM inventories WHERE installation = ? AND namespace = ? AND name = ?",
            [identity.installation, identity.namespace, identity.name])
        guard let inventory else { return nil }
        try database.run(
            "INSERT INTO inventories (installation, namespace, name, inventory) VALUES (?, ?, ?, ?)",
            [identity.installation, identity.namespace, identity.name, inventory.value.json])
        return String(database.lastInsertedRowID)
    }
}
