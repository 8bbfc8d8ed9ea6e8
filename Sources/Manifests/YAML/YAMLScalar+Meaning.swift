extension YAMLScalar {
    /// Whether the first byte leaves open that a plain text is something other than a string.
    static func mayBeOther(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"):
            return true
        default: return firstLetters.contains(first | 0x20)
        }
    }

    private static let firstLetters = Array("yntfo".utf8)

    /// What a plain scalar of this text is.
    static func meaning(of text: String, in dialect: YAML.Dialect = .kubernetes) -> Meaning {
        let words = dialect.isKustomize ? wordsOfKustomize : words
        if text.utf8.count <= 5, let word = words[text] { return word }
        guard let first = text.utf8.first, mayBeOther(text) else { return .string }
        switch first {
        case UInt8(ascii: "."):
            return decimal(Array(text.utf8))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            return number(text)
        default:
            return .string
        }
    }

    private static let words: [String: Meaning] = {
        var words: [String: Meaning] = ["": .null, "~": .null]
        func add(_ word: String, _ meaning: Meaning) {
            // lower, UPPER and Capitalised; nothing between.
            words[word] = meaning
            words[word.uppercased()] = meaning
            words[word.prefix(1).uppercased() + word.dropFirst()] = meaning
        }
        for word in ["y", "yes", "true", "on"] { add(word, .bool(true)) }
        for word in ["n", "no", "false", "off"] { add(word, .bool(false)) }
        add("null", .null)
        for sign in ["", "+", "-"] {
            for word in [".inf", ".Inf", ".INF"] { words[sign + word] = .double(sign == "-" ? -.infinity : .infinity) }
        }
        for word in [".nan", ".NaN", ".NAN"] { words[word] = .double(.nan) }
        return words
    }()

    private static let wordsOfKustomize = words.filter { word, meaning in
        if case .bool = meaning { ["true", "false"].contains(word.lowercased()) } else { true }
    }

    private static func number(_ text: String) -> Meaning {
        if YAMLTimestamp.matches(text) { return .timestamp }
        let bytes = text.utf8.filter { $0 != UInt8(ascii: "_") }
        return integer(bytes) ?? decimal(bytes)
    }

    /// An integer as Go's `strconv` reads it with base 0: `0x`, `0o` and `0b` say the base, and so does a leading 0.
    private static func integer(_ bytes: [UInt8]) -> Meaning? {
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        var base: UInt64 = 10
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            base = prefixes[digits[digits.startIndex] | 0x20] ?? 8
            if base != 8 || digits[digits.startIndex] | 0x20 == UInt8(ascii: "o") { digits.removeFirst() }
        }
        guard let magnitude = magnitude(digits, base: base) else { return nil }
        if isNegative { return magnitude <= UInt64(Int64.max) + 1 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil }
        if let integer = Int64(exactly: magnitude) { return .integer(integer) }
        // Go's unsigned reading takes no sign.
        return bytes.first == UInt8(ascii: "+") ? nil : .unsigned(magnitude)
    }

    private static let prefixes: [UInt8: UInt64] = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]

    private static func magnitude(_ digits: ArraySlice<UInt8>, base: UInt64) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var result: UInt64 = 0
        for byte in digits {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < base else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            result = sum
        }
        return result
    }

    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; a number too large for a double is a string.
    private static func decimal(_ bytes: [UInt8]) -> Meaning {
        var rest = bytes[...]
        func skipSign() { if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() } }
        func skipDigits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(count)
            return count
        }
        skipSign()
        let whole = skipDigits()
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { return .string }
        if rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            rest.removeFirst()
            skipSign()
            guard skipDigits() > 0 else { return .string }
        }
        guard rest.isEmpty, let double = Double(String(decoding: bytes, as: UTF8.self)), double.isFinite else { return .string }
        return .double(double)
    }
}
