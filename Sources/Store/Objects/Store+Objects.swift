import GRDB
import Manifests
package import Model

extension Store {
    /// Every object, by key.
    package func objects() async throws -> [PlumbObject] {
        try await look { database in
            try database.rows("SELECT * FROM objects ORDER BY api_group, kind, name").map(ObjectRecords.read)
        }
    }

    /// What is stored under the key before and after `decide`, which is given the one and says the other; nil for no
    /// object. Nobody else writes in between. What `decide` throws is thrown, with nothing changed.
    package func changeObject(
        _ key: ResourceKey, _ decide: @escaping @Sendable (PlumbObject?) throws -> PlumbObject?
    ) async throws -> (before: PlumbObject?, after: PlumbObject?) {
        try await change { database in
            let before = try ObjectRecords.fetch(key, database)
            let after = try decide(before)
            if after != before { try ObjectRecords.replace(key, with: after, database) }
            return (before, after)
        }
    }
}

enum ObjectRecords {
    static func fetch(_ key: ResourceKey, _ database: Database) throws -> PlumbObject? {
        try database.rows(
            "SELECT * FROM objects WHERE api_group = ? AND kind = ? AND name = ?", [key.group, key.kind, key.name]
        ).first.map(read)
    }

    static func replace(_ key: ResourceKey, with object: PlumbObject?, _ database: Database) throws {
        guard let object else {
            return try database.run(
                "DELETE FROM objects WHERE api_group = ? AND kind = ? AND name = ?", [key.group, key.kind, key.name])
        }
        try database.run(
            """
            INSERT INTO objects (api_group, kind, name, uid, generation, owner, manifest, file, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (api_group, kind, name) DO UPDATE SET uid = excluded.uid, generation = excluded.generation,
                owner = excluded.owner, manifest = excluded.manifest, file = excluded.file, line = excluded.line
            """,
            [
                key.group, key.kind, key.name, object.uid, object.generation, object.owner, object.manifest.value.json,
                object.manifest.origin.file, object.manifest.origin.line,
            ])
    }

    static func read(_ row: RowReader) throws -> PlumbObject {
        let line = try row.optionalInteger("line").map { Int($0) }
        return PlumbObject(
            key: ResourceKey(group: try row.text("api_group"), kind: try row.text("kind"), name: try row.text("name")),
            uid: try row.text("uid"), generation: try row.integer("generation"), owner: try row.text("owner"),
            manifest: Manifest(value: try row.json("manifest"), origin: Origin(file: try row.text("file"), line: line)))
    }
}
