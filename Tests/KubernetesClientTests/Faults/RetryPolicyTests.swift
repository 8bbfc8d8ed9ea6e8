import KubernetesClient
import Testing

@Suite struct RetryPolicyTests {
    struct Case: Sendable {
        let failure: RetryPolicy.Failure
        var attempt = 1
        var elapsed = Duration.zero
        var isIdempotent = true
        var jitter = 1.0
        let wait: Duration?
    }

    @Test(arguments: [
        Case(failure: .unsent, wait: .milliseconds(100)),
        Case(failure: .unsent, jitter: 0, wait: .milliseconds(50)),
        Case(failure: .unsent, attempt: 2, wait: .milliseconds(250)),
        Case(failure: .unsent, attempt: 3, isIdempotent: false, wait: .milliseconds(625)),
        Case(failure: .unsent, attempt: 4, wait: nil),
        Case(failure: .lost, wait: .milliseconds(100)),
        Case(failure: .lost, isIdempotent: false, wait: nil),
        Case(failure: .lost, attempt: 4, wait: nil),
        Case(failure: .throttled(after: nil), isIdempotent: false, wait: .milliseconds(100)),
        Case(failure: .throttled(after: .seconds(5)), jitter: 0, wait: .seconds(5)),
        Case(failure: .throttled(after: .seconds(10)), wait: .seconds(11)),
        Case(failure: .throttled(after: .seconds(1)), attempt: 9, jitter: 0, wait: .seconds(1)),
        Case(failure: .throttled(after: .seconds(1)), attempt: 10, wait: nil),
        Case(failure: .throttled(after: .seconds(1)), elapsed: .seconds(59.5), wait: nil),
        Case(failure: .throttled(after: .seconds(61)), wait: nil),
        Case(failure: .throttled(after: nil), attempt: 9, wait: .seconds(10)),
    ])
    func waits(_ test: Case) {
        let wait = RetryPolicy().delay(
            after: test.failure, attempt: test.attempt, elapsed: test.elapsed, isIdempotent: test.isIdempotent, jitter: test.jitter)
        #expect(wait == test.wait)
    }
}
