/// Runs `body`, and cancels it after `limit`. Throws `error()` in that case, once `body` has ended.
func withDeadline<Value: Sendable>(
    _ limit: Duration, orThrow error: @escaping @Sendable () -> any Error, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw error() }
        return value
    }
}
