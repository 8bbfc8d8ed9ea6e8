/// The metrics as text, in Prometheus' exposition format 0.0.4.
enum Exposition {
    static func text(of registry: MetricsRegistry) async -> String {
        let process = await ProcessMetrics.read()
        var lines: [String] = []
        for metric in MetricCatalog.all {
            let samples =
                process[metric.name].map { ["\(metric.name) \(number($0))"] }
                ?? registry.series(of: metric).flatMap { Self.samples(metric, $0.labels, $0.series) }
            if samples.isEmpty { continue }
            lines.append("# HELP \(metric.name) \(escaped(metric.help, quotes: false))")
            lines.append("# TYPE \(metric.name) \(metric.kind.rawValue)")
            lines += samples
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func samples(
        _ metric: MetricCatalog.Metric, _ values: MetricsRegistry.LabelValues, _ series: MetricsRegistry.Series
    ) -> [String] {
        let labels = Array(zip(metric.labels, values))
        switch series {
        case .number(let series): return ["\(metric.name)\(text(labels)) \(number(series.value))"]
        case .histogram(let series):
            let content = series.content
            var below: Int64 = 0
            var lines: [String] = []
            for (bound, count) in zip(metric.buckets, content.counts) {
                below += count
                lines.append("\(metric.name)_bucket\(text(labels + [("le", number(bound))])) \(below)")
            }
            lines.append("\(metric.name)_bucket\(text(labels + [("le", "+Inf")])) \(content.count)")
            lines.append("\(metric.name)_sum\(text(labels)) \(number(content.sum))")
            lines.append("\(metric.name)_count\(text(labels)) \(content.count)")
            return lines
        }
    }

    private static func text(_ labels: [(String, String)]) -> String {
        labels.isEmpty ? "" : "{" + labels.map { "\($0)=\"\(escaped($1, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        // By scalars: a carriage return and a line feed are one character, and only the second is escaped.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Integers without a point, as they are in every example of the format.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
