import Synchronization

/// Tells a sync under way that something newer is wanted. What runs is waited for, and nothing more is begun.
package final class Supersession: Sendable {
    private struct State {
        var reason: String?
        var waiting: [Int: AsyncStream<String>.Continuation] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Nil until it was superseded.
    var current: String? { state.withLock { $0.reason } }

    /// `reason` in the words of a status: "superseded by main@sha1:…". The first one counts.
    package func supersede(_ reason: String) {
        let waiting = state.withLock { state in
            state.reason = state.reason ?? reason
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting {
            continuation.yield(reason)
            continuation.finish()
        }
    }

    /// The reason, once there is one; nil where the waiting task was cancelled before. A plan that is made anew asks again.
    func reason() async -> String? {
        let (stream, continuation) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingOldest(1))
        let known = state.withLock { state -> String? in
            if let reason = state.reason { return reason }
            state.waiting[state.nextID] = continuation
            state.nextID += 1
            return nil
        }
        if let known { return known }
        for await reason in stream { return reason }
        return nil
    }
}

/// A place among those that may work at once, which a sync gives back while it only waits for others.
package final class WorkSlot: Sendable {
    private let enter: @Sendable () async throws -> Void
    private let leave: @Sendable () -> Void
    private let isHeld: Mutex<Bool>

    /// Held from the beginning: whoever makes it has entered.
    package init(enter: @escaping @Sendable () async throws -> Void, leave: @escaping @Sendable () -> Void) {
        self.enter = enter
        self.leave = leave
        isHeld = Mutex(true)
    }

    /// Waits for a place where it was given back.
    package func take() async throws {
        if isHeld.withLock({ $0 }) { return }
        try await enter()
        isHeld.withLock { $0 = true }
    }

    package func giveBack() {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        if wasHeld { leave() }
    }
}
