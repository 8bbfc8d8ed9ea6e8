/// Durations in nanoseconds, as Go reads and prints them.
enum GoDuration {
    private static let units: [(String, Int64)] = [
        ("ns", 1), ("us", 1000), ("\u{B5}s", 1000), ("\u{3BC}s", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// `1h30m`, `-1.5s`, `0`; nil for what is none.
    static func parse(_ text: String) -> Int64? {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return 0 }
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        var whole: Int64 = 0
        while !rest.isEmpty {
            let number = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
            rest.removeFirst(number.count)
            let unit = rest.prefix { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }
            rest.removeFirst(unit.count)
            guard let scale = units.first(where: { unit.elementsEqual($0.0.utf8) })?.1 else { return nil }
            let text = String(decoding: number, as: UTF8.self)
            if let integer = Int64(text) {
                let (product, overflow) = integer.multipliedReportingOverflow(by: scale)
                let (sum, carry) = whole.addingReportingOverflow(product)
                guard !overflow, !carry else { return nil }
                whole = sum
            } else {
                guard let value = GoNumbers.parseFloat(text) else { return nil }
                total += value * Double(scale)
            }
        }
        guard total < 0x1p62 else { return nil }
        let sum = whole &+ Int64(total)
        return isNegative ? -sum : sum
    }

    static func print(_ duration: Int64) -> String {
        if duration == 0 { return "0s" }
        let magnitude = duration.magnitude
        let sign = duration < 0 ? "-" : ""
        if magnitude < 1_000_000_000 {
            if magnitude < 1000 { return "\(sign)\(magnitude)ns" }
            let (unit, scale): (String, UInt64) = magnitude < 1_000_000 ? ("\u{B5}s", 1000) : ("ms", 1_000_000)
            return sign + fraction(magnitude, scale) + unit
        }
        let seconds = magnitude / 1_000_000_000
        var text = fraction(magnitude % 60_000_000_000, 1_000_000_000) + "s"
        if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
        if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
        return sign + text
    }

    private static func fraction(_ value: UInt64, _ scale: UInt64) -> String {
        let rest = value % scale
        guard rest > 0 else { return String(value / scale) }
        let width = String(scale).utf8.count - 1
        var digits = String(rest)
        digits = String(repeating: "0", count: width - digits.utf8.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(value / scale).\(digits)"
    }
}
