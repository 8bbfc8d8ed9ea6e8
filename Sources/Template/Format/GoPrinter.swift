/// Prints values by verb and flags, as Go's `fmt` does.
struct GoPrinter {
    var output: [UInt8] = []
    var flags = GoFlags()

    mutating func write(_ text: String) { output.append(contentsOf: text.utf8) }

    mutating func print(_ value: GoValue, verb: Character, depth: Int = 0) {
        if value.isAbsent {
            if verb == "T" || verb == "v" { pad(Array("<nil>".utf8)) } else { bad(verb, value) }
            return
        }
        if verb == "T" {
            formatString(Array(value.typeName.utf8), "s")
            return
        }
        if verb == "p" {
            bad(verb, value)
            return
        }
        switch value {
        case .bool(let bool): format(bool, verb, value)
        case .int(let number, let type): format(number, type, verb, value)
        case .float(let number): format(number, verb, value)
        case .string(let text): format(Array(text.utf8), verb, value)
        case .binary(let bytes): format(bytes, verb, value)
        case .list(let list): format(list, verb, depth)
        case .map(let map): format(map, verb, depth)
        case .time(let time): format(Array(time.description.utf8), verb, value)
        case .object(let object): format(object, verb, depth)
        case .none, .null: break
        }
    }

    /// What Go prints for a verb that does not fit: `%!d(string=hi)`.
    mutating func bad(_ verb: Character, _ value: GoValue) {
        write("%!\(verb)(")
        if value.isAbsent {
            write("<nil>")
        } else {
            // The flags stay, whatever they make of it.
            write(value.typeName + "=")
            print(value, verb: "v")
        }
        write(")")
    }

    // MARK: Scalars

    private mutating func format(_ bool: Bool, _ verb: Character, _ value: GoValue) {
        guard verb == "t" || verb == "v" else { return bad(verb, value) }
        pad(Array((bool ? "true" : "false").utf8))
    }

    private mutating func format(_ number: Int64, _ type: GoIntType, _ verb: Character, _ value: GoValue) {
        let isNegative = type.isSigned && number < 0
        let magnitude = isNegative ? number.magnitude : UInt64(bitPattern: number)
        switch verb {
        case "v":
            if flags.goSyntax, !type.isSigned {
                write("0x" + String(magnitude, radix: 16))
            } else {
                integer(magnitude, isNegative, base: 10, verb)
            }
        case "d": integer(magnitude, isNegative, base: 10, verb)
        case "b": integer(magnitude, isNegative, base: 2, verb)
        case "o", "O": integer(magnitude, isNegative, base: 8, verb)
        case "x", "X": integer(magnitude, isNegative, base: 16, verb)
        case "c": pad(Array(String(scalar(number)).utf8))
        case "q": pad(Array(GoQuote.single(scalar(number), asciiOnly: flags.plus).utf8))
        case "U": codePoint(number)
        default: bad(verb, value)
        }
    }

    /// `U+0041`; a number that is no character is shown as its bits.
    private mutating func codePoint(_ number: Int64) {
        let hex = String(UInt64(bitPattern: number), radix: 16, uppercase: true)
        var text = "U+" + String(repeating: "0", count: max(0, max(4, flags.precision ?? 0) - hex.utf8.count)) + hex
        if flags.sharp, let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), GoQuote.isPrintable(scalar) {
            text += " '\(scalar)'"
        }
        let zero = flags.zero
        flags.zero = false
        pad(Array(text.utf8))
        flags.zero = zero
    }

    private func scalar(_ number: Int64) -> Unicode.Scalar {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    private mutating func integer(_ magnitude: UInt64, _ isNegative: Bool, base: Int, _ verb: Character) {
        var digits = String(magnitude, radix: base, uppercase: verb == "X")
        if let precision = flags.precision {
            if precision == 0, magnitude == 0 {
                let zero = flags.zero
                flags.zero = false
                pad([])
                flags.zero = zero
                return
            }
            digits = String(repeating: "0", count: max(0, precision - digits.utf8.count)) + digits
        }
        var prefix = ""
        if flags.sharp {
            switch base {
            case 2: prefix = "0b"
            case 8: if !digits.hasPrefix("0") { prefix = "0" }
            case 16: prefix = verb == "X" ? "0X" : "0x"
            default: break
            }
        }
        if verb == "O" { prefix = "0o" + prefix }
        let sign = isNegative ? "-" : flags.plus ? "+" : flags.space ? " " : ""
        if flags.zero, !flags.minus, flags.precision == nil, let width = flags.width {
            digits = String(repeating: "0", count: max(0, width - digits.utf8.count - sign.utf8.count)) + digits
        }
        let zero = flags.zero
        flags.zero = false
        pad(Array((sign + prefix + digits).utf8))
        flags.zero = zero
    }

    private mutating func format(_ number: Double, _ verb: Character, _ value: GoValue) {
        var text: String
        switch verb {
        case "v": text = flags.precision.map { GoFloat.format(number, "g", precision: $0) } ?? GoFloat.shortest(number)
        case "e", "E", "f", "F": text = GoFloat.format(number, verb, precision: flags.precision ?? 6)
        case "g", "G":
            text =
                flags.precision.map { GoFloat.format(number, verb, precision: $0) } ?? GoFloat.format(number, verb, precision: nil)
        default: return bad(verb, value)
        }
        if GoFloat.special(number) != nil, !flags.plus, text.hasPrefix("+") { text.removeFirst() }
        let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
        if !isSigned, flags.plus { text = "+" + text } else if !isSigned, flags.space { text = " " + text }
        padNumber(text, isFinite: number.isFinite)
    }

    /// Zeros go behind the sign.
    private mutating func padNumber(_ text: String, isFinite: Bool) {
        let outer = flags
        if flags.zero, !flags.minus, isFinite, let width = flags.width, width > text.utf8.count,
            let first = text.first, first == "+" || first == "-" || first == " "
        {
            write(String(first) + String(repeating: "0", count: width - text.utf8.count) + text.dropFirst())
            return
        }
        if !isFinite { flags.zero = false }
        pad(Array(text.utf8))
        flags = outer
    }

    private mutating func format(_ bytes: [UInt8], _ verb: Character, _ value: GoValue) {
        switch verb {
        case "v":
            if flags.goSyntax { quote(bytes) } else { formatString(bytes, "s") }
        case "s": formatString(bytes, "s")
        case "x", "X": hexadecimal(bytes, verb)
        case "q": quote(bytes)
        default: bad(verb, value)
        }
    }

    mutating func formatString(_ bytes: [UInt8], _ verb: Character) { pad(truncated(bytes)) }

    private func truncated(_ bytes: [UInt8]) -> [UInt8] {
        guard let precision = flags.precision else { return bytes }
        let runes = Array(Runes(bytes).prefix(precision))
        return Array(bytes[..<(runes.last?.range.upperBound ?? 0)])
    }

    private mutating func quote(_ bytes: [UInt8]) {
        let text = truncated(bytes)
        if flags.sharp, GoQuote.canBackquote(text) {
            pad(Array("`".utf8) + text + Array("`".utf8))
        } else {
            pad(Array(GoQuote.double(text, asciiOnly: flags.plus).utf8))
        }
    }

    private mutating func hexadecimal(_ bytes: [UInt8], _ verb: Character) {
        let bytes = flags.precision.map { Array(bytes.prefix($0)) } ?? bytes
        let prefix = flags.sharp ? (verb == "X" ? "0X" : "0x") : ""
        let pairs = bytes.map { byte in
            let hex = String(byte, radix: 16, uppercase: verb == "X")
            return hex.utf8.count < 2 ? "0" + hex : hex
        }
        let text = flags.space ? pairs.map { prefix + $0 }.joined(separator: " ") : pairs.isEmpty ? "" : prefix + pairs.joined()
        pad(Array(text.utf8))
    }

    /// Widths count characters.
    mutating func pad(_ bytes: [UInt8]) {
        guard let width = flags.width else {
            output += bytes
            return
        }
        let missing = max(0, width - Array(Runes(bytes)).count)
        if flags.minus {
            output += bytes + Array(repeating: 0x20, count: missing)
        } else {
            output += Array(repeating: flags.zero ? 0x30 : 0x20, count: missing) + bytes
        }
    }
}
