/// sprig's functions that change letters.
enum CaseFunctions {
    static let functions: [String: GoFunction] = [
        "upper": GoFunction([.string]) { .text(map($0.bytes(0), GoCase.upper)) },
        "lower": GoFunction([.string]) { .text(map($0.bytes(0), GoCase.lower)) },
        "title": GoFunction([.string]) { .text(title($0.bytes(0))) },
        "untitle": GoFunction([.string]) { .text(untitle($0.bytes(0))) },
        "swapcase": GoFunction([.string]) { .text(swapCase($0.bytes(0))) },
        "initials": GoFunction([.string]) { .text(initials($0.bytes(0))) },
        "nospace": GoFunction([.string]) { .text(withoutSpaces($0.bytes(0))) },
        "snakecase": GoFunction([.string]) { .string(Words.lowered($0.string(0), connector: "_")) },
        "kebabcase": GoFunction([.string]) { .string(Words.lowered($0.string(0), connector: "-")) },
        "camelcase": GoFunction([.string]) { .string(Words.camel($0.string(0))) },
    ]

    /// Helm's function takes bytes for characters: where it removes any, the others that are no ASCII come out as two.
    private static func withoutSpaces(_ bytes: [UInt8]) -> [UInt8] {
        let kept = bytes.filter { !Unicode.Scalar($0).properties.isWhitespace }
        guard kept.count < bytes.count else { return bytes }
        return kept.flatMap { $0 < 0x80 ? [$0] : Array(String(Unicode.Scalar($0)).utf8) }
    }

    private static func map(_ bytes: [UInt8], _ change: (Unicode.Scalar) -> Unicode.Scalar) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { UInt8(change(Unicode.Scalar($0)).value) } }
        var text = String.UnicodeScalarView()
        for rune in Runes(bytes) { text.append(change(rune.scalar)) }
        return Array(String(text).utf8)
    }

    private static func walk(_ bytes: [UInt8], _ change: (Unicode.Scalar) -> Unicode.Scalar?) -> [UInt8] {
        var text = String.UnicodeScalarView()
        for rune in Runes(bytes) { if let scalar = change(rune.scalar) { text.append(scalar) } }
        return Array(String(text).utf8)
    }

    private static func title(_ bytes: [UInt8]) -> [UInt8] {
        var startsWord = true
        return walk(bytes) { scalar in
            let changed = startsWord ? GoCase.title(scalar) : scalar
            startsWord = GoCase.isWordSeparator(scalar)
            return changed
        }
    }

    private static func untitle(_ bytes: [UInt8]) -> [UInt8] {
        var startsWord = true
        return walk(bytes) { scalar in
            if scalar.properties.isWhitespace {
                startsWord = true
                return scalar
            }
            defer { startsWord = false }
            return startsWord ? GoCase.lower(scalar) : scalar
        }
    }

    private static func swapCase(_ bytes: [UInt8]) -> [UInt8] {
        var afterSpace = true
        return walk(bytes) { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter:
                afterSpace = false
                return GoCase.lower(scalar)
            case .lowercaseLetter:
                defer { afterSpace = false }
                return afterSpace ? GoCase.title(scalar) : GoCase.upper(scalar)
            default:
                afterSpace = scalar.properties.isWhitespace
                return scalar
            }
        }
    }

    /// Of bytes, too.
    private static func initials(_ bytes: [UInt8]) -> [UInt8] {
        var initials = String.UnicodeScalarView()
        var afterGap = true
        for scalar in bytes.map({ Unicode.Scalar($0) }) {
            let isGap = scalar.properties.isWhitespace
            if afterGap, !isGap { initials.append(scalar) }
            afterGap = isGap
        }
        return Array(String(initials).utf8)
    }
}

/// Go's simple case mappings: one character to one character.
enum GoCase {
    static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar { single(scalar, scalar.properties.uppercaseMapping) }
    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.value == 0x130 ? "i" : single(scalar, scalar.properties.lowercaseMapping)
    }
    static func title(_ scalar: Unicode.Scalar) -> Unicode.Scalar { single(scalar, scalar.properties.titlecaseMapping) }

    private static func single(_ scalar: Unicode.Scalar, _ mapping: String) -> Unicode.Scalar {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first ?? scalar : scalar
    }

    static func isUpper(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .uppercaseLetter }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }

    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation:
            true
        default: false
        }
    }

    /// What ends a word for `title`.
    static func isWordSeparator(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            let byte = UInt8(scalar.value)
            return !((0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_"))
        }
        if isLetter(scalar) || scalar.properties.generalCategory == .decimalNumber { return false }
        return scalar.properties.isWhitespace
    }
}
