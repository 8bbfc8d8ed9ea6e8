import GRDB
package import Manifests
package import Model

/// One thing to be stored; several that belong together are stored by one `Store.write`.
package enum StoreChange: Sendable {
    case record(Event)
    case operation(OperationRecord)
    case history(HistoryEntry)
    case state(Value, of: String)
    case removeState(of: String)
    case repository(RepositoryMemory)
    case target(TargetMemory)
    case fact(String, as: String)
}

extension Store {
    /// Stores all of it at once, or nothing where it throws; in the order given. Returns the events with their ids.
    package func write(_ changes: [StoreChange]) async throws -> [Event] {
        try await change { database in try changes.compactMap { try $0.carryOut(database) } }
    }
}

extension StoreChange {
    /// Returns an event that was recorded.
    fileprivate func carryOut(_ database: Database) throws -> Event? {
        switch self {
        case .record(let event): return try EventRecords.insert(event, database)
        case .operation(let operation): try OperationRecords.save(operation, database)
        case .history(let entry): try HistoryRecords.save(entry, database)
        case .state(let state, let application): try StateRecords.save(state, of: application, database)
        case .removeState(let application): try StateRecords.remove(application, database)
        case .repository(let seen): try MemoryRecords.save(seen, database)
        case .target(let target): try MemoryRecords.save(target, database)
        case .fact(let fact, let name): try MemoryRecords.save(fact, as: name, database)
        }
        return nil
    }
}
