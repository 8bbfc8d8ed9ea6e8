/// Where a writer puts its bytes: memory, or a hash that keeps none of them.
protocol ByteSink {
    mutating func write(_ byte: UInt8)
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension [UInt8]: ByteSink {
    mutating func write(_ byte: UInt8) { append(byte) }
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) { append(contentsOf: bytes) }
}

extension ByteSink {
    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write($0) }
    }
}

/// Writes values as JSON into a sink.
struct JSONWriter<Sink: ByteSink> {
    var sink: Sink
    private let pretty: Bool
    private var depth = 0

    init(sink: Sink, pretty: Bool = false) {
        self.sink = sink
        self.pretty = pretty
    }

    mutating func write(_ value: Value) {
        switch value {
        case .null: sink.write("null")
        case .bool(let bool): sink.write(bool ? "true" : "false")
        case .integer(let integer): sink.write(String(integer))
        case .double(let double): sink.write(NumberText.json(double))
        case .string(let string): write(string: string)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [Value]) {
        sink.write(UInt8(ascii: "["))
        depth += 1
        for (index, element) in elements.enumerated() {
            separate(first: index == 0)
            write(element)
        }
        close(with: UInt8(ascii: "]"), isEmpty: elements.isEmpty)
    }

    private mutating func write(_ object: Object) {
        sink.write(UInt8(ascii: "{"))
        depth += 1
        for (index, member) in object.members.enumerated() {
            separate(first: index == 0)
            write(string: member.key)
            sink.write(UInt8(ascii: ":"))
            if pretty { sink.write(UInt8(ascii: " ")) }
            write(member.value)
        }
        close(with: UInt8(ascii: "}"), isEmpty: object.isEmpty)
    }

    private mutating func separate(first: Bool) {
        if !first { sink.write(UInt8(ascii: ",")) }
        if pretty { breakLine() }
    }

    private mutating func close(with bracket: UInt8, isEmpty: Bool) {
        depth -= 1
        if pretty, !isEmpty { breakLine() }
        sink.write(bracket)
    }

    private mutating func breakLine() {
        sink.write(UInt8(ascii: "\n"))
        for _ in 0..<depth * 2 { sink.write(UInt8(ascii: " ")) }
    }

    private mutating func write(string: String) {
        var string = string
        sink.write(UInt8(ascii: "\""))
        string.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                guard let escape = Self.escape(for: bytes, at: index) else { continue }
                sink.write(UnsafeBufferPointer(rebasing: bytes[start..<index]))
                sink.write(escape.text)
                start = index + escape.length
            }
            sink.write(UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        sink.write(UInt8(ascii: "\""))
    }

    /// The escape for the character at `index`, if it needs one, and how many bytes it stands for.
    private static func escape(for bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (text: String, length: Int)? {
        switch bytes[index] {
        case UInt8(ascii: "\""): return ("\\\"", 1)
        case UInt8(ascii: "\\"): return ("\\\\", 1)
        case 0x20...0xE1, 0xE3...0xFF: return nil
        case 0x08: return ("\\b", 1)
        case 0x09: return ("\\t", 1)
        case 0x0A: return ("\\n", 1)
        case 0x0C: return ("\\f", 1)
        case 0x0D: return ("\\r", 1)
        case 0xE2:
            // U+2028 and U+2029, which JavaScript takes for line breaks.
            guard bytes[index + 1] == 0x80, bytes[index + 2] | 1 == 0xA9 else { return nil }
            return (bytes[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
        case let control: return ((control < 16 ? "\\u000" : "\\u00") + String(control, radix: 16), 1)
        }
    }
}
