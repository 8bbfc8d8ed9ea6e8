/// Runs a piece of work once for everybody who asks for it while it runs.
///
/// A caller that is cancelled leaves at once, and the others are not disturbed; when the last one leaves, the work is
/// cancelled.
actor SingleFlight<Value: Sendable> {
    private var waiting: [UInt64: CheckedContinuation<Value, any Error>] = [:]
    private var running: (id: UInt64, task: Task<Void, Never>)?
    private var nextID: UInt64 = 0

    func value(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        nextID += 1
        let id = nextID
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                waiting[id] = continuation
                if running == nil { start(id, work) }
            }
        } onCancel: {
            Task { await self.leave(id) }
        }
    }

    private func start(_ id: UInt64, _ work: @escaping @Sendable () async throws -> Value) {
        let task = Task {
            let result: Result<Value, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            finish(id, result)
        }
        running = (id, task)
    }

    private func finish(_ id: UInt64, _ result: Result<Value, any Error>) {
        // Work that everybody had left may end after other work began.
        guard running?.id == id else { return }
        running = nil
        for continuation in waiting.values { continuation.resume(with: result) }
        waiting = [:]
    }

    private func leave(_ id: UInt64) {
        waiting.removeValue(forKey: id)?.resume(throwing: CancellationError())
        if waiting.isEmpty {
            running?.task.cancel()
            running = nil
        }
    }
}
