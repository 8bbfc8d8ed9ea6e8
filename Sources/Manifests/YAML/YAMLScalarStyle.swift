/// How a string is written.
enum YAMLScalarStyle {
    case plain, singleQuoted, doubleQuoted, literal

    /// The lightest style in which the string reads back as itself: literal for lines, plain where nothing else would
    /// be read, double quotes for what would become another type or needs escapes, single ones for the rest.
    ///
    /// `keepsTabs`: whether a tab may stand in literal text.
    init(for string: String, isKey: Bool, keepsTabs: Bool = false) {
        if Self.isObviouslyPlain(string) {
            self = .plain
            return
        }
        let traits = Traits(Array(string.unicodeScalars))
        if string.utf8.contains(0x0A) {
            self = traits.allowsLiteral(keepsTabs: keepsTabs) && !isKey ? .literal : .doubleQuoted
        } else if YAMLScalar.meaning(of: string) != .string || Self.isSexagesimal(string)
            || (isKey && string == YAMLScalar.mergeKey)
        {
            self = .doubleQuoted
        } else if traits.allowsPlain {
            self = .plain
        } else {
            self = traits.allowsSingleQuotes && !(isKey && traits.hasBreak) ? .singleQuoted : .doubleQuoted
        }
    }

    /// Whether a key can stand on one line with its colon; a longer one is introduced by `?`.
    static func fitsOnKeyLine(_ key: String) -> Bool {
        key.utf8.count <= 128 && !key.unicodeScalars.contains(where: \.isYAMLBreak)
    }

    /// Spares most strings the full look: letters, digits and dots after a letter that begins no word of YAML.
    private static func isObviouslyPlain(_ string: String) -> Bool {
        guard let first = string.utf8.first, isLetter(first), !YAMLScalar.mayBeOther(string) else { return false }
        return string.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    /// `1:30`, a number to the base of 60 for other readers of YAML 1.1: `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`.
    private static func isSexagesimal(_ string: String) -> Bool {
        guard string.utf8.contains(UInt8(ascii: ":")) else { return false }
        var parts = string.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Array.init)
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        var first = parts.removeFirst()[...]
        if first.first == UInt8(ascii: "+") || first.first == UInt8(ascii: "-") { first.removeFirst() }
        guard let digit = first.first, isDigit(digit), first.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else {
            return false
        }
        if let point = parts[parts.count - 1].firstIndex(of: UInt8(ascii: ".")) {
            guard parts[parts.count - 1][(point + 1)...].allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else {
                return false
            }
            parts[parts.count - 1].removeSubrange(point...)
        }
        return parts.allSatisfy {
            (1...2).contains($0.count) && $0.allSatisfy(isDigit) && ($0.count == 1 || $0[0] <= UInt8(ascii: "5"))
        }
    }

    /// What stands in the text that some style cannot hold.
    private struct Traits {
        private var hasIndicator = false
        private var hasSpecial = false
        private var hasTab = false
        private(set) var hasBreak = false
        private var hasBlankAtEdge = false
        private var endsWithSpace = false
        private var hasSpaceBeforeBreak = false
        private var hasSpaceAfterBreak = false

        var allowsPlain: Bool { !hasIndicator && !hasSpecial && !hasTab && !hasBreak && !hasBlankAtEdge }
        var allowsSingleQuotes: Bool { !hasSpecial && !hasTab && !hasSpaceBeforeBreak && !hasSpaceAfterBreak }

        func allowsLiteral(keepsTabs: Bool) -> Bool {
            !hasSpecial && (keepsTabs || !hasTab) && !hasSpaceBeforeBreak && !endsWithSpace
        }

        init(_ text: [Unicode.Scalar]) {
            guard let first = text.first, let last = text.last else { return }
            hasIndicator = text.starts(with: "---".unicodeScalars) || text.starts(with: "...".unicodeScalars)
            hasBlankAtEdge = first == " " || first.isYAMLBreak || last == " " || last.isYAMLBreak
            endsWithSpace = last == " "
            for (index, scalar) in text.enumerated() {
                let previous = index > 0 ? text[index - 1] : nil
                let isBeforeBlank = index + 1 == text.count || text[index + 1].isYAMLBlank
                if Self.isIndicator(scalar, after: previous, isBeforeBlank: isBeforeBlank) { hasIndicator = true }
                if scalar == "\t" { hasTab = true } else if !scalar.isYAMLPrintable { hasSpecial = true }
                if scalar.isYAMLBreak {
                    hasBreak = true
                    if previous == " " { hasSpaceBeforeBreak = true }
                } else if scalar == " ", previous?.isYAMLBreak == true {
                    hasSpaceAfterBreak = true
                }
            }
        }

        /// Whether a plain text would end, or begin something else, at this character.
        private static func isIndicator(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, isBeforeBlank: Bool) -> Bool {
            switch scalar {
            case ":": isBeforeBlank
            case "#": previous?.isYAMLBlank ?? true
            case "-", "?": previous == nil && isBeforeBlank
            case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": previous == nil
            default: false
            }
        }
    }
}

extension Unicode.Scalar {
    var isYAMLBreak: Bool {
        switch value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    var isYAMLBlank: Bool { self == " " || self == "\t" || value == 0 || isYAMLBreak }

    /// What go-yaml writes unescaped: no control characters but the line break, no byte order mark, nothing beyond U+FFFF.
    var isYAMLPrintable: Bool {
        switch value {
        case 0x0A, 0x20...0x7E, 0xA0...0xD7FF: true
        case 0xE000...0xFFFD: value != 0xFEFF
        default: false
        }
    }
}
