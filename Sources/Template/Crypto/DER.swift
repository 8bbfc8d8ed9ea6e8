/// Writes and reads DER, as far as keys and certificates take.
enum DER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        if content.count < 128 {
            length = [UInt8(content.count)]
        } else {
            let bytes = BigNumber(UInt64(content.count)).bigEndian
            length = [0x80 | UInt8(bytes.count)] + bytes
        }
        return [tag] + length + content
    }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(0x30, Array(elements.joined())) }
    static func set(_ elements: [[UInt8]]) -> [UInt8] { element(0x31, Array(elements.joined())) }

    /// Of a natural number, the highest byte first.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        return element(0x02, digits.isEmpty ? [0] : digits[0] & 0x80 != 0 ? [0] + digits : digits)
    }

    static func bits(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] { element(0x03, [unused] + bytes) }
    static func octets(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }
    static let null: [UInt8] = [0x05, 0x00]
    static let yes: [UInt8] = [0x01, 0x01, 0xFF]

    static func identifier(_ parts: [UInt64]) -> [UInt8] {
        var content = [UInt8(parts[0] * 40 + parts[1])]
        for part in parts.dropFirst(2) {
            var bytes = [UInt8(part & 0x7F)]
            var rest = part >> 7
            while rest > 0 {
                bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            content += bytes
        }
        return element(0x06, content)
    }

    /// In UTC, in the form for years up to 2049 or the one for later ones.
    static func time(_ seconds: Int64) -> [UInt8] {
        let time = GoTime(seconds: seconds)
        let isShort = (1950..<2050).contains(time.civil.year)
        return element(isShort ? 0x17 : 0x18, time.format(Array((isShort ? "060102150405Z" : "20060102150405Z").utf8)))
    }

    /// One element: its tag, its content, and all of its bytes.
    struct Element {
        let tag: UInt8
        let content: ArraySlice<UInt8>
        let whole: ArraySlice<UInt8>
    }

    /// The elements that bytes consist of; nil for what is no DER.
    static func elements(_ bytes: ArraySlice<UInt8>) -> [Element]? {
        var elements: [Element] = []
        var rest = bytes
        while let tag = rest.first {
            var header = 2
            guard rest.count >= 2 else { return nil }
            var length = Int(rest[rest.startIndex + 1])
            if length >= 0x80 {
                let count = length & 0x7F
                guard (1...4).contains(count), rest.count >= 2 + count else { return nil }
                length = rest[(rest.startIndex + 2)..<(rest.startIndex + 2 + count)].reduce(0) { $0 << 8 | Int($1) }
                header += count
            }
            guard rest.count >= header + length else { return nil }
            let end = rest.startIndex + header + length
            elements.append(
                Element(tag: tag, content: rest[(rest.startIndex + header)..<end], whole: rest[rest.startIndex..<end]))
            rest = rest[end...]
        }
        return elements
    }
}

/// Blocks between `-----BEGIN` and `-----END`.
enum PEM {
    static func text(_ type: String, _ bytes: [UInt8]) -> String {
        let encoded = Base64Text.encode(bytes)
        let lines = stride(from: 0, to: encoded.count, by: 64).map {
            String(decoding: encoded[$0..<min($0 + 64, encoded.count)], as: UTF8.self) + "\n"
        }
        return "-----BEGIN \(type)-----\n" + lines.joined() + "-----END \(type)-----\n"
    }

    /// The first block of a text.
    static func first(_ text: String) -> (type: String, bytes: [UInt8])? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("-----") }),
            let end = lines[begin...].firstIndex(where: { $0.hasPrefix("-----END ") })
        else { return nil }
        let type = String(lines[begin].dropFirst("-----BEGIN ".count).dropLast("-----".count))
        guard case .success(let bytes) = Base64Text.decode(Array(lines[(begin + 1)..<end].joined().utf8)) else { return nil }
        return (type, bytes)
    }
}
