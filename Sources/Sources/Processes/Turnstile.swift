import Synchronization

/// Lets one task through at a time, in the order they came. A cancelled one leaves the queue at once.
final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var nextTicket = 0
        var queue: [(ticket: Int, waiter: CheckedContinuation<Void, any Error>)] = []
    }

    private let state = Mutex(State())

    func pass<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if !state.isTaken {
                        state.isTaken = true
                        return .success(())
                    }
                    state.queue.append((ticket, waiter))
                    return nil
                }
                if let answer { waiter.resume(with: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0).waiter }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state in
            if state.queue.isEmpty {
                state.isTaken = false
                return nil as CheckedContinuation<Void, any Error>?
            }
            return state.queue.removeFirst().waiter
        }
        next?.resume()
    }
}
