import Model
import Synchronization

/// Tells everybody who listens which objects were written. Who is slow finds several changes in one report.
final class ChangeFeed: Sendable {
    private struct Listener {
        var pending: Set<ResourceKey> = []
        let signal: AsyncStream<Void>.Continuation
    }

    private struct State {
        var next = 0
        var listeners: [Int: Listener] = [:]
    }

    private let state = Mutex(State())

    func tell(_ key: ResourceKey) {
        state.withLock { state in
            for id in state.listeners.keys {
                state.listeners[id]?.pending.insert(key)
                state.listeners[id]?.signal.yield()
            }
        }
    }

    /// Reports `everything`, then what is told, until the task is cancelled. Nothing that is told meanwhile is missed; keys
    /// that wait are bounded by the objects that there are.
    func follow(_ report: @Sendable (TargetChange) async -> Void) async {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.listeners[state.next] = Listener(signal: signal)
            return state.next
        }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
        await report(.everything)
        for await _ in signals {
            let keys = state.withLock { state in
                defer { state.listeners[id]?.pending = [] }
                return state.listeners[id]?.pending ?? []
            }
            if !keys.isEmpty { await report(.resources(keys)) }
        }
    }
}
