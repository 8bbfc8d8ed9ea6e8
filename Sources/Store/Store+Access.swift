import GRDB
import Model

extension Store {
    /// One transaction, which is stored when this returns and undone when `body` throws. Not cancelled with the task.
    func change<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try requireOpen()
        return try await withCheckedThrowingContinuation { continuation in
            database.asyncWrite(body) { _, result in continuation.resume(with: result.mapError(failure)) }
        }
    }

    /// Rows of one moment, whatever is written meanwhile.
    func look<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try requireOpen()
        do {
            return try await database.read(body)
        } catch {
            throw failure(error)
        }
    }

    private func requireOpen() throws {
        if closing.hasBegun { throw StoreFailure.closed(place) }
    }

    /// What SQLite says of a connection that was closed meanwhile says nothing.
    private func failure(_ error: any Error) -> any Error {
        closing.hasBegun && error is DatabaseError ? StoreFailure.closed(place) : StoreFailure.translate(error, at: place)
    }
}

extension Database {
    /// Runs a statement that is run again and again, with its values.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [RowReader] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments).map(RowReader.init)
    }
}

/// How many rows one call reads at most, whatever is asked for.
enum ReadLimit {
    static func clamp(_ limit: Int) -> Int { min(max(limit, 0), 10_000) }
}
