import CoreMetrics
import Synchronization

/// One line of a counter or gauge: a number under labels.
final class NumberSeries: CounterHandler, FloatingPointCounterHandler, RecorderHandler, MeterHandler, Sendable {
    private let number = Mutex(0.0)

    var value: Double { number.withLock { $0 } }

    func increment(by amount: Int64) { number.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { number.withLock { $0 += amount } }
    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
    func reset() { number.withLock { $0 = 0 } }
    func record(_ value: Int64) { number.withLock { $0 = Double(value) } }
    func record(_ value: Double) { number.withLock { $0 = value } }
    func set(_ value: Int64) { record(value) }
    func set(_ value: Double) { record(value) }
}

/// The buckets of a histogram under labels.
final class HistogramSeries: TimerHandler, RecorderHandler, Sendable {
    struct Content: Sendable {
        /// Of each bucket alone; one more than there are bounds, for what is above them all.
        var counts: [Int64]
        var sum = 0.0
        var count: Int64 { counts.reduce(0, +) }
    }

    private let bounds: [Double]
    private let state: Mutex<Content>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Content(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var content: Content { state.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        // The bound itself belongs to its bucket: `le`.
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { content in
            content.counts[bucket] += 1
            content.sum += value
        }
    }
}
