import Model
import Synchronization

/// Who listens to events as they happen. Each has a bounded buffer, and finds what it missed by the ids.
final class EventListeners: Sendable {
    private struct Listener {
        var application: String?
        var continuation: AsyncStream<Event>.Continuation
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Every event from now on, or those of one application, until whoever asks goes away or `finish` is called.
    func stream(of application: String?) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream<Event>.makeStream(bufferingPolicy: .bufferingNewest(1000))
        let id = state.withLock { state in
            state.lastID += 1
            state.listeners[state.lastID] = Listener(application: application, continuation: continuation)
            return state.lastID
        }
        continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[id] = nil } }
        return stream
    }

    func tell(_ events: [Event]) {
        for listener in current() {
            for event in events where listener.application == nil || event.application == listener.application {
                listener.continuation.yield(event)
            }
        }
    }

    func finish() {
        for listener in current() { listener.continuation.finish() }
    }

    /// Continuations are used outside the lock: they call back when they end.
    private func current() -> [Listener] { state.withLock { Array($0.listeners.values) } }
}
