import Synchronization

/// Bounds how many event streams are open at once: each keeps a connection for as long as it likes.
final class EventStreams: Sendable {
    let limit: Int
    private let open = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// nil where there is no place left.
    func enter() -> Place? {
        let isIn = open.withLock { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        return isIn ? Place(streams: self) : nil
    }

    /// Given back once, at the latest when nobody holds it any more: a stream may end before it began.
    final class Place: Sendable {
        private let streams: EventStreams
        private let isTaken = Atomic(true)

        fileprivate init(streams: EventStreams) { self.streams = streams }

        deinit { leave() }

        func leave() {
            guard isTaken.exchange(false, ordering: .relaxed) else { return }
            streams.open.withLock { $0 -= 1 }
        }
    }
}
