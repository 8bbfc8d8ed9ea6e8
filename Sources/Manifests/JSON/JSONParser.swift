/// Reads JSON by recursive descent over the bytes. Positions are byte offsets; lines are counted only for an error.
struct JSONParser {
    private let bytes: [UInt8]
    private let file: String
    private let lastKeyCounts: Bool
    private var position = 0
    private var depth = 0
    /// Where the keys of the objects being read begin, innermost last: for the line of a duplicate.
    private var keyOffsets: [Int] = []

    init(_ bytes: [UInt8], file: String, lastKeyCounts: Bool) {
        self.lastKeyCounts = lastKeyCounts
        self.bytes = bytes
        self.file = file
    }

    mutating func parseText() throws(ManifestError) -> Value {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        let value = try parseValue()
        skipSpace()
        guard position == bytes.count else {
            throw error("there is more text after the end of the JSON value; one file holds one value")
        }
        return value
    }

    /// The byte at the position, or NUL, which JSON permits nowhere, at the end.
    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func parseValue() throws(ManifestError) -> Value {
        switch current {
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        case UInt8(ascii: "t"): return try parseWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", as: .null)
        default: throw unexpected(where: "where a value should begin")
        }
    }

    private mutating func parseWord(_ word: StaticString, as value: Value) throws(ManifestError) -> Value {
        let text = Array(word.description.utf8)
        guard bytes[position...].starts(with: text) else { throw unexpected(where: "where a value should begin") }
        position += text.count
        return value
    }

    private mutating func parseObject() throws(ManifestError) -> Object {
        try enter()
        var members: [Object.Member] = []
        let firstKey = keyOffsets.count
        skipSpace()
        if current != UInt8(ascii: "}") {
            repeat {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { throw unexpected(where: "where a key in double quotes should begin") }
                keyOffsets.append(position)
                let key = try parseString()
                skipSpace()
                guard current == UInt8(ascii: ":") else {
                    throw unexpected(where: "where a \":\" should follow the key \(key.quoted)")
                }
                position += 1
                skipSpace()
                members.append(Object.Member(key: key, value: try parseValue()))
            } while try continues(until: UInt8(ascii: "}"))
        } else {
            position += 1
        }
        depth -= 1
        let object = try makeObject(members, firstKey: firstKey)
        keyOffsets.removeSubrange(firstKey...)
        return object
    }

    private func makeObject(_ members: [Object.Member], firstKey: Int) throws(ManifestError) -> Object {
        var duplicate: String?
        let object = Object(unsorted: members) { duplicate = $0 }
        if !lastKeyCounts, let duplicate, let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(duplicate.utf8) }) {
            throw error("the key \(duplicate.quoted) occurs twice in one object", at: keyOffsets[firstKey + index])
        }
        return object
    }

    private mutating func parseArray() throws(ManifestError) -> [Value] {
        try enter()
        var elements: [Value] = []
        skipSpace()
        if current != UInt8(ascii: "]") {
            repeat {
                skipSpace()
                elements.append(try parseValue())
            } while try continues(until: UInt8(ascii: "]"))
        } else {
            position += 1
        }
        depth -= 1
        return elements
    }

    private mutating func enter() throws(ManifestError) {
        depth += 1
        if depth > JSON.depthLimit { throw error("the JSON is nested more than \(JSON.depthLimit) levels deep") }
        position += 1
    }

    /// Takes the comma that another element follows, or the bracket that ends the list.
    private mutating func continues(until close: UInt8) throws(ManifestError) -> Bool {
        skipSpace()
        let byte = current
        guard byte == UInt8(ascii: ",") || byte == close else {
            throw unexpected(where: "where \",\" or \"\(Character(Unicode.Scalar(close)))\" should follow")
        }
        position += 1
        return byte != close
    }
}

// MARK: Strings

extension JSONParser {
    private mutating func parseString() throws(ManifestError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return try makeString(bytes[start..<position - 1], at: start)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            position += 1
        }
        return try parseEscapedString(from: start)
    }

    private func makeString(_ text: ArraySlice<UInt8>, at offset: Int) throws(ManifestError) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw error("a string is not valid UTF-8; save the file in UTF-8", at: offset)
        }
        return string
    }

    /// The rest of a string whose text so far, from `start`, is plain.
    private mutating func parseEscapedString(from start: Int) throws(ManifestError) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try makeString(text[...], at: start)
            case UInt8(ascii: "\\"): try appendEscape(to: &text)
            case 0..<0x20:
                throw error(
                    "a string holds the control character \(hex(byte)) unescaped; write it as \\u00\(hex(byte).dropFirst(2))",
                    at: position - 1)
            default: text.append(byte)
            }
        }
        throw error("a string has no closing quote", at: start - 1)
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(ManifestError) {
        let letter = current
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: UTF8.encode(try parseScalar()) ?? UTF8.encodedReplacementCharacter)
        default:
            position -= 2
            throw error("a string holds an escape that JSON does not know")
        }
    }

    /// What follows `\u`: one code unit, or a high surrogate and its low one.
    private mutating func parseScalar() throws(ManifestError) -> Unicode.Scalar {
        let start = position - 2
        let first = try parseCodeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw error("a string holds half of a surrogate pair", at: start) }
        position += 2
        let second = try parseCodeUnit()
        guard UTF16.isTrailSurrogate(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw error("a string holds half of a surrogate pair", at: start) }
        return scalar
    }

    private mutating func parseCodeUnit() throws(ManifestError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(current)).hexDigitValue else {
                throw error("\"\\u\" in a string needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}

// MARK: Numbers

extension JSONParser {
    private mutating func parseNumber() throws(ManifestError) -> Value {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let leading = position
        try skipDigits()
        if bytes[leading] == UInt8(ascii: "0"), position - leading > 1 {
            throw error("a number begins with a needless 0", at: start)
        }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw error("the number \(text.quoted) is too large", at: start) }
        return Value(number: double)
    }

    private mutating func skipDigits() throws(ManifestError) {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        if position == start { throw unexpected(where: "where a digit should be") }
    }
}

// MARK: Errors

extension JSONParser {
    private func unexpected(where place: String) -> ManifestError {
        guard position < bytes.count else { return error("the JSON ends \(place)") }
        let byte = bytes[position]
        let found = (0x21...0x7E).contains(byte) ? String(Character(Unicode.Scalar(byte))).quoted : "the byte \(hex(byte))"
        return error("the JSON has \(found) \(place)")
    }

    private func error(_ message: String, at offset: Int? = nil) -> ManifestError {
        ManifestError(message, at: Origin(file: file, line: bytes.line(at: offset ?? position)))
    }

    private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16, uppercase: true) }
}

extension [UInt8] {
    /// The line, from 1, that a byte offset stands in.
    func line(at offset: Int) -> Int {
        self[..<Swift.min(offset, count)].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    }
}
