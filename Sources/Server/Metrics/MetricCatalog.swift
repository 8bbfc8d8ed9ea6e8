/// Everything that `/metrics` shows. What is not here is not exposed: names and labels are a promise to dashboards.
package enum MetricCatalog {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    package struct Metric: Sendable {
        package let name: String
        package let kind: Kind
        package let labels: [String]
        package let help: String
        /// Upper bounds of a histogram's buckets, in the unit of the name, ascending.
        var buckets: [Double] = []
    }

    package static let applications = Metric(
        name: "plumb_applications", kind: .gauge, labels: ["sync", "health"], help: "Applications by sync and health.")
    package static let operations = Metric(
        name: "plumb_operations_total", kind: .counter, labels: ["cause", "phase"],
        help: "Operations that ended, by cause and by the phase they ended in.")
    package static let stageSeconds = Metric(
        name: "plumb_stage_seconds", kind: .histogram, labels: ["stage"], help: "Time that one stage of a reconcile took.",
        buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
    package static let driftReverted = Metric(
        name: "plumb_drift_reverted_total", kind: .counter, labels: [], help: "Resources whose drift was reverted.")
    package static let repositoryChecks = Metric(
        name: "plumb_repository_checks_total", kind: .counter, labels: ["result"],
        help: "Looks at a repository, by whether it answered.")
    package static let queueLength = Metric(
        name: "plumb_queue_length", kind: .gauge, labels: [], help: "Applications that wait for a reconcile.")
    static let requests = Metric(
        name: "plumb_http_requests_total", kind: .counter, labels: ["method", "route", "status"],
        help: "Requests to the API that were answered.")
    static let requestSeconds = Metric(
        name: "plumb_http_request_seconds", kind: .histogram, labels: ["route"], help: "Time until the API's answer began.",
        buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30])
    static let droppedSeries = Metric(
        name: "plumb_metrics_dropped_series_total", kind: .counter, labels: [],
        help: "Series that were not kept because their metric had too many.")

    /// Of the process; read when asked for.
    static let residentMemory = Metric(
        name: "process_resident_memory_bytes", kind: .gauge, labels: [], help: "Resident memory of the process.")
    static let processorSeconds = Metric(
        name: "process_cpu_seconds_total", kind: .counter, labels: [], help: "User and system time of the process.")
    static let openDescriptors = Metric(
        name: "process_open_fds", kind: .gauge, labels: [], help: "Open file descriptors of the process.")

    /// Sorted as they are shown.
    package static let all: [Metric] = [
        applications, driftReverted, requestSeconds, requests, droppedSeries, operations, queueLength, repositoryChecks,
        stageSeconds, processorSeconds, openDescriptors, residentMemory,
    ]
}
