package import CoreMetrics
import Synchronization

/// Keeps the numbers of the metrics of `MetricCatalog`, for `/metrics` to show. What is not in the catalogue is not kept.
///
/// The series of one metric are bounded: what comes after the last of them is counted, not kept.
package final class MetricsRegistry: MetricsFactory {
    static let seriesLimit = 500

    /// The values of a metric's labels, in the catalogue's order.
    typealias LabelValues = [String]

    enum Series: Sendable {
        case number(NumberSeries)
        case histogram(HistogramSeries)
    }

    private let metrics: [String: MetricCatalog.Metric]
    private let state = Mutex<[String: [LabelValues: Series]]>([:])
    private let dropped = NumberSeries()

    package init() {
        metrics = Dictionary(uniqueKeysWithValues: MetricCatalog.all.map { ($0.name, $0) })
        // A number without labels is there from the start: one that first appears with its first increment hides it.
        for metric in MetricCatalog.all where metric.labels.isEmpty && metric.name.hasPrefix("plumb_") {
            _ = series(metric.name, [], of: [metric.kind])
        }
    }

    /// Sorted by their labels.
    func series(of metric: MetricCatalog.Metric) -> [(labels: LabelValues, series: Series)] {
        let found = state.withLock { $0[metric.name] ?? [:] }
        return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }

    // MARK: What swift-metrics asks for

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        number(label, dimensions, .counter) ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        number(label, dimensions, .counter) ?? NOOPMetricsHandler.instance
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        number(label, dimensions, .gauge) ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return histogram(label, dimensions) ?? NOOPMetricsHandler.instance }
        return number(label, dimensions, .gauge) ?? NOOPMetricsHandler.instance
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    // MARK: Keeping them

    private func number(_ name: String, _ dimensions: [(String, String)], _ kind: MetricCatalog.Kind) -> NumberSeries? {
        guard case .number(let series)? = series(name, dimensions, of: [kind]) else { return nil }
        return series
    }

    private func histogram(_ name: String, _ dimensions: [(String, String)]) -> HistogramSeries? {
        guard case .histogram(let series)? = series(name, dimensions, of: [.histogram]) else { return nil }
        return series
    }

    private func series(_ name: String, _ dimensions: [(String, String)], of kinds: [MetricCatalog.Kind]) -> Series? {
        guard let metric = metrics[name], kinds.contains(metric.kind) else { return nil }
        let values = metric.labels.map { label in dimensions.last { $0.0 == label }?.1 ?? "" }
        let found: Series? = state.withLock { state in
            if let series = state[name]?[values] { return series }
            guard state[name]?.count ?? 0 < Self.seriesLimit else { return nil }
            let series = name == MetricCatalog.droppedSeries.name ? .number(dropped) : Self.newSeries(metric)
            state[name, default: [:]][values] = series
            return series
        }
        if found == nil { dropped.increment(by: 1.0) }
        return found
    }

    private static func newSeries(_ metric: MetricCatalog.Metric) -> Series {
        switch metric.kind {
        case .counter, .gauge: .number(NumberSeries())
        case .histogram: .histogram(HistogramSeries(bounds: metric.buckets))
        }
    }

    private func forget(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.keys {
                state[name] = state[name]?.filter { _, series in
                    switch series {
                    case .number(let number): number !== handler
                    case .histogram(let histogram): histogram !== handler
                    }
                }
            }
        }
    }
}
