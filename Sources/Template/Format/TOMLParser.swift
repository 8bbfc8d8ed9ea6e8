/// TOML 1.0 as Helm's `fromToml` reads it. Throws `GoError` with the line.
struct TOMLParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    /// Tables that have a header of their own, and those that a value or a dotted key made.
    private var headers: Set<ObjectIdentifier> = []
    private var closed: Set<ObjectIdentifier> = []
    private let root = GoMap()

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func parse(_ bytes: [UInt8]) throws -> GoMap {
        var parser = TOMLParser(bytes)
        try parser.document()
        return parser.root
    }

    private mutating func document() throws {
        var table = root
        while true {
            skipBlank()
            guard let byte = current else { return }
            if byte == UInt8(ascii: "[") {
                table = try header()
            } else {
                try pair(in: table)
            }
            skipSpace()
            skipComment()
            guard current == nil || current == 0x0A || current == 0x0D else {
                throw error("expected a top-level item to end with a newline, comment, or EOF")
            }
        }
    }

    // MARK: Tables

    private mutating func header() throws -> GoMap {
        position += 1
        let isArray = current == UInt8(ascii: "[")
        if isArray { position += 1 }
        let keys = try dottedKey()
        for _ in 0..<(isArray ? 2 : 1) {
            guard current == UInt8(ascii: "]") else { throw error("expected ']' to end the table name") }
            position += 1
        }
        var table = root
        for key in keys.dropLast() { table = try descend(into: key, of: table, closes: false) }
        guard let last = keys.last else { throw error("a table needs a name") }
        if isArray { return try appendTable(last, to: table) }
        if case .map(let existing)? = table[last] {
            guard headers.insert(ObjectIdentifier(existing)).inserted, !closed.contains(ObjectIdentifier(existing)) else {
                throw defined(last)
            }
            return existing
        }
        guard table[last] == nil else { throw defined(last) }
        let new = GoMap()
        headers.insert(ObjectIdentifier(new))
        table[last] = .map(new)
        return new
    }

    private mutating func appendTable(_ key: String, to table: GoMap) throws -> GoMap {
        let new = GoMap()
        headers.insert(ObjectIdentifier(new))
        switch table[key] {
        case nil: table[key] = .list(GoList([.map(new)], of: .map))
        case .list(var list)? where list.element == .map:
            list.elements.append(.map(new))
            table[key] = .list(list)
        default: throw defined(key)
        }
        return new
    }

    private mutating func descend(into key: String, of table: GoMap, closes: Bool) throws -> GoMap {
        switch table[key] {
        case nil:
            let new = GoMap()
            if closes { closed.insert(ObjectIdentifier(new)) }
            table[key] = .map(new)
            return new
        case .map(let existing)?:
            if closes, headers.contains(ObjectIdentifier(existing)) { throw defined(key) }
            return existing
        case .list(let list)? where list.element == .map:
            guard !closes, case .map(let last)? = list.elements.last else { throw defined(key) }
            return last
        default: throw defined(key)
        }
    }

    private mutating func pair(in table: GoMap) throws {
        let keys = try dottedKey()
        guard current == UInt8(ascii: "=") else { throw error("expected '=' after a key") }
        position += 1
        skipSpace()
        var target = table
        for key in keys.dropLast() { target = try descend(into: key, of: target, closes: true) }
        guard let last = keys.last else { return }
        guard target[last] == nil else { throw defined(last) }
        target[last] = try value()
    }

    private func defined(_ key: String) -> GoError { error("Key '\(key)' has already been defined.") }

    private mutating func dottedKey() throws -> [String] {
        var keys: [String] = []
        while true {
            skipSpace()
            keys.append(try key())
            skipSpace()
            guard current == UInt8(ascii: ".") else { return keys }
            position += 1
        }
    }

    private mutating func key() throws -> String {
        switch current {
        case UInt8(ascii: "\"")?, UInt8(ascii: "'")?: return try string(allowsLines: false)
        default:
            let start = position
            while let byte = current,
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
            {
                position += 1
            }
            guard position > start else { throw error("expected a key") }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
    }

    // MARK: Values

    private mutating func value() throws -> GoValue {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw error("values are nested too deeply") }
        switch current {
        case nil, 0x0A?: throw error("unexpected EOF; expected value")
        case UInt8(ascii: "\"")?, UInt8(ascii: "'")?: return .string(try string(allowsLines: true))
        case UInt8(ascii: "[")?: return try array()
        case UInt8(ascii: "{")?: return try inlineTable()
        default: return try bare()
        }
    }

    private mutating func array() throws -> GoValue {
        position += 1
        var elements: [GoValue] = []
        while true {
            skipBlank()
            if current == UInt8(ascii: "]") { break }
            elements.append(try value())
            skipBlank()
            if current == UInt8(ascii: ",") {
                position += 1
            } else if current != UInt8(ascii: "]") {
                throw error("expected a comma (',') or array terminator (']')")
            }
        }
        position += 1
        let areTables = !elements.isEmpty && elements.allSatisfy { if case .map = $0 { true } else { false } }
        return .list(GoList(elements, of: areTables ? .map : .any))
    }

    private mutating func inlineTable() throws -> GoValue {
        position += 1
        let table = GoMap()
        skipBlank()
        while current != UInt8(ascii: "}") {
            try pair(in: table)
            skipBlank()
            if current == UInt8(ascii: ",") {
                position += 1
            } else if current != UInt8(ascii: "}") {
                throw error("expected a comma or an inline table terminator '}'")
            }
            skipBlank()
        }
        position += 1
        closed.insert(ObjectIdentifier(table))
        headers.insert(ObjectIdentifier(table))
        return .map(table)
    }

    private mutating func bare() throws -> GoValue {
        let start = position
        while let byte = current, !" \t\r\n,]}#".utf8.contains(byte) { position += 1 }
        // A date and a time may have a space between them.
        if position - start == 10, position + 1 < bytes.count, bytes[position] == 0x20, (0x30...0x39).contains(bytes[position + 1])
        {
            position += 1
            while let byte = current, !" \t\r\n,]}#".utf8.contains(byte) { position += 1 }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default: break
        }
        if let number = Self.number(text) { return number }
        if let time = Self.time(text) { return .time(time) }
        throw error("expected value but found \(GoQuote.double(Array(text.utf8))) instead")
    }

    private static func number(_ text: String) -> GoValue? {
        let clean = text.replacingUnderscores
        let isPrefixed = clean.hasPrefix("0x") || clean.hasPrefix("0o") || clean.hasPrefix("0b")
        if let integer = GoNumbers.parseInt(clean, base: isPrefixed ? 0 : 10) { return .int64(integer) }
        guard !isPrefixed, clean.utf8.contains(where: { ".eE".utf8.contains($0) }) else { return nil }
        // A point has digits on both sides.
        for (index, byte) in zip(clean.utf8.indices, clean.utf8) where byte == UInt8(ascii: ".") {
            let neighbours = [clean.utf8[..<index].last, clean.utf8[index...].dropFirst().first]
            guard neighbours.allSatisfy({ $0.map { (0x30...0x39).contains($0) } ?? false }) else { return nil }
        }
        return GoNumbers.parseFloat(clean).map { .float($0) }
    }

    private static func time(_ text: String) -> GoTime? {
        let layouts: [(String, String?)] = [
            ("2006-01-02T15:04:05.999999999Z07:00", nil), ("2006-01-02T15:04:05.999999999", "datetime-local"),
            ("2006-01-02", "date-local"), ("15:04:05.999999999", "time-local"),
        ]
        let bytes = text.utf8.enumerated().map {
            $0.offset == 10 && ($0.element == 0x20 || $0.element == UInt8(ascii: "t")) ? UInt8(ascii: "T") : $0.element
        }
        for (layout, zone) in layouts {
            guard var time = GoTimeParser.parse(bytes, layout: Array(layout.utf8)) else { continue }
            if let zone { time.zone = .fixed(zone, offset: 0) }
            return time
        }
        return nil
    }

    // MARK: Strings

    private mutating func string(allowsLines: Bool) throws -> String {
        let mark = bytes[position]
        let isBasic = mark == UInt8(ascii: "\"")
        let isLong = allowsLines && position + 2 < bytes.count && bytes[position + 1] == mark && bytes[position + 2] == mark
        position += isLong ? 3 : 1
        if isLong, current == 0x0D { position += 1 }
        if isLong, current == 0x0A { position += 1 }
        var result: [UInt8] = []
        while let byte = current {
            if byte == mark {
                guard isLong else {
                    position += 1
                    return String(decoding: result, as: UTF8.self)
                }
                let run = bytes[position...].prefix { $0 == mark }.count
                if run >= 3 {
                    result += Array(repeating: mark, count: min(run - 3, 2))
                    position += min(run, 5)
                    return String(decoding: result, as: UTF8.self)
                }
            }
            if byte == 0x0A, !isLong { throw error("strings cannot contain newlines") }
            position += 1
            if byte == UInt8(ascii: "\\"), isBasic { try escape(into: &result, isLong: isLong) } else { result.append(byte) }
        }
        throw error("unexpected EOF; expected '\(Character(Unicode.Scalar(mark)))'")
    }

    private mutating func escape(into result: inout [UInt8], isLong: Bool) throws {
        guard let letter = current else { throw error("unexpected EOF") }
        if isLong, letter == 0x0A || letter == 0x20 || letter == 0x09 || letter == 0x0D {
            while let byte = current, byte == 0x0A || byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
            return
        }
        position += 1
        let known: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
            UInt8(ascii: "e"): 27, UInt8(ascii: "\""): 34, UInt8(ascii: "\\"): 92,
        ]
        if let byte = known[letter] { return result.append(byte) }
        let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : letter == UInt8(ascii: "x") ? 2 : 0
        guard digits > 0, position + digits <= bytes.count,
            let value = UInt32(String(decoding: bytes[position..<position + digits], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw error("invalid escape character '\\\(Character(Unicode.Scalar(letter)))'") }
        position += digits
        result += Array(String(scalar).utf8)
    }

    // MARK: Bytes

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() { while current == 0x20 || current == 0x09 { position += 1 } }

    private mutating func skipComment() {
        guard current == UInt8(ascii: "#") else { return }
        while let byte = current, byte != 0x0A { position += byte == 0x0A ? 0 : 1 }
    }

    private mutating func skipBlank() {
        while true {
            switch current {
            case 0x20?, 0x09?, 0x0A?, 0x0D?: position += 1
            case UInt8(ascii: "#")?: skipComment()
            default: return
            }
        }
    }

    private func error(_ message: String) -> GoError {
        GoError("toml: line \(bytes[..<min(position, bytes.count)].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }): \(message)")
    }
}

extension String {
    fileprivate var replacingUnderscores: String { String(decoding: utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self) }
}
