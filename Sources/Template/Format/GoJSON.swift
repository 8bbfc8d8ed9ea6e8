import Manifests

/// Values as JSON, as Go's encoding/json writes them.
enum GoJSON {
    private static let maximumDepth = 200

    /// Throws for numbers that JSON does not have.
    static func encode(_ value: GoValue, indent: String? = nil, escapesHTML: Bool = true) throws -> [UInt8] {
        var writer = Writer(indent: indent, escapesHTML: escapesHTML)
        try writer.write(value, depth: 0)
        return writer.output
    }

    /// The same as a tree. Whole numbers become integers, unless floats are kept as such.
    static func tree(_ value: GoValue, depth: Int = 0, keepsFloats: Bool = false) throws -> Value {
        guard depth < maximumDepth else { throw GoError("json: unsupported value: encountered a cycle") }
        switch value {
        case .none, .null: return .null
        case .bool(let bool): return .bool(bool)
        case .int(let number, let type):
            return type == .uint64 && number < 0 ? .double(Double(UInt64(bitPattern: number))) : .integer(number)
        case .float(let number):
            if let special = GoFloat.special(number) { throw GoError("json: unsupported value: \(special)") }
            return keepsFloats ? .double(number) : Value(number: number)
        case .string(let text): return .string(text)
        case .binary(let bytes): return .string(repaired(bytes))
        case .time(let time): return .string(timeText(time))
        case .list(let list): return try tree(list, depth, keepsFloats)
        case .map(let map): return try tree(map, depth, keepsFloats)
        case .object(let object):
            if let text = object.jsonText { return .string(text) }
            switch object.content {
            case .list(let list): return try tree(list, depth, keepsFloats)
            case .map(let map): return try tree(map, depth, keepsFloats)
            case .int(let number): return .integer(number)
            case .structure(let fields):
                let kept = fields.filter { !$0.isPrivate && (!$0.omitsEmpty || $0.value.isTrue) }
                return .object(
                    Object(try kept.map { ($0.jsonName, try tree($0.value, depth: depth + 1, keepsFloats: keepsFloats)) }))
            }
        }
    }

    private static func tree(_ list: GoList, _ depth: Int, _ keepsFloats: Bool) throws -> Value {
        if list.isNil { return .null }
        if list.element == .byte { return .string(String(decoding: Base64Text.encode(list.bytes), as: UTF8.self)) }
        return .array(try list.elements.map { try tree($0, depth: depth + 1, keepsFloats: keepsFloats) })
    }

    private static func tree(_ map: GoMap, _ depth: Int, _ keepsFloats: Bool) throws -> Value {
        if map.isNil { return .null }
        return .object(Object(try map.entries.map { ($0.key, try tree($0.value, depth: depth + 1, keepsFloats: keepsFloats)) }))
    }

    static func repaired(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for rune in Runes(bytes) { text.append(rune.scalar) }
        return String(text)
    }

    static func timeText(_ time: GoTime) -> String {
        String(decoding: time.format(Array("2006-01-02T15:04:05.999999999Z07:00".utf8)), as: UTF8.self)
    }

    private struct Writer {
        let indent: String?
        let escapesHTML: Bool
        var output: [UInt8] = []

        mutating func write(_ value: GoValue, depth: Int) throws {
            guard depth < maximumDepth else { throw GoError("json: unsupported value: encountered a cycle") }
            switch value {
            case .none, .null: put("null")
            case .bool(let bool): put(bool ? "true" : "false")
            case .int: put(GoFormat.print(value))
            case .float(let number):
                if let special = GoFloat.special(number) { throw GoError("json: unsupported value: \(special)") }
                put(Self.number(number))
            case .string(let text): write(Array(text.utf8))
            case .binary(let bytes): write(bytes)
            case .time(let time): write(Array(timeText(time).utf8))
            case .list(let list): try write(list, depth)
            case .map(let map): try write(map, depth)
            case .object(let object): try write(object, depth)
            }
        }

        private mutating func write(_ object: any GoObject, _ depth: Int) throws {
            if let text = object.jsonText { return write(Array(text.utf8)) }
            switch object.content {
            case .list(let list): try write(list, depth)
            case .map(let map): try write(map, depth)
            case .int(let number): put(String(number))
            case .structure(let fields):
                let kept = fields.filter { !$0.isPrivate && (!$0.omitsEmpty || $0.value.isTrue) }
                try members(kept.map { ($0.jsonName, $0.value) }, depth)
            }
        }

        private mutating func write(_ list: GoList, _ depth: Int) throws {
            if list.isNil { return put("null") }
            if list.element == .byte { return write(Base64Text.encode(list.bytes)) }
            put("[")
            for (index, element) in list.elements.enumerated() {
                if index > 0 { put(",") }
                newLine(depth + 1)
                try write(element, depth: depth + 1)
            }
            if !list.elements.isEmpty { newLine(depth) }
            put("]")
        }

        private mutating func write(_ map: GoMap, _ depth: Int) throws {
            if map.isNil { return put("null") }
            try members(map.entries.map { ($0.key, $0.value) }, depth)
        }

        private mutating func members(_ members: [(String, GoValue)], _ depth: Int) throws {
            put("{")
            for (index, member) in members.enumerated() {
                if index > 0 { put(",") }
                newLine(depth + 1)
                write(Array(member.0.utf8))
                put(indent == nil ? ":" : ": ")
                try write(member.1, depth: depth + 1)
            }
            if !members.isEmpty { newLine(depth) }
            put("}")
        }

        private mutating func write(_ bytes: [UInt8]) {
            put("\"")
            for rune in Runes(bytes) {
                guard rune.isValid else {
                    put("\\ufffd")
                    continue
                }
                switch rune.scalar {
                case "\"": put("\\\"")
                case "\\": put("\\\\")
                case "\n": put("\\n")
                case "\r": put("\\r")
                case "\t": put("\\t")
                case "\u{8}": put("\\b")
                case "\u{C}": put("\\f")
                case "<" where escapesHTML, ">" where escapesHTML, "&" where escapesHTML, "\u{2028}", "\u{2029}":
                    put("\\u" + GoQuote.hex(rune.scalar.value, digits: 4))
                case _ where rune.scalar.value < 0x20: put("\\u" + GoQuote.hex(rune.scalar.value, digits: 4))
                default: output += bytes[rune.range]
                }
            }
            put("\"")
        }

        private mutating func newLine(_ depth: Int) {
            guard let indent else { return }
            put("\n" + String(repeating: indent, count: depth))
        }

        private mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

        private static func number(_ number: Double) -> String {
            let (sign, digits, point) = GoFloat.decimal(number)
            let size = number.magnitude
            guard size != 0, size < 1e-6 || size >= 1e21 else { return sign + GoFloat.plain(digits, point) }
            var text = GoFloat.scientific(digits, point - 1)
            // `e-09` is written `e-9`.
            if let mark = text.range(ofExponentZero: ()) { text.removeSubrange(mark) }
            return sign + text
        }
    }
}

extension String {
    fileprivate func range(ofExponentZero: Void) -> Range<String.Index>? {
        guard utf8.count >= 4 else { return nil }
        let tail = Array(utf8.suffix(4))
        guard tail[0] == UInt8(ascii: "e"), tail[1] == UInt8(ascii: "-"), tail[2] == UInt8(ascii: "0") else { return nil }
        let at = utf8.index(utf8.endIndex, offsetBy: -2)
        return at..<utf8.index(after: at)
    }
}
