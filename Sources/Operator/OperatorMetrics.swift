import Metrics
import Model

/// What the operator counts. Names and units are part of its interface; see docs/metrics.md.
struct OperatorMetrics: Sendable {
    private let reverted = Counter(label: "plumb_drift_reverted_total")
    private let queued = Gauge(label: "plumb_queue_length")

    func ended(_ operation: OperationRecord) {
        Counter(
            label: "plumb_operations_total", dimensions: [("cause", operation.cause.rawValue), ("phase", operation.phase.rawValue)]
        ).increment()
    }

    func stage(_ name: String, _ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        Timer(label: "plumb_stage_seconds", dimensions: [("stage", name)]).recordNanoseconds(
            seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func looked(at repository: String, succeeded: Bool) {
        Counter(label: "plumb_repository_checks_total", dimensions: [("result", succeeded ? "ok" : "error")]).increment()
    }

    func reverted(_ count: Int) { reverted.increment(by: count) }
    func queued(_ count: Int) { queued.record(count) }

    func applications(_ counts: [[String]: Int]) {
        for (labels, count) in counts {
            Gauge(label: "plumb_applications", dimensions: [("sync", labels[0]), ("health", labels[1])]).record(count)
        }
    }
}
