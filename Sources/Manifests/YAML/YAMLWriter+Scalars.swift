extension YAMLWriter {
    mutating func writePlain(_ string: String, mayFold: Bool = false) {
        if !isAfterSpace, !string.isEmpty { put(" ") }
        if mayFold, string.utf8.contains(UInt8(ascii: " ")) {
            let scalars = Array(string.unicodeScalars)
            var isAfterBlank = false
            for (index, scalar) in scalars.enumerated() {
                if scalar == " ", !isAfterBlank, column > layout.width, index + 1 < scalars.count, scalars[index + 1] != " " {
                    writeLineStart()
                } else {
                    put(scalar)
                }
                isAfterBlank = scalar == " "
                if !isAfterBlank { isInIndentation = false }
            }
        } else {
            put(string)
        }
        isAfterSpace = false
        isInIndentation = false
    }

    mutating func writeSingleQuoted(_ string: String, mayFold: Bool) {
        writeIndicator("'", needsSpace: true)
        let scalars = Array(string.unicodeScalars)
        var isAfterBlank = false
        var isAfterBreak = false
        for (index, scalar) in scalars.enumerated() {
            if scalar == " " {
                let folds =
                    mayFold && !isAfterBlank && column > layout.width && index > 0 && index + 1 < scalars.count
                    && scalars[index + 1] != " "
                if folds { writeLineStart() } else { put(scalar) }
                isAfterBlank = true
            } else if scalar.isYAMLBreak {
                putLineBreak(scalar)
                isInIndentation = true
                isAfterBreak = true
            } else {
                if isAfterBreak { writeLineStart() }
                if scalar == "'" { put(scalar) }
                put(scalar)
                isInIndentation = false
                isAfterBlank = false
                isAfterBreak = false
            }
        }
        if isAfterBreak { writeLineStart() }
        writeIndicator("'", needsSpace: false)
    }

    mutating func writeDoubleQuoted(_ string: String, mayFold: Bool) {
        writeIndicator("\"", needsSpace: true)
        let scalars = Array(string.unicodeScalars)
        var isAfterBlank = false
        for (index, scalar) in scalars.enumerated() {
            if scalar == " " {
                if mayFold, !isAfterBlank, column > layout.width, index > 0, index + 1 < scalars.count {
                    writeLineStart()
                    // The fold itself reads as one space; a second one would be lost without its escape.
                    if scalars[index + 1] == " " { put("\\") }
                } else {
                    put(scalar)
                }
                isAfterBlank = true
            } else {
                if let escape = Self.escape(for: scalar) { put("\\" + escape) } else { put(scalar) }
                isAfterBlank = false
            }
        }
        writeIndicator("\"", needsSpace: false)
    }

    mutating func writeLiteral(_ string: String) {
        let scalars = Array(string.unicodeScalars)
        writeIndicator("|" + Self.literalHints(scalars), needsSpace: true)
        putLineBreak()
        isInIndentation = true
        isAfterSpace = true
        var isAfterBreak = true
        for scalar in scalars {
            if scalar.isYAMLBreak {
                putLineBreak(scalar)
                isInIndentation = true
                isAfterBreak = true
            } else {
                if isAfterBreak { writeLineStart() }
                put(scalar)
                isInIndentation = false
                isAfterBreak = false
            }
        }
    }

    /// The indentation, where the text's own blanks would hide it, and what becomes of the line breaks at the end.
    private static func literalHints(_ scalars: [Unicode.Scalar]) -> String {
        guard let first = scalars.first, let last = scalars.last else { return "-" }
        let indentation = first == " " || first.isYAMLBreak ? "2" : ""
        guard last.isYAMLBreak else { return indentation + "-" }
        let keepsAll = scalars.count == 1 || scalars[scalars.count - 2].isYAMLBreak
        return indentation + (keepsAll ? "+" : "")
    }

    /// What stands for a character after the backslash, or nil where it stands for itself.
    private static func escape(for scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x00: return "0"
        case 0x07: return "a"
        case 0x08: return "b"
        case 0x09: return "t"
        case 0x0A: return "n"
        case 0x0B: return "v"
        case 0x0C: return "f"
        case 0x0D: return "r"
        case 0x1B: return "e"
        case 0x22: return "\""
        case 0x5C: return "\\"
        case 0x85: return "N"
        case 0x2028: return "L"
        case 0x2029: return "P"
        case _ where scalar.isYAMLPrintable: return nil
        case 0...0xFF: return "x" + hexadecimal(scalar, digits: 2)
        case 0...0xFFFF: return "u" + hexadecimal(scalar, digits: 4)
        default: return "U" + hexadecimal(scalar, digits: 8)
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
