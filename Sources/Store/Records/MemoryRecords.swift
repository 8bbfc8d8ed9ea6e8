import GRDB

extension Store {
    /// In place of what was remembered of the same URL and reference.
    package func remember(_ seen: RepositoryMemory) async throws {
        try await change { try MemoryRecords.save(seen, $0) }
    }

    /// The one remembered last comes last.
    package func repositoryMemories() async throws -> [RepositoryMemory] {
        try await look { database in
            try database.rows("SELECT * FROM repositories ORDER BY number").map { row in
                RepositoryMemory(
                    url: try row.text("url"), reference: try row.text("reference"), revision: try row.text("revision"),
                    commit: try row.optionalText("commit_id"))
            }
        }
    }

    /// In place of what was remembered of the same name.
    package func remember(_ target: TargetMemory) async throws {
        try await change { try MemoryRecords.save(target, $0) }
    }

    /// By name.
    package func targetMemories() async throws -> [TargetMemory] {
        try await look { database in
            try database.rows("SELECT * FROM targets ORDER BY name").map { row in
                TargetMemory(
                    name: try row.text("name"), place: try row.text("place"), identity: try row.text("identity"),
                    installation: try row.text("installation"))
            }
        }
    }

    /// nil where nothing was remembered as that.
    package func fact(_ name: String) async throws -> String? {
        try await look { try MemoryRecords.fact(name, $0) }
    }

    /// In place of the last one of that name.
    package func remember(fact: String, as name: String) async throws {
        try await change { try MemoryRecords.save(fact, as: name, $0) }
    }

    /// What is remembered as `name`; if nothing is, `fact` from now on.
    package func fact(_ name: String, orRemember fact: String) async throws -> String {
        try await change { database in
            if let known = try MemoryRecords.fact(name, database) { return known }
            try MemoryRecords.save(fact, as: name, database)
            return fact
        }
    }
}

enum MemoryRecords {
    /// A new row each time, so that pruning knows which was remembered longest ago.
    static func save(_ seen: RepositoryMemory, _ database: Database) throws {
        try database.run(
            "INSERT OR REPLACE INTO repositories (url, reference, revision, commit_id) VALUES (?, ?, ?, ?)",
            [seen.url, seen.reference, seen.revision, seen.commit])
    }

    static func save(_ target: TargetMemory, _ database: Database) throws {
        try database.run(
            "INSERT OR REPLACE INTO targets (name, place, identity, installation) VALUES (?, ?, ?, ?)",
            [target.name, target.place, target.identity, target.installation])
    }

    static func save(_ fact: String, as name: String, _ database: Database) throws {
        try database.run("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, fact])
    }

    static func fact(_ name: String, _ database: Database) throws -> String? {
        try database.rows("SELECT value FROM facts WHERE name = ?", [name]).first?.text("value")
    }
}
