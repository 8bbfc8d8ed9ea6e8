#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Floats as text, as Go's `strconv.FormatFloat` writes them.
enum GoFloat {
    /// `%v`: the shortest digits that read back the same; an exponent below 1e-4 and from 1e6 on, or from another power.
    static func shortest(_ value: Double, exponentFrom limit: Int = 6) -> String {
        if let special = special(value) { return special }
        let (sign, digits, point) = decimal(value)
        let exponent = point - 1
        if exponent < -4 || exponent >= limit { return sign + scientific(digits, exponent) }
        return sign + plain(digits, point)
    }

    /// `%f`, `%e` or `%g` with a number of digits; nil means as many as it takes.
    static func format(_ value: Double, _ verb: Character, precision: Int?) -> String {
        if let special = special(value) { return special }
        guard let precision else {
            let (sign, digits, point) = decimal(value)
            switch verb {
            case "e", "E":
                let text = sign + scientific(digits, point - 1)
                return verb == "E" ? text.uppercased() : text
            case "f", "F": return sign + plain(digits, point)
            default:
                let exponent = point - 1
                let text = exponent < -4 || exponent >= 6 ? scientific(digits, exponent) : plain(digits, point)
                return sign + (verb == "G" ? text.uppercased() : text)
            }
        }
        return print(value, verb, precision: min(precision, 10_000))
    }

    static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return nil
    }

    /// C's own rounding of the exact value, which is Go's too.
    private static func print(_ value: Double, _ verb: Character, precision: Int) -> String {
        let conversion = verb == "F" ? "f" : String(verb)
        var buffer = [CChar](repeating: 0, count: 512 + precision)
        let count = withVaList([Int32(precision), value]) { vsnprintf(&buffer, buffer.count, "%.*\(conversion)", $0) }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The shortest digits, and where the point goes among them.
    static func decimal(_ value: Double) -> (sign: String, digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        let text = Array(value.description.utf8)
        var index = 0
        var sign = ""
        if text.first == UInt8(ascii: "-") {
            sign = "-"
            index = 1
        }
        var exponent = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte | 0x20 == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
            }
            index += 1
        }
        var place = (point ?? digits.count) + exponent
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        while digits.count > 1, digits.first == 0x30 {
            digits.removeFirst()
            place -= 1
        }
        if digits == [0x30] { place = 1 }
        return (sign, digits, place)
    }

    static func plain(_ digits: [UInt8], _ point: Int) -> String {
        func text(_ slice: ArraySlice<UInt8>) -> String { String(decoding: slice, as: UTF8.self) }
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + text(digits[...]) }
        if point >= digits.count { return text(digits[...]) + String(repeating: "0", count: point - digits.count) }
        return text(digits[..<point]) + "." + text(digits[point...])
    }

    static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        let magnitude = String(exponent.magnitude)
        let fraction = digits.count > 1 ? "." + String(decoding: digits[1...], as: UTF8.self) : ""
        return String(decoding: digits[..<1], as: UTF8.self) + fraction + "e" + (exponent < 0 ? "-" : "+")
            + (magnitude.count < 2 ? "0" : "") + magnitude
    }
}
