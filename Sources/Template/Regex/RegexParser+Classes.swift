/// Escapes, and sets of characters.
extension RegexParser {
    mutating func escape(from start: Int) throws -> RegexNode {
        guard let scalar = current else { throw error("trailing backslash at end of expression", "") }
        switch scalar {
        case "A":
            position += 1
            return .assertion(.textStart)
        case "z":
            position += 1
            return .assertion(.textEnd)
        case "b":
            position += 1
            return .assertion(.wordBoundary)
        case "B":
            position += 1
            return .assertion(.noWordBoundary)
        case "C": throw error("invalid escape sequence", "\\C")
        case "Q":
            position += 1
            return quoted()
        default: break
        }
        if var set = try namedSet(from: start) {
            set.foldsCase = flags.ignoresCase
            return .set(set)
        }
        return literal(try escapedCharacter(from: start))
    }

    /// `\Q…\E`
    mutating func quoted() -> RegexNode {
        var nodes: [RegexNode] = []
        while let scalar = current {
            if scalar == "\\", position + 1 < text.count, text[position + 1] == "E" {
                position += 2
                break
            }
            nodes.append(literal(scalar))
            position += 1
        }
        return .sequence(nodes)
    }

    /// `\d`, `\pL` and their like, after the backslash.
    mutating func namedSet(from start: Int) throws -> RegexSet? {
        guard let scalar = current else { return nil }
        let known: [Unicode.Scalar: RegexSet] = ["d": .digits, "w": .words, "s": .spaces]
        if let set = known[scalar] {
            position += 1
            return set
        }
        if let lower = Unicode.Scalar(scalar.value | 0x20), let set = known[lower], scalar.value < 0x80 {
            position += 1
            return RegexSet(ranges: set.complement)
        }
        guard scalar == "p" || scalar == "P" else { return nil }
        position += 1
        var isNegated = scalar == "P"
        var name: String
        if current == "{" {
            guard let close = text[position...].firstIndex(of: "}") else {
                throw error("invalid character class range", slice(from: start))
            }
            name = String(String.UnicodeScalarView(text[(position + 1)..<close]))
            position = close + 1
        } else {
            name = current.map { String($0) } ?? ""
            position += 1
        }
        if name.hasPrefix("^") {
            isNegated.toggle()
            name.removeFirst()
        }
        guard let category = RegexCategory(name) else { throw error("invalid character class range", slice(from: start)) }
        return RegexSet(categories: [(category, isNegated)])
    }

    mutating func escapedCharacter(from start: Int) throws -> Unicode.Scalar {
        guard let scalar = current else { throw error("trailing backslash at end of expression", "") }
        position += 1
        switch scalar {
        case "a": return "\u{7}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "x": return try hexadecimal(from: start)
        case "0", "1"..."7": return try octal(scalar, from: start)
        default:
            let isWord = (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value | 0x20) || scalar.value >= 0x80
            if isWord { throw error("invalid escape sequence", slice(from: start)) }
            return scalar
        }
    }

    mutating func octal(_ first: Unicode.Scalar, from start: Int) throws -> Unicode.Scalar {
        // A single digit but 0 would be a reference to a group.
        if first != "0", !(current.map { (0x30...0x37).contains($0.value) } ?? false) {
            throw error("invalid escape sequence", slice(from: start))
        }
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let digit = current, (0x30...0x37).contains(digit.value) else { break }
            value = value * 8 + digit.value - 0x30
            position += 1
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    mutating func hexadecimal(from start: Int) throws -> Unicode.Scalar {
        var digits = ""
        if current == "{" {
            position += 1
            while let scalar = current, scalar != "}" {
                digits.unicodeScalars.append(scalar)
                position += 1
            }
            position += 1
        } else {
            for _ in 0..<2 {
                if let scalar = current { digits.unicodeScalars.append(scalar) }
                position += 1
            }
        }
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw error("invalid escape sequence", slice(from: start))
        }
        return scalar
    }

    mutating func characterClass(from start: Int) throws -> RegexSet {
        var set = RegexSet(foldsCase: flags.ignoresCase)
        if current == "^" {
            set.isNegated = true
            position += 1
        }
        var isFirst = true
        while isFirst || current != "]" {
            guard current != nil else {
                position = text.count
                throw error("missing closing ]", slice(from: start))
            }
            try member(of: &set)
            isFirst = false
        }
        position += 1
        return set
    }

    mutating func member(of set: inout RegexSet) throws {
        let start = position
        if current == "[", position + 1 < text.count, text[position + 1] == ":", let named = try posixClass() {
            set.ranges += named
            return
        }
        if current == "\\" {
            position += 1
            if let named = try namedSet(from: start) {
                set.ranges += named.ranges
                set.categories += named.categories
                return
            }
            position = start
        }
        let low = try classCharacter()
        guard current == "-", position + 1 < text.count, text[position + 1] != "]" else {
            set.ranges.append(low.value...low.value)
            return
        }
        position += 1
        let high = try classCharacter()
        guard low.value <= high.value else { throw error("invalid character class range", slice(from: start)) }
        set.ranges.append(low.value...high.value)
    }

    mutating func classCharacter() throws -> Unicode.Scalar {
        let start = position
        guard let scalar = current else { throw error("missing closing ]", "") }
        position += 1
        return scalar == "\\" ? try escapedCharacter(from: start) : scalar
    }

    static let posix: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0...0x7F],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F], "digit": [0x30...0x39], "graph": [0x21...0x7E],
        "lower": [0x61...0x7A], "print": [0x20...0x7E], "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": [0x09...0x0D, 0x20...0x20], "upper": [0x41...0x5A], "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    mutating func posixClass() throws -> [ClosedRange<UInt32>]? {
        let start = position
        var end = position + 2
        while end + 1 < text.count, !(text[end] == ":" && text[end + 1] == "]") { end += 1 }
        guard end + 1 < text.count else { return nil }
        var name = String(String.UnicodeScalarView(text[(position + 2)..<end]))
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        position = end + 2
        guard let ranges = Self.posix[name] else { throw error("invalid character class range", slice(from: start)) }
        return isNegated ? RegexSet(ranges: ranges).complement : ranges
    }
}
