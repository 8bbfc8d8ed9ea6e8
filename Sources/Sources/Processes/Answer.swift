import Synchronization

/// A value that one task gives and another waits for. The first answer counts; a cancelled wait ends at once.
final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
    }

    private let state = Mutex(State.open)

    func give(_ result: Result<Value, any Error>) {
        let waiter: CheckedContinuation<Value, any Error>? = state.withLock { state in
            switch state {
            case .given: return nil
            case .open:
                state = .given(result)
                return nil
            case .awaited(let waiter):
                state = .given(result)
                return waiter
            }
        }
        waiter?.resume(with: result)
    }

    /// Waits for the answer. At most one task may.
    var value: Value {
        get async throws {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { waiter in
                    let result: Result<Value, any Error>? = state.withLock { state in
                        if case .given(let result) = state { return result }
                        state = .awaited(waiter)
                        return nil
                    }
                    if let result { waiter.resume(with: result) }
                }
            } onCancel: {
                give(.failure(CancellationError()))
            }
        }
    }
}
