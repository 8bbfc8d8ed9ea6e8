/// Splits a template into tokens, on demand.
struct Lexer {
    private let input: [UInt8]
    private var position = 0
    private var start = 0
    private var line = 1
    private var startLine = 1
    private var parentheses = 0
    private var isInAction = false
    private var failure: Token?

    init(_ input: [UInt8]) { self.input = input }

    /// The next token. After an error or the end there is only more of the same.
    mutating func next() -> Token {
        if let failure { return failure }
        while true {
            if let token = isInAction ? lexAction() : lexText() { return token }
            if let failure { return failure }
        }
    }

    // MARK: Text

    private mutating func lexText() -> Token? {
        start = position
        startLine = line
        guard let open = find(0x7B, 0x7B, from: position) else {
            position = input.count
            return position > start ? emit(.text) : emit(.end)
        }
        var end = open
        if hasLeftTrim(at: open + 2) {
            while end > start, isSpace(input[end - 1]) { end -= 1 }
        }
        let textLine = line
        line += input[start..<open].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
        position = open
        if end > start {
            return Token(kind: .text, position: start, text: Array(input[start..<end]), line: textLine)
        }
        return lexLeftDelimiter()
    }

    private mutating func lexLeftDelimiter() -> Token? {
        start = position
        startLine = line
        let afterMark = hasLeftTrim(at: position + 2) ? 2 : 0
        if hasPrefix("/*", at: position + 2 + afterMark) {
            position += 2 + afterMark
            return lexComment()
        }
        position += 2
        let token = emit(.leftDelimiter)
        advance(to: position + afterMark)
        start = position
        startLine = line
        isInAction = true
        parentheses = 0
        return token
    }

    private mutating func lexComment() -> Token? {
        start = position
        startLine = line
        guard let close = find(0x2A, 0x2F, from: position + 2) else { return fail("unclosed comment") }
        advance(to: close + 2)
        guard let trims = rightDelimiter() else { return fail("comment ends before closing delimiter") }
        closeAction(trims: trims)
        return nil
    }

    private mutating func closeAction(trims: Bool) {
        advance(to: position + (trims ? 4 : 2))
        if trims {
            var end = position
            while end < input.count, isSpace(input[end]) { end += 1 }
            advance(to: end)
        }
        isInAction = false
    }

    // MARK: Actions

    private mutating func lexAction() -> Token? {
        start = position
        startLine = line
        if let trims = rightDelimiter() {
            if parentheses > 0 { return fail("unclosed left paren") }
            return emitRightDelimiter(trims: trims)
        }
        guard position < input.count else { return fail("unclosed action") }
        let byte = input[position]
        if isSpace(byte) { return lexSpace() }
        position += 1
        switch byte {
        case UInt8(ascii: "="): return emit(.assign)
        case UInt8(ascii: ":"):
            guard position < input.count, input[position] == UInt8(ascii: "=") else { return fail("expected :=") }
            position += 1
            return emit(.declare)
        case UInt8(ascii: "|"): return emit(.pipe)
        case UInt8(ascii: "\""): return lexQuote()
        case UInt8(ascii: "`"): return lexRawQuote()
        case UInt8(ascii: "$"): return lexFieldOrVariable(.variable)
        case UInt8(ascii: "'"): return lexCharacterConstant()
        case UInt8(ascii: "."):
            if position < input.count, isDigit(input[position]) { return lexNumber() }
            return lexFieldOrVariable(.field)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return lexNumber()
        case UInt8(ascii: "("):
            parentheses += 1
            return emit(.leftParenthesis)
        case UInt8(ascii: ")"):
            parentheses -= 1
            return parentheses < 0 ? fail("unexpected right paren") : emit(.rightParenthesis)
        default: return lexOther(byte)
        }
    }

    private mutating func lexOther(_ byte: UInt8) -> Token? {
        position -= 1
        if let length = alphanumeric(at: position) {
            position += length
            return lexIdentifier()
        }
        if (0x21...0x7E).contains(byte) {
            position += 1
            return emit(.character)
        }
        return fail("unrecognized character in action: \(codePoint(at: position))")
    }

    private mutating func emitRightDelimiter(trims: Bool) -> Token {
        let token = Token(kind: .rightDelimiter, position: position + (trims ? 2 : 0), text: Self.rightDelimiterText, line: line)
        closeAction(trims: trims)
        return token
    }

    private mutating func lexSpace() -> Token? {
        var end = position
        while end < input.count, isSpace(input[end]) { end += 1 }
        // The last space belongs to a trim marker that follows.
        if hasPrefix("-}}", at: end) {
            end -= 1
            if end == position { return emitRightDelimiter(trims: true) }
        }
        advance(to: end)
        return emit(.space)
    }

    private mutating func lexIdentifier() -> Token? {
        skipAlphanumeric()
        guard isAtTerminator else { return fail("bad character \(codePoint(at: position))") }
        let word = String(decoding: input[start..<position], as: UTF8.self)
        if let keyword = Token.keywords[word] { return emit(keyword) }
        return emit(word == "true" || word == "false" ? .bool : .identifier)
    }

    private mutating func lexFieldOrVariable(_ kind: Token.Kind) -> Token? {
        if isAtTerminator { return emit(kind == .variable ? .variable : .dot) }
        skipAlphanumeric()
        guard isAtTerminator else { return fail("bad character \(codePoint(at: position))") }
        return emit(kind)
    }

    private mutating func lexCharacterConstant() -> Token? {
        while position < input.count, input[position] != 0x0A {
            let byte = input[position]
            position += 1
            if byte == UInt8(ascii: "'") { return emit(.characterConstant) }
            if byte == UInt8(ascii: "\\"), position < input.count, input[position] != 0x0A { position += 1 }
        }
        return fail("unterminated character constant")
    }

    private mutating func lexQuote() -> Token? {
        while position < input.count, input[position] != 0x0A {
            let byte = input[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return emit(.string) }
            if byte == UInt8(ascii: "\\"), position < input.count, input[position] != 0x0A { position += 1 }
        }
        return fail("unterminated quoted string")
    }

    private mutating func lexRawQuote() -> Token? {
        guard let close = input[position...].firstIndex(of: UInt8(ascii: "`")) else {
            return fail("unterminated raw quoted string")
        }
        let token = Token(kind: .rawString, position: start, text: Array(input[start...close]), line: startLine)
        advance(to: close + 1)
        return token
    }

    private mutating func lexNumber() -> Token? {
        position = start
        var isNumber = scanNumber()
        if isNumber, position < input.count, input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-") {
            // Two parts of a complex number, for which templates have no use.
            _ = scanNumber()
            isNumber = false
        }
        guard isNumber else {
            return fail("bad number syntax: \(GoQuote.double(Array(input[start..<position])))")
        }
        return emit(.number)
    }

    private mutating func scanNumber() -> Bool {
        accept("+-")
        var digits = "0123456789_"
        if accept("0") {
            if accept("xX") {
                digits = "0123456789abcdefABCDEF_"
            } else if accept("oO") {
                digits = "01234567_"
            } else if accept("bB") {
                digits = "01_"
            }
        }
        while accept(digits) {}
        if accept(".") { while accept(digits) {} }
        if digits.utf8.count == 11, accept("eE") {
            accept("+-")
            while accept("0123456789_") {}
        }
        if digits.utf8.count == 23, accept("pP") {
            accept("+-")
            while accept("0123456789_") {}
        }
        // An imaginary number ends in a letter too; templates have no use for one.
        if let length = alphanumeric(at: position) {
            position += length
            return false
        }
        return true
    }

    // MARK: Bytes

    @discardableResult
    private mutating func accept(_ bytes: String) -> Bool {
        guard position < input.count, bytes.utf8.contains(input[position]) else { return false }
        position += 1
        return true
    }

    private mutating func emit(_ kind: Token.Kind) -> Token {
        // Most tokens are of one byte, and such a text need not be made each time.
        let isByte = position == start + 1
        let text = isByte ? Self.singleBytes[Int(input[start])] : Array(input[start..<position])
        let token = Token(kind: kind, position: start, text: text, line: startLine)
        if kind == .text { line += token.text.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 } }
        return token
    }

    private static let singleBytes: [[UInt8]] = (0...255).map { [UInt8($0)] }
    private static let rightDelimiterText = Array("}}".utf8)

    private mutating func fail(_ message: String) -> Token? {
        failure = Token(kind: .error, position: start, text: Array(message.utf8), line: startLine)
        return failure
    }

    private mutating func advance(to end: Int) {
        line += input[position..<end].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
        position = end
    }

    private func find(_ first: UInt8, _ second: UInt8, from: Int) -> Int? {
        var index = from
        while index + 1 < input.count {
            if input[index] == first, input[index + 1] == second { return index }
            index += 1
        }
        return nil
    }

    private func hasPrefix(_ text: StaticString, at offset: Int) -> Bool {
        guard offset + text.utf8CodeUnitCount <= input.count else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(input[offset..<offset + $0.count]) }
    }

    private func hasLeftTrim(at offset: Int) -> Bool {
        offset + 1 < input.count && input[offset] == UInt8(ascii: "-") && isSpace(input[offset + 1])
    }

    /// Whether the action ends here, and if so whether it trims what follows.
    private func rightDelimiter() -> Bool? {
        if position < input.count, isSpace(input[position]), hasPrefix("-}}", at: position + 1) { return true }
        return hasPrefix("}}", at: position) ? false : nil
    }

    private var isAtTerminator: Bool {
        guard position < input.count else { return true }
        let byte = input[position]
        return isSpace(byte) || ".,|:()".utf8.contains(byte) || hasPrefix("}}", at: position)
    }

    private mutating func skipAlphanumeric() {
        while let length = alphanumeric(at: position) { position += length }
    }

    /// The length of the letter, digit or underscore here.
    private func alphanumeric(at offset: Int) -> Int? {
        guard offset < input.count else { return nil }
        let byte = input[offset]
        if byte < 0x80 { return isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") ? 1 : nil }
        guard let (scalar, length) = Runes.decode(input, at: offset) else { return nil }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal ? length : nil
    }

    private func codePoint(at offset: Int) -> String {
        guard offset < input.count else { return "U+FFFFFFFFFFFFFFFF" }
        return GoQuote.codePoint(Runes.decode(input, at: offset)?.0 ?? "\u{FFFD}", withCharacter: true)
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}
