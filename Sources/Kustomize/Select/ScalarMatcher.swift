/// What one character has to be.
enum ScalarMatcher: Sendable {
    case any
    /// Anything but a line break.
    case anyInLine
    case one(Unicode.Scalar, ignoresCase: Bool)
    case ranges([ClosedRange<UInt32>], isNegated: Bool, ignoresCase: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .any: true
        case .anyInLine: scalar != "\n"
        case .one(let wanted, let ignoresCase):
            scalar == wanted || (ignoresCase && Self.otherCase(scalar) == wanted.value)
        case .ranges(let ranges, let isNegated, let ignoresCase):
            isNegated
                != ranges.contains { range in
                    range.contains(scalar.value) || (ignoresCase && Self.otherCase(scalar).map(range.contains) ?? false)
                }
        }
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool { word.contains { $0.contains(scalar.value) } }

    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    static let spaces: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]

    /// The other case of a letter of ASCII.
    private static func otherCase(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar.value {
        case 0x41...0x5A: scalar.value + 0x20
        case 0x61...0x7A: scalar.value - 0x20
        default: nil
        }
    }
}

/// Reads `[a-z]` and escapes of single characters.
enum ScalarClassParser {
    private static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0...0x7F],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F], "digit": ScalarMatcher.digits,
        "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x09...0x0D, 0x20...0x20],
        "upper": [0x41...0x5A], "word": ScalarMatcher.word, "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    /// The class that begins before `position`, behind its bracket.
    static func parse(_ source: [Unicode.Scalar], _ position: inout Int, ignoresCase: Bool) throws(ExpressionError)
        -> ScalarMatcher
    {
        let isNegated = position < source.count && source[position] == "^"
        if isNegated { position += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while position < source.count {
            let scalar = source[position]
            if scalar == "]", !isFirst {
                position += 1
                return .ranges(ranges, isNegated: isNegated, ignoresCase: ignoresCase)
            }
            isFirst = false
            if let named = try namedClass(source, &position) {
                ranges += named
                continue
            }
            let item = try item(source, &position)
            guard item.count == 1, let low = item.first?.lowerBound, low == item[0].upperBound,
                position + 1 < source.count, source[position] == "-", source[position + 1] != "]"
            else {
                ranges += item
                continue
            }
            position += 1
            let end = try self.item(source, &position)
            guard end.count == 1, end[0].count == 1, end[0].lowerBound >= low else {
                throw ExpressionError("a range of characters ends before it begins")
            }
            ranges.append(low...end[0].lowerBound)
        }
        throw ExpressionError("a bracket is not closed")
    }

    /// The character or class behind a backslash.
    static func escape(_ source: [Unicode.Scalar], _ position: inout Int, ignoresCase: Bool) throws(ExpressionError)
        -> ScalarMatcher
    {
        position -= 1
        return .ranges(try item(source, &position), isNegated: false, ignoresCase: ignoresCase)
    }

    private static func namedClass(_ source: [Unicode.Scalar], _ position: inout Int) throws(ExpressionError)
        -> [ClosedRange<UInt32>]?
    {
        guard source[position...].starts(with: ["[", ":"]) else { return nil }
        guard let end = source[position...].firstIndex(of: "]"), source[end - 1] == ":" else { return nil }
        var name = String(String.UnicodeScalarView(source[(position + 2)..<(end - 1)]))
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        guard let ranges = named[name] else { throw ExpressionError("there is no class \"\(name)\"") }
        position = end + 1
        return isNegated ? inverted(ranges) : ranges
    }

    private static func item(_ source: [Unicode.Scalar], _ position: inout Int) throws(ExpressionError) -> [ClosedRange<UInt32>] {
        let scalar = source[position]
        position += 1
        guard scalar == "\\" else { return [scalar.value...scalar.value] }
        guard position < source.count else { throw ExpressionError("it ends with a backslash") }
        let escaped = source[position]
        position += 1
        switch escaped {
        case "d": return ScalarMatcher.digits
        case "D": return inverted(ScalarMatcher.digits)
        case "w": return ScalarMatcher.word
        case "W": return inverted(ScalarMatcher.word)
        case "s": return ScalarMatcher.spaces
        case "S": return inverted(ScalarMatcher.spaces)
        case "n": return [0x0A...0x0A]
        case "t": return [0x09...0x09]
        case "r": return [0x0D...0x0D]
        case "f": return [0x0C...0x0C]
        case "v": return [0x0B...0x0B]
        case "a": return [0x07...0x07]
        case "x": return try hexadecimal(source, &position)
        default:
            guard escaped.isASCII, !ScalarMatcher.isWord(escaped) else {
                throw ExpressionError("there is no escape \"\\\(escaped)\"")
            }
            return [escaped.value...escaped.value]
        }
    }

    private static func hexadecimal(_ source: [Unicode.Scalar], _ position: inout Int) throws(ExpressionError)
        -> [ClosedRange<UInt32>]
    {
        var digits = ""
        if position < source.count, source[position] == "{" {
            position += 1
            while position < source.count, source[position] != "}", digits.count < 8 {
                digits.unicodeScalars.append(source[position])
                position += 1
            }
            position += 1
        } else {
            while position < source.count, digits.count < 2 {
                digits.unicodeScalars.append(source[position])
                position += 1
            }
        }
        guard position <= source.count, let value = UInt32(digits, radix: 16), value <= 0x10FFFF else {
            throw ExpressionError("an escape \"\\x\" names no character")
        }
        return [value...value]
    }

    private static func inverted(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}
