/// A number as written, with every meaning that it can have.
struct NumberLiteral: Sendable {
    let text: String
    let integer: Int64?
    let unsigned: UInt64?
    let float: Double?

    /// Nil for a text that is no number in Go.
    init?(_ text: String) {
        self.text = text
        let clean = Self.withoutUnderscores(text)
        // A float without a fraction is an integer where one is asked for: `1e3`.
        let parsedFloat = clean.flatMap { GoNumbers.parseFloat($0) }
        integer =
            clean.flatMap { GoNumbers.parseInt($0, base: 0) }
            ?? parsedFloat.flatMap { Self.hasFloatMark(text) ? Int64(exactly: $0) : nil }
        unsigned = clean.flatMap { $0.hasPrefix("-") || $0.hasPrefix("+") ? nil : GoNumbers.parseUInt($0, base: 0) }
        if let integer {
            float = Double(integer)
        } else if let unsigned {
            float = Double(unsigned)
        } else {
            guard let parsed = parsedFloat else { return nil }
            // An integer that overflows is none, even where a float could hold it.
            guard Self.hasFloatMark(text) else { return nil }
            float = parsed
        }
    }

    init(character: Unicode.Scalar, text: String) {
        self.text = text
        integer = Int64(character.value)
        unsigned = UInt64(character.value)
        float = Double(character.value)
    }

    /// Whether the text says that it has a fraction, so that it is a float where nothing asks for a type.
    var isFloatByText: Bool {
        guard !text.hasPrefix("'") else { return false }
        let isHex = text.count > 2 && text.hasPrefix("0") && (text.dropFirst().first == "x" || text.dropFirst().first == "X")
        if isHex { return text.contains("p") || text.contains("P") }
        return text.utf8.contains { ".eEpP".utf8.contains($0) }
    }

    private static func hasFloatMark(_ text: String) -> Bool { text.utf8.contains { ".eEpP".utf8.contains($0) } }

    /// Go permits underscores between digits, and after a base's prefix.
    static func withoutUnderscores(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        let bytes = Array(text.utf8)
        let body = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? Array(bytes.dropFirst()) : bytes
        // Without a prefix that says the base, underscores are not allowed: `0_7` has one, `1_000` is allowed too in base 0.
        var previous = UInt8(ascii: " ")
        for (index, byte) in body.enumerated() {
            if byte == UInt8(ascii: "_") {
                let isAfterPrefix = index == 2 && body[0] == UInt8(ascii: "0") && "xXoObB".utf8.contains(previous)
                let isAfterDigit = Character(Unicode.Scalar(previous)).isHexDigit
                let next = index + 1 < body.count ? body[index + 1] : UInt8(ascii: " ")
                guard isAfterPrefix || isAfterDigit, Character(Unicode.Scalar(next)).isHexDigit else { return nil }
            }
            previous = byte
        }
        return String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }
}
