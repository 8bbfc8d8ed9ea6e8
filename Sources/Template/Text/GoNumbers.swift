/// Numbers in text, as Go's `strconv` reads them.
enum GoNumbers {
    /// Base 0: the prefix says the base, `0x`, `0o`, `0b` or a leading `0`.
    static func parseInt(_ text: String, base: Int) -> Int64? {
        var digits = text[...]
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits.removeFirst() }
        guard let magnitude = parseUInt(String(digits), base: base) else { return nil }
        if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int64(exactly: magnitude)
    }

    static func parseUInt(_ text: String, base: Int) -> UInt64? {
        var digits = Array(text.utf8)[...]
        var base = base
        if base == 0 {
            base = 10
            if digits.count > 1, digits.first == UInt8(ascii: "0") {
                switch digits[digits.startIndex + 1] | 0x20 {
                case UInt8(ascii: "x"): base = 16
                case UInt8(ascii: "b"): base = 2
                case UInt8(ascii: "o"): base = 8
                default: base = 0
                }
                digits = digits.dropFirst(base == 0 ? 1 : 2)
                if base == 0 { base = 8 }
            }
        }
        guard !digits.isEmpty else { return nil }
        var result: UInt64 = 0
        for byte in digits {
            guard let digit = digitValue(byte), digit < base else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: UInt64(base))
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            result = sum
        }
        return result
    }

    static func digitValue(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 0x61 + 10
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 0x41 + 10
        default: nil
        }
    }

    /// Decimal and hexadecimal floats, `inf` and `nan`; nil for what is none or out of range.
    static func parseFloat(_ text: String) -> Double? {
        var unsigned = text[...]
        if unsigned.first == "-" || unsigned.first == "+" { unsigned.removeFirst() }
        let lower = unsigned.lowercased()
        if ["inf", "infinity"].contains(lower) { return text.hasPrefix("-") ? -.infinity : .infinity }
        if lower == "nan" { return text == String(unsigned) ? .nan : nil }
        let bytes = Array(unsigned.utf8)
        let isHex = lower.hasPrefix("0x")
        guard let first = bytes.first, first == UInt8(ascii: ".") || digitValue(first) ?? 99 < 10 else { return nil }
        if isHex, !lower.contains("p") { return nil }
        var completed = String(unsigned)
        if completed.hasPrefix(".") { completed = "0" + completed }
        if let mark = completed.firstIndex(where: { isHex ? $0 == "p" || $0 == "P" : $0 == "e" || $0 == "E" }),
            mark > completed.startIndex, completed[completed.index(before: mark)] == "."
        {
            completed.insert("0", at: mark)
        }
        if completed.hasSuffix(".") { completed += "0" }
        guard let value = Double(completed), value.isFinite else { return nil }
        return text.hasPrefix("-") ? -value : value
    }
}

/// What other modules read of numbers.
package enum GoParsing {
    /// A decimal integer of 64 bits, or nil.
    package static func int(_ text: String) -> Int64? { GoNumbers.parseInt(text, base: 10) }
}
