import Dispatch
import Model
import Synchronization

/// Looks at the paths again and again, where the system cannot tell.
final class PollingNotifier: Notifier {
    private struct State {
        var prints: [WatchedPath: PathFingerprint] = [:]
        var isClosed = false
        var hasBegun = false
        /// Whether a look is arranged; there is one at a time.
        var isScheduled = false
    }

    /// From one look to the next; longer where looking takes long, so that it never costs more than a twentieth of a core.
    private static let interval = Duration.seconds(1)
    private static let share = 20

    private let changes: PendingChanges
    private let queue = DispatchQueue(label: "plumb.files.polling")
    /// Only ever locked on the queue.
    private let state = Mutex(State())

    init(changes: PendingChanges) { self.changes = changes }

    func replace(_ paths: [WatchedPath]) async throws {
        let watched = Set(paths)
        await withCheckedContinuation { continuation in
            queue.async {
                let isFirst = self.state.withLock { state in
                    defer { state.hasBegun = true }
                    return !state.hasBegun
                }
                let new = self.set(watched)
                self.changes.add(isFirst ? .everything : .paths(new))
                continuation.resume()
            }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.state.withLock { $0 = State(isClosed: true) }
                continuation.resume()
            }
        }
    }

    /// For whoever watches most paths in another way; tells of nothing. May be called on any queue.
    func replace(_ watched: Set<WatchedPath>) { queue.async { _ = self.set(watched) } }

    /// On the queue. Returns what is new.
    private func set(_ watched: Set<WatchedPath>) -> Set<String> {
        let (new, begins) = state.withLock { state -> ([WatchedPath], Bool) in
            guard !state.isClosed else { return ([], false) }
            let begins = !state.isScheduled && !watched.isEmpty
            state.isScheduled = state.isScheduled || begins
            let new = watched.filter { state.prints[$0] == nil }
            state.prints = state.prints.filter { watched.contains($0.key) }
            for path in new { state.prints[path] = PathFingerprint(path) }
            return (Array(new), begins)
        }
        if begins { schedule(after: Self.interval) }
        return Set(new.map(\.name))
    }

    /// The next look is arranged only after this one, and none while there is nothing to look at.
    private func schedule(after pause: Duration) {
        let seconds = Double(pause.components.seconds) + Double(pause.components.attoseconds) / 1e18
        queue.asyncAfter(deadline: .now() + seconds) { [weak self] in
            guard let self else { return }
            let start = ContinuousClock.now
            guard look() else { return }
            schedule(after: max(Self.interval, (ContinuousClock.now - start) * Self.share))
        }
    }

    /// Whether to look again.
    private func look() -> Bool {
        let (changed, goesOn) = state.withLock { state -> (Set<String>, Bool) in
            var changed: Set<String> = []
            for (path, old) in state.prints {
                let new = PathFingerprint(path)
                guard new != old else { continue }
                changed.formUnion(new.changes(since: old, path))
                state.prints[path] = new
            }
            state.isScheduled = !state.prints.isEmpty
            return (changed, state.isScheduled)
        }
        changes.add(.paths(changed))
        return goesOn
    }
}
