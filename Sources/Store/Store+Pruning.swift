import GRDB

/// What was removed to keep the file bounded, in rows.
package struct Pruned: Sendable, Hashable {
    package var events = 0
    package var operations = 0
    package var history = 0
    package var repositories = 0
}

/// What is kept.
enum Retention {
    static let events = 100_000
    static let eventSeconds: Int64 = 90 * 86_400
    static let operations = 200
    static let history = 500
    static let repositories = 10_000
}

extension Store {
    /// Removes events over 100 000 or older than 90 days, and of each application the operations over 200 and the history
    /// over 500. An operation that has not ended stays. `now` is in seconds since 1970.
    @discardableResult
    package func prune(now: Int64) async throws -> Pruned {
        try await change { database in
            var pruned = Pruned()
            pruned.events = try Self.pruneEvents(database, now: now)
            pruned.operations = try Self.prune(
                "operations", keeping: Retention.operations,
                where: "phase NOT IN (\(OperationRecords.unfinishedPhases))", database)
            pruned.history = try Self.prune("history", keeping: Retention.history, where: "TRUE", database)
            try database.execute(
                sql: """
                    DELETE FROM repositories WHERE number <=
                        (SELECT number FROM repositories ORDER BY number DESC LIMIT 1 OFFSET \(Retention.repositories))
                    """)
            pruned.repositories = database.changesCount
            return pruned
        }
    }

    private static func pruneEvents(_ database: Database, now: Int64) throws -> Int {
        // Times are of one form, so that the order of the texts is theirs.
        try database.execute(
            sql: """
                DELETE FROM events WHERE id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET \(Retention.events))
                    OR time < strftime('%Y-%m-%dT%H:%M:%S', ?, 'unixepoch')
                """, arguments: [now - Retention.eventSeconds])
        return database.changesCount
    }

    /// Of each application's rows, those that the newest `count` are not among.
    private static func prune(_ table: String, keeping count: Int, where condition: String, _ database: Database) throws -> Int {
        try database.execute(
            sql: """
                DELETE FROM \(table) WHERE \(condition) AND number IN (
                    SELECT number FROM (
                        SELECT number, row_number() OVER (PARTITION BY application ORDER BY number DESC) AS place FROM \(table)
                    ) WHERE place > \(count))
                """)
        return database.changesCount
    }
}
