/// Runs `body` and throws when it takes longer than `limit`; `body` is cancelled then, and waited for.
package func withDeadline<Success: Sendable>(
    _ limit: Duration, _ what: String, _ body: @escaping @Sendable () async throws -> Success
) async throws -> Success {
    try await withThrowingTaskGroup(of: Success?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else {
            throw TestSupportError("\(what) did not end within \(limit)")
        }
        return value
    }
}

/// Thrown by a condition of `eventually` that can no longer come true: ends the wait at once.
package struct Hopeless: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// Asks `condition` again and again until it gives a value, for state that tells nobody when it changes (another program's
/// files and answers). An error that it throws counts as "not yet", and is told when the time is up.
package func eventually<Success: Sendable>(
    _ what: String, within limit: Duration = .seconds(30), every interval: Duration = .milliseconds(25),
    _ condition: () async throws -> Success?
) async throws -> Success {
    let end = ContinuousClock.now + limit
    var lastError: (any Error)?
    repeat {
        do {
            if let value = try await condition() { return value }
            lastError = nil
        } catch let error as CancellationError {
            throw error
        } catch let error as Hopeless {
            throw TestSupportError("\(what): \(error.reason)")
        } catch {
            lastError = error
        }
        try await Task.sleep(for: interval)
    } while ContinuousClock.now < end
    throw TestSupportError("\(what): not within \(limit)" + (lastError.map { "; the last error was: \($0)" } ?? ""))
}
