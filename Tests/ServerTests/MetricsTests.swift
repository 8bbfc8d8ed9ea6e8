import Metrics
import OperatorTestSupport
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The backend of swift-metrics, and the text that it becomes.
@Suite struct MetricsTests {
    @Test func numbersUnderLabels() async {
        let registry = MetricsRegistry()
        Gauge(label: "plumb_applications", dimensions: [("health", "Healthy"), ("sync", "Synced")], factory: registry).record(3)
        Gauge(label: "plumb_applications", dimensions: [("sync", "Synced"), ("health", "Healthy")], factory: registry).record(4)
        Counter(label: "plumb_operations_total", dimensions: [("cause", "drift"), ("phase", "Succeeded")], factory: registry)
            .increment()
        Counter(label: "plumb_operations_total", dimensions: [("cause", "drift"), ("phase", "Succeeded")], factory: registry)
            .increment(by: 2)
        let text = await Exposition.text(of: registry)
        #expect(
            text.contains(
                "# HELP plumb_applications Applications by sync and health.\n# TYPE plumb_applications gauge\nplumb_applications{sync=\"Synced\",health=\"Healthy\"} 4\n"
            ))
        #expect(
            text.contains("# TYPE plumb_operations_total counter\nplumb_operations_total{cause=\"drift\",phase=\"Succeeded\"} 3\n"))
        #expect(text.contains("plumb_queue_length 0\n"))
        #expect(text.hasSuffix("\n"))
    }

    @Test func aHistogramIsCumulative() async {
        let registry = MetricsRegistry()
        let timer = Timer(label: "plumb_stage_seconds", dimensions: [("stage", "render")], factory: registry)
        for milliseconds in [1, 2, 5, 400_000] { timer.recordMilliseconds(milliseconds) }
        let lines = await Exposition.text(of: registry).split(separator: "\n").filter { $0.hasPrefix("plumb_stage_seconds") }
        #expect(lines.first == "plumb_stage_seconds_bucket{stage=\"render\",le=\"0.001\"} 1")
        #expect(lines.dropFirst().first == "plumb_stage_seconds_bucket{stage=\"render\",le=\"0.005\"} 3")
        #expect(
            lines.suffix(4) == [
                "plumb_stage_seconds_bucket{stage=\"render\",le=\"300\"} 3",
                "plumb_stage_seconds_bucket{stage=\"render\",le=\"+Inf\"} 4", "plumb_stage_seconds_sum{stage=\"render\"} 400.008",
                "plumb_stage_seconds_count{stage=\"render\"} 4",
            ])
    }

    @Test(arguments: [
        ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("\r\n", "\r\\n"), ("Ärger", "Ärger"),
    ])
    func labelsAreEscaped(_ value: String, _ written: String) async {
        let registry = MetricsRegistry()
        Counter(label: "plumb_repository_checks_total", dimensions: [("result", value)], factory: registry).increment()
        #expect(await Exposition.text(of: registry).contains("plumb_repository_checks_total{result=\"\(written)\"} 1\n"))
    }

    @Test(arguments: [
        (0.0, "0"), (-1, "-1"), (0.25, "0.25"), (1e15, "1000000000000000"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"),
    ])
    func numbersAreWrittenAsInTheFormat(_ number: Double, _ text: String) { #expect(Exposition.number(number) == text) }

    @Test func theSeriesOfAMetricAreBounded() async {
        let registry = MetricsRegistry()
        for number in 0..<(MetricsRegistry.seriesLimit + 10) {
            Counter(label: "plumb_repository_checks_total", dimensions: [("result", "\(number)")], factory: registry).increment()
        }
        #expect(registry.series(of: MetricCatalog.repositoryChecks).count == MetricsRegistry.seriesLimit)
        #expect(await Exposition.text(of: registry).contains("plumb_metrics_dropped_series_total 10\n"))
    }

    @Test func whatIsNotInTheCatalogueIsNotKept() async {
        let registry = MetricsRegistry()
        Counter(label: "another_total", dimensions: [], factory: registry).increment()
        Timer(label: "plumb_queue_length", dimensions: [], factory: registry).recordSeconds(1)
        let text = await Exposition.text(of: registry)
        #expect(!text.contains("another_total"))
        #expect(text.contains("plumb_queue_length 0\n"))
    }

    @Test func aDestroyedSeriesIsGone() async {
        let registry = MetricsRegistry()
        let gauge = Gauge(label: "plumb_applications", dimensions: [("sync", "Synced"), ("health", "Healthy")], factory: registry)
        gauge.record(3)
        gauge.destroy()
        #expect(await !Exposition.text(of: registry).contains("plumb_applications{"))
    }

    @Test func everyRequestIsCountedByItsRoute() async throws {
        try await ServedOperator.with { served in
            let client = Client(served: served)
            _ = try await client.get("applications/shop")
            _ = try await client.get("applications/wiki")
            _ = try await client.get("secret-in-the-path")
            let text = try await client.send("GET", "/metrics").text
            #expect(
                text.contains("plumb_http_requests_total{method=\"GET\",route=\"/api/v1/applications/{name}\",status=\"200\"} 1\n"))
            #expect(
                text.contains("plumb_http_requests_total{method=\"GET\",route=\"/api/v1/applications/{name}\",status=\"404\"} 1\n"))
            #expect(text.contains("plumb_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1\n"))
            #expect(text.contains("plumb_http_request_seconds_count{route=\"/api/v1/applications/{name}\"} 2\n"))
            #expect(!text.contains("secret-in-the-path"))
        }
    }

    @Test func theProcessIsMeasured() async throws {
        try await ServedOperator.with { served in
            let answer = try await Client(served: served).send("GET", "/metrics")
            #expect(answer.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
            for (name, least) in [
                ("process_resident_memory_bytes", 1e6), ("process_cpu_seconds_total", 1e-6), ("process_open_fds", 3),
            ] {
                let line = try #require(answer.text.split(separator: "\n").first { $0.hasPrefix(name + " ") })
                let number = try #require(Double(line.dropFirst(name.count + 1)))
                #expect(number >= least)
            }
        }
    }

    @Test func everyMetricIsDocumented() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try Files.read(root.appendingPathComponent("docs/metrics.md").path)
        for metric in MetricCatalog.all {
            let labels = metric.labels.isEmpty ? "–" : metric.labels.map { "`\($0)`" }.joined(separator: ", ")
            #expect(page.contains("| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) |"), "\(metric.name)")
        }
        let rows = page.split(separator: "\n").count { $0.hasPrefix("| `") }
        #expect(rows == MetricCatalog.all.count)
    }
}
