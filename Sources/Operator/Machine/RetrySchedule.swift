package import Model

/// How long to wait after a failure: `initial × factor^(failures − 1)`, at most `max`.
package enum RetrySchedule {
    package static func delay(afterFailures failures: Int, _ retry: SyncPolicy.Retry) -> Duration {
        var delay = retry.initial / .milliseconds(1)
        let longest = retry.max / .milliseconds(1)
        for _ in 1..<max(1, min(failures, 64)) where delay < longest { delay *= retry.factor }
        return .milliseconds(Int64(min(delay, longest)))
    }
}
