import GRDB
import Manifests
package import Model

extension Store {
    /// Stores them all or none, and returns them with their ids: growing in this order, and never given out again.
    package func record(_ events: [Event]) async throws -> [Event] {
        try await change { database in try events.map { try EventRecords.insert($0, database) } }
    }

    /// In the order of their ids: the first `limit` after `id`, or the last `limit` where it is nil. nil for `application`
    /// means all. At most 10 000.
    package func events(of application: String?, after id: Int64?, limit: Int) async throws -> [Event] {
        try await look { try EventRecords.fetch($0, application, after: id, limit: ReadLimit.clamp(limit)) }
    }
}

enum EventRecords {
    static func insert(_ event: Event, _ database: Database) throws -> Event {
        try database.run(
            """
            INSERT INTO events (time, application, kind, key_group, key_kind, key_namespace, key_name, path, old, new, manager, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event.time, event.application, event.kind.rawValue, event.key?.group, event.key?.kind, event.key?.namespace,
                event.key?.name, event.path, event.old, event.new, event.manager, event.message,
            ])
        var stored = event
        stored.id = database.lastInsertedRowID
        return stored
    }

    static func fetch(_ database: Database, _ application: String?, after id: Int64?, limit: Int) throws -> [Event] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let application {
            conditions.append("application = ?")
            arguments += [application]
        }
        if let id {
            conditions.append("id > ?")
            arguments += [id]
        }
        arguments += [limit]
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let order = id == nil ? "DESC" : "ASC"
        let events = try database.rows("SELECT * FROM events \(filter) ORDER BY id \(order) LIMIT ?", arguments).map(read)
        return id == nil ? events.reversed() : events
    }

    private static func read(_ row: RowReader) throws -> Event {
        Event(
            id: try row.integer("id"), time: try row.text("time"), application: try row.optionalText("application"),
            kind: try row.choice("kind", Event.Kind.self), key: try key(row), path: try row.optionalText("path"),
            old: try row.optionalText("old"), new: try row.optionalText("new"), manager: try row.optionalText("manager"),
            message: try row.text("message"))
    }

    private static func key(_ row: RowReader) throws -> ResourceKey? {
        guard let kind = try row.optionalText("key_kind") else { return nil }
        return ResourceKey(
            group: try row.text("key_group"), kind: kind, namespace: try row.optionalText("key_namespace"),
            name: try row.text("key_name"))
    }
}
