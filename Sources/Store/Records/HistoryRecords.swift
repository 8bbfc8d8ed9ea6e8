import GRDB
import Manifests
package import Model

extension Store {
    /// Stores the entry, in place of what was stored for its operation.
    package func save(_ entry: HistoryEntry) async throws {
        try await change { try HistoryRecords.save(entry, $0) }
    }

    /// In the order in which they were first saved, the newest first; at most 10 000.
    package func history(of application: String, limit: Int) async throws -> [HistoryEntry] {
        try await look { database in
            try database.rows(
                "SELECT * FROM history WHERE application = ? ORDER BY number DESC LIMIT ?",
                [application, ReadLimit.clamp(limit)]
            ).map(HistoryRecords.read)
        }
    }
}

enum HistoryRecords {
    static func save(_ entry: HistoryEntry, _ database: Database) throws {
        try database.run(
            """
            INSERT INTO history (operation, application, cause, revision, rendered_digest, author, message, committed_at, applied_at,
                healthy_at, summary)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (operation) DO UPDATE SET application = excluded.application, cause = excluded.cause,
                revision = excluded.revision, rendered_digest = excluded.rendered_digest, author = excluded.author,
                message = excluded.message, committed_at = excluded.committed_at, applied_at = excluded.applied_at,
                healthy_at = excluded.healthy_at, summary = excluded.summary
            """,
            [
                entry.operation, entry.application, entry.cause.rawValue, entry.revision, entry.renderedDigest.description,
                entry.author, entry.message, entry.committedAt, entry.appliedAt, entry.healthyAt, entry.summary,
            ])
    }

    static func read(_ row: RowReader) throws -> HistoryEntry {
        var entry = HistoryEntry(
            application: try row.text("application"), operation: try row.text("operation"),
            cause: try row.choice("cause", OperationRecord.Cause.self), revision: try row.text("revision"),
            renderedDigest: try row.digest("rendered_digest"), committedAt: try row.optionalText("committed_at"),
            appliedAt: try row.text("applied_at"), healthyAt: try row.optionalText("healthy_at"), summary: try row.text("summary"))
        entry.author = try row.optionalText("author")
        entry.message = try row.optionalText("message")
        return entry
    }
}
