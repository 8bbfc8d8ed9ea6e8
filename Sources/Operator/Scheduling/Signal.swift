import Synchronization

/// Wakes one waiting task. Raised while nobody waits, it wakes the next one; raised twice, once.
final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func raise() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = nil
            if waiting == nil { state.isRaised = true }
            return waiting
        }
        waiting?.resume()
    }

    /// Returns when it was raised, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRaised || Task.isCancelled {
                        state.isRaised = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting
                state.waiting = nil
                return waiting
            }
            waiting?.resume()
        }
    }

    /// The same, and at `moment` at the latest.
    func wait(until moment: ContinuousClock.Instant?) async {
        guard let moment else { return await wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(until: moment, clock: .continuous) }
            await group.next()
            group.cancelAll()
        }
    }
}
