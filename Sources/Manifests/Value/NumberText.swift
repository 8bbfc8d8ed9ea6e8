/// Doubles as text, in the two forms that Kubernetes prints: its JSON and its YAML.
enum NumberText {
    /// As Go's encoding/json: without an exponent from 1e-6 up to 1e21, shortest digits that read back the same.
    static func json(_ double: Double) -> String {
        guard double.isFinite else { return "null" }
        let decimal = Decimal(double)
        let magnitude = abs(double)
        if magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 { return decimal.scientific(exponentDigits: 1) }
        return decimal.plain
    }

    /// As go-yaml prints what it read from that JSON: integers of up to 64 bits whole, others with an exponent
    /// below 1e-4 and from 1e6 on.
    static func yaml(_ double: Double) -> String {
        guard double.isFinite else { return double.isNaN ? ".nan" : double < 0 ? "-.inf" : ".inf" }
        let text = json(double)
        if Int64(text) != nil || UInt64(text) != nil { return text == "-0" ? "0" : text }
        return Decimal(double).general
    }

    /// Go's `%g`: with an exponent below 1e-4 and from 1e6 on, whatever the number.
    static func general(_ double: Double) -> String { Decimal(double).general }

    /// As a mapping's key, which Kubernetes prints with the precision of 32 bits.
    static func key(_ double: Double) -> String {
        Decimal(description: Float(double).description).general
    }
}

/// The shortest decimal digits of a double, and where the point goes: `digits` × 10^(`point` − count).
private struct Decimal {
    var isNegative: Bool
    var digits: [UInt8]
    var point: Int

    init(_ double: Double) { self.init(description: double.description) }

    /// Takes what Swift prints, which holds the shortest digits; only where it puts point and exponent differs.
    init(description: String) {
        isNegative = description.hasPrefix("-")
        var digits: [UInt8] = []
        var point: Int?
        let text = Array(description.utf8.drop { $0 == UInt8(ascii: "-") })
        let mark = text.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? text.count
        for byte in text[..<mark] {
            if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
        }
        let exponent = mark < text.count ? Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0 : 0
        self.point = (point ?? digits.count) + exponent
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            self.point -= 1
        }
        if digits == [UInt8(ascii: "0")] { self.point = 1 }
        self.digits = digits
    }

    private var sign: String { isNegative ? "-" : "" }

    private func text(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }

    var plain: String {
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text(0..<digits.count) }
        if point >= digits.count { return sign + text(0..<digits.count) + String(repeating: "0", count: point - digits.count) }
        return sign + text(0..<point) + "." + text(point..<digits.count)
    }

    /// Go's `%g` of the shortest digits.
    var general: String {
        let exponent = point - 1
        return exponent < -4 || exponent >= 6 ? scientific(exponentDigits: 2) : plain
    }

    func scientific(exponentDigits: Int) -> String {
        let exponent = point - 1
        let magnitude = String(exponent.magnitude)
        let padding = String(repeating: "0", count: max(0, exponentDigits - magnitude.count))
        let fraction = digits.count > 1 ? "." + text(1..<digits.count) : ""
        return sign + text(0..<1) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding + magnitude
    }
}

extension Value {
    /// A number as Kubernetes keeps it: one that prints without a fraction and fits is an integer, since after
    /// a round trip through JSON nothing tells them apart.
    package init(number double: Double) {
        if double.magnitude < 0x1p63, double == double.rounded(.towardZero) {
            // The digits printed, not the exact value: above 2^53 they differ, and the printed ones are what others read.
            self =
                double.magnitude <= 0x1p53
                ? .integer(Int64(double)) : Int64(NumberText.json(double)).map(Value.integer) ?? .double(double)
        } else {
            self = .double(double)
        }
    }
}
