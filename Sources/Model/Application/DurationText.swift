/// Durations as people write them in Kubernetes: `90s`, `2m`, `1h30m`, `500ms`.
package enum DurationText {
    /// nil for anything else, for nothing, and for more than a year.
    package static func parse(_ text: String) -> Duration? {
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        var rest = Substring(text)
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard digits.count <= 12, let count = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let (unit, milliseconds) = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
            rest = rest.dropFirst(unit.count)
            let (product, overflow) = count.multipliedReportingOverflow(by: milliseconds)
            guard !overflow, product <= 31_536_000_000 else { return nil }
            total += product
        }
        return total <= 31_536_000_000 ? .milliseconds(total) : nil
    }

    /// The shortest such text, in at most two units: `1h30m`, `10m`, `1.5s` is `1s500ms`.
    package static func print(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let parts = [
            (seconds / 3600, "h"), (seconds % 3600 / 60, "m"), (seconds % 60, "s"), (attoseconds / 1_000_000_000_000_000, "ms"),
        ]
        let text = parts.filter { $0.0 > 0 }.prefix(2).map { "\($0)\($1)" }.joined()
        return text.isEmpty ? "0s" : text
    }
}

extension ObjectReader {
    package func duration(_ key: String) throws -> Duration? {
        guard let text = try optionalString(key) else { return nil }
        guard let duration = DurationText.parse(text), duration > .zero else {
            throw error("The field \(key) is \(text.quoted), and has to be a duration such as 90s, 2m or 1h30m.")
        }
        return duration
    }
}
