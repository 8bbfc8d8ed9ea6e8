/// Text in quotes, as Go's `strconv.Quote` writes it.
enum GoQuote {
    static func double(_ bytes: [UInt8], asciiOnly: Bool = false) -> String { quote(bytes, mark: "\"", asciiOnly: asciiOnly) }

    /// A character in single quotes.
    static func single(_ scalar: Unicode.Scalar, asciiOnly: Bool = false) -> String {
        quote(Array(String(scalar).utf8), mark: "'", asciiOnly: asciiOnly)
    }

    /// Whether backquotes can hold the text.
    static func canBackquote(_ bytes: [UInt8]) -> Bool {
        Runes(bytes).allSatisfy { rune in
            rune.isValid && rune.scalar != "\u{FEFF}" && rune.scalar != "`" && rune.scalar.value != 0x7F
                && (rune.scalar.value >= 0x20 || rune.scalar == "\t")
        }
    }

    /// `U+0041`, or `U+0041 'A'`.
    static func codePoint(_ scalar: Unicode.Scalar, withCharacter: Bool) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let text = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return withCharacter && isPrintable(scalar) ? "\(text) '\(scalar)'" : text
    }

    private static func quote(_ bytes: [UInt8], mark: Unicode.Scalar, asciiOnly: Bool) -> String {
        var text = String(mark)
        for rune in Runes(bytes) {
            guard rune.isValid else {
                text += "\\x" + hex(UInt32(bytes[rune.range.lowerBound]), digits: 2)
                continue
            }
            append(rune.scalar, to: &text, mark: mark, asciiOnly: asciiOnly)
        }
        text.unicodeScalars.append(mark)
        return text
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String, mark: Unicode.Scalar, asciiOnly: Bool) {
        if scalar == mark || scalar == "\\" {
            text += "\\" + String(scalar)
        } else if scalar.value < 0x80 ? (0x20...0x7E).contains(scalar.value) : (!asciiOnly && isPrintable(scalar)) {
            text.unicodeScalars.append(scalar)
        } else if let letter = letters[scalar.value] {
            text += "\\" + letter
        } else if scalar.value < 0x20 || scalar.value == 0x7F {
            text += "\\x" + hex(scalar.value, digits: 2)
        } else if scalar.value < 0x10000 {
            text += "\\u" + hex(scalar.value, digits: 4)
        } else {
            text += "\\U" + hex(scalar.value, digits: 8)
        }
    }

    private static let letters: [UInt32: String] = [7: "a", 8: "b", 12: "f", 10: "n", 13: "r", 9: "t", 11: "v"]

    static func hex(_ value: UInt32, digits: Int) -> String {
        let hex = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - hex.count)) + hex
    }

    /// Letters, marks, numbers, punctuation, symbols, and of the spaces only the ASCII one.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return (0x20...0x7E).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            return false
        default: return true
        }
    }
}
