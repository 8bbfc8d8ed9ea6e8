import Synchronization

/// A place where one party waits until another lets it go on: two processes in an order that a test chooses.
package final class Checkpoint: Sendable {
    private let arrival = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
    private let departure = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
    private let isTaken = Mutex(false)

    package init() {}

    /// The first one to come waits for `open`; everybody after it passes.
    package func stop() async throws {
        let isFirst = isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
        guard isFirst else { return }
        arrival.continuation.finish()
        for await _ in departure.stream {}
        try Task.checkCancellation()
    }

    /// Returns when somebody waits here.
    package func reached() async throws {
        for await _ in arrival.stream {}
        try Task.checkCancellation()
    }

    package func open() { departure.continuation.finish() }
}
