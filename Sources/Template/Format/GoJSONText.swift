import Manifests

/// Reads JSON as Go's encoding/json does, with its words for what is wrong.
enum GoJSONText {
    /// Throws `GoError`.
    static func parse(_ bytes: [UInt8]) throws -> Value {
        var scanner = GoJSONScanner(bytes)
        try scanner.check()
        let text = scanner.hasSurrogates ? scanner.withoutLoneSurrogates() : bytes
        do { return try JSON.parse(text, lastKeyCounts: true) } catch {
            // A number by itself is of the wrong type before it is too large.
            if let first = bytes.first(where: { $0 > 0x20 }), (0x30...0x39).contains(first) || first == UInt8(ascii: "-") {
                return 0
            }
            throw GoError(error.message)
        }
    }
}

/// Goes through a text and stops where it is no JSON.
private struct GoJSONScanner {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var hasSurrogates = false
    /// Beyond it Go stops, too.
    private static let maximumDepth = 10_000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private enum Step {
        case value, firstElement, element, firstKey, key, colon, afterMember
    }

    /// Without recursion: a text may be nested deeper than a thread's stack.
    mutating func check() throws {
        /// Whether each open bracket is of an object.
        var open: [Bool] = []
        var step = Step.value
        while true {
            skipSpace()
            switch step {
            case .firstElement where current == UInt8(ascii: "]"): step = close(&open)
            case .firstKey where current == UInt8(ascii: "}"): step = close(&open)
            case .value, .firstElement, .element:
                if let byte = current, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                    position += 1
                    open.append(byte == UInt8(ascii: "{"))
                    guard open.count <= Self.maximumDepth else { throw GoError("exceeded max depth") }
                    step = byte == UInt8(ascii: "{") ? .firstKey : .firstElement
                } else {
                    try scalar()
                    step = .afterMember
                }
            case .firstKey, .key:
                guard current == UInt8(ascii: "\"") else { throw unexpected("looking for beginning of object key string") }
                try string()
                step = .colon
            case .colon:
                guard current == UInt8(ascii: ":") else { throw unexpected("after object key") }
                position += 1
                step = .value
            case .afterMember:
                guard let isObject = open.last else {
                    guard position == bytes.count else { throw unexpected("after top-level value") }
                    return
                }
                if current == UInt8(ascii: ",") {
                    position += 1
                    step = isObject ? .key : .element
                } else if current == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    step = close(&open)
                } else {
                    throw unexpected(isObject ? "after object key:value pair" : "after array element")
                }
            }
        }
    }

    private mutating func close(_ open: inout [Bool]) -> Step {
        position += 1
        open.removeLast()
        return .afterMember
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func scalar() throws {
        switch current {
        case UInt8(ascii: "\"")?: try string()
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: try number()
        case UInt8(ascii: "t")?: try word("true")
        case UInt8(ascii: "f")?: try word("false")
        case UInt8(ascii: "n")?: try word("null")
        default: throw unexpected("looking for beginning of value")
        }
    }

    private mutating func word(_ word: String) throws {
        for byte in word.utf8 {
            guard current == byte else {
                throw unexpected(inside: "in literal \(word) (expecting \(Self.quoted(byte)))")
            }
            position += 1
        }
    }

    private mutating func number() throws {
        if current == UInt8(ascii: "-") {
            position += 1
            guard isDigit else { throw unexpected(inside: "in numeric literal") }
        }
        if current == UInt8(ascii: "0") { position += 1 } else { skipDigits() }
        if current == UInt8(ascii: ".") {
            position += 1
            guard isDigit else { throw unexpected(inside: "after decimal point in numeric literal") }
            skipDigits()
        }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard isDigit else { throw unexpected(inside: "in exponent of numeric literal") }
            skipDigits()
        }
    }

    private var isDigit: Bool { current.map { (0x30...0x39).contains($0) } ?? false }

    private mutating func skipDigits() { while isDigit { position += 1 } }

    private mutating func string() throws {
        position += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try escape()
            case 0..<0x20: throw unexpected("in string literal")
            default: position += 1
            }
        }
        throw Self.end
    }

    private mutating func escape() throws {
        guard let byte = current else { throw unexpected(inside: "in string escape code") }
        position += 1
        if byte == UInt8(ascii: "u") {
            let isSurrogate = current.map { $0 | 0x20 == UInt8(ascii: "d") } ?? false
            for _ in 0..<4 {
                guard let digit = current.flatMap(GoNumbers.digitValue), digit < 16 else {
                    throw unexpected(inside: "in \\u hexadecimal character escape")
                }
                position += 1
            }
            hasSurrogates = hasSurrogates || isSurrogate
        } else if !"\"\\/bfnrt".utf8.contains(byte) {
            position -= 1
            throw unexpected(inside: "in string escape code")
        }
    }

    private static let end = GoError("unexpected end of JSON input")

    private func unexpected(_ place: String) -> GoError {
        guard let byte = current else { return Self.end }
        return GoError("invalid character \(Self.quoted(byte)) \(place)")
    }

    /// Where no space may come: the end of the text is one.
    private func unexpected(inside place: String) -> GoError {
        current == nil ? GoError("invalid character ' ' \(place)") : unexpected(place)
    }

    /// As a character, whatever it is a part of.
    private static func quoted(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): return #"'\''"#
        case UInt8(ascii: "\""): return #"'"'"#
        default:
            let quoted = GoQuote.double(Array(String(Unicode.Scalar(byte)).utf8))
            return "'\(quoted.dropFirst().dropLast())'"
        }
    }

    /// Half of a pair by itself stands for no character.
    func withoutLoneSurrogates() -> [UInt8] {
        var result = bytes
        var index = 0
        while index + 1 < result.count {
            guard result[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            guard let unit = Self.unit(result, index), (0xD800...0xDFFF).contains(unit) else {
                index += 2
                continue
            }
            if unit < 0xDC00, let next = Self.unit(result, index + 6), (0xDC00...0xDFFF).contains(next) {
                index += 12
            } else {
                result.replaceSubrange((index + 2)..<(index + 6), with: Array("fffd".utf8))
                index += 6
            }
        }
        return result
    }

    private static func unit(_ bytes: [UInt8], _ index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt16(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    }
}
