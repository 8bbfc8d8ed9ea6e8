import GRDB
import Manifests
package import Model

extension Store {
    /// Stores the operation, in place of what was stored under its id.
    package func save(_ operation: OperationRecord) async throws {
        try await change { try OperationRecords.save(operation, $0) }
    }

    /// In the order in which they were first saved, the newest first; at most 10 000.
    package func operations(of application: String, limit: Int) async throws -> [OperationRecord] {
        try await look { database in
            try database.rows(
                "SELECT * FROM operations WHERE application = ? ORDER BY number DESC LIMIT ?",
                [application, ReadLimit.clamp(limit)]
            ).map(OperationRecords.read)
        }
    }

    /// What was under way when the last process ended, of every application, the oldest first.
    package func unfinishedOperations() async throws -> [OperationRecord] {
        try await look { database in
            try database.rows("SELECT * FROM operations WHERE phase IN (\(OperationRecords.unfinishedPhases)) ORDER BY number")
                .map(OperationRecords.read)
        }
    }
}

enum OperationRecords {
    /// As a list in SQL: they are words of the program's own.
    static let unfinishedPhases = OperationRecord.Phase.allCases.filter { !$0.isTerminal }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    static func save(_ operation: OperationRecord, _ database: Database) throws {
        try database.run(
            """
            INSERT INTO operations (id, application, cause, phase, revision, rendered_digest, message, started_at, ended_at, deadline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET application = excluded.application, cause = excluded.cause, phase = excluded.phase,
                revision = excluded.revision, rendered_digest = excluded.rendered_digest, message = excluded.message,
                started_at = excluded.started_at, ended_at = excluded.ended_at, deadline = excluded.deadline
            """,
            [
                operation.id, operation.application, operation.cause.rawValue, operation.phase.rawValue, operation.revision,
                operation.renderedDigest?.description, operation.message, operation.startedAt, operation.endedAt,
                operation.deadline,
            ])
    }

    static func read(_ row: RowReader) throws -> OperationRecord {
        OperationRecord(
            id: try row.text("id"), application: try row.text("application"),
            cause: try row.choice("cause", OperationRecord.Cause.self),
            phase: try row.choice("phase", OperationRecord.Phase.self), revision: try row.optionalText("revision"),
            renderedDigest: try row.optionalDigest("rendered_digest"), message: try row.text("message"),
            startedAt: try row.text("started_at"), endedAt: try row.optionalText("ended_at"),
            deadline: try row.optionalText("deadline"))
    }
}
