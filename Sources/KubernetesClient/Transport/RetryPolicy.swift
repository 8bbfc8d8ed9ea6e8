/// Whether a failed attempt is followed by another, and after how long. Pure: time and chance come in as numbers.
package struct RetryPolicy: Sendable {
    package enum Failure: Sendable, Hashable {
        /// The server answered that it has no time now, and has done nothing.
        case throttled(after: Duration?)
        /// No connection came about: nothing was sent.
        case unsent
        /// The connection broke: the request may have been carried out.
        case lost
    }

    package var throttledAttempts = 10
    package var brokenAttempts = 4
    /// For one request with all its attempts and waits.
    package var totalTime: Duration = .seconds(60)
    package var firstDelay: Duration = .milliseconds(100)
    package var factor = 2.5

    package init() {}

    /// The wait before the next attempt, or nil to give up.
    ///
    /// - Parameters:
    ///   - attempt: How many there have been, from 1.
    ///   - elapsed: Since the first one began.
    ///   - jitter: From 0 to 1; spreads clients that failed together.
    package func delay(after failure: Failure, attempt: Int, elapsed: Duration, isIdempotent: Bool, jitter: Double) -> Duration? {
        let wait: Duration
        switch failure {
        case .throttled(let after):
            if attempt >= throttledAttempts { return nil }
            // What the server asks for is the least; the jitter comes on top.
            wait = after.map { $0 + $0 * (0.1 * jitter) } ?? backoff(attempt, jitter)
        case .lost where !isIdempotent: return nil
        case .unsent, .lost:
            if attempt >= brokenAttempts { return nil }
            wait = backoff(attempt, jitter)
        }
        return elapsed + wait > totalTime ? nil : wait
    }

    private func backoff(_ attempt: Int, _ jitter: Double) -> Duration {
        var delay = firstDelay
        for _ in 1..<max(attempt, 1) { delay = min(delay * factor, .seconds(10)) }
        return delay * (0.5 + 0.5 * jitter)
    }
}
