/// The functions that Go's templates have without being given any.
enum Builtins {
    static let functions: [String: GoFunction] = [
        "and": GoFunction(.and),
        "or": GoFunction(.or),
        "not": GoFunction([.reflect]) { .bool(!$0[0].isTrue) },
        "eq": GoFunction([.reflect], variadic: .reflect) { .bool(try Comparison.isEqual($0)) },
        "ne": GoFunction([.reflect, .reflect]) { .bool(!(try Comparison.isEqual($0))) },
        "lt": GoFunction([.reflect, .reflect]) { .bool(try Comparison.isLess($0[0], $0[1])) },
        "le": GoFunction([.reflect, .reflect]) { .bool(try Comparison.isLessOrEqual($0[0], $0[1])) },
        "gt": GoFunction([.reflect, .reflect]) { .bool(!(try Comparison.isLessOrEqual($0[0], $0[1]))) },
        "ge": GoFunction([.reflect, .reflect]) { .bool(!(try Comparison.isLess($0[0], $0[1]))) },
        "len": GoFunction([.reflect]) { .int(try Indexing.length($0[0])) },
        "index": GoFunction([.reflect], variadic: .reflect) { try Indexing.index($0[0], by: $0.rest(1)) },
        "slice": GoFunction([.reflect], variadic: .reflect) { try Indexing.slice($0[0], by: $0.rest(1)) },
        "call": GoFunction([.reflect], variadic: .reflect) { arguments in
            if arguments[0].isAbsent { throw GoError("call of nil") }
            throw GoError("non-function \(GoFormat.print(arguments[0])) of type \(arguments[0].typeName)")
        },
        "print": GoFunction(variadic: .any) { .text(GoFormat.print($0.values)) },
        "println": GoFunction(variadic: .any) { .text(GoFormat.printLine($0.values)) },
        "printf": GoFunction([.string], variadic: .any) { .text(GoFormat.format($0.bytes(0), Array($0.rest(1)))) },
        "html": GoFunction(variadic: .any) { .text(Escaping.html(Escaping.text($0.values))) },
        "js": GoFunction(variadic: .any) { .text(Escaping.javaScript(Escaping.text($0.values))) },
        "urlquery": GoFunction(variadic: .any) { .text(Escaping.query(Escaping.text($0.values))) },
    ]
}

/// Text made safe for a place in other text.
enum Escaping {
    /// What the functions escape: one string as it is, else what `print` makes of the arguments.
    static func text(_ values: [GoValue]) -> [UInt8] {
        if values.count == 1, let bytes = values[0].bytes { return bytes }
        return GoFormat.print(values.map { $0.isAbsent ? .string("<no value>") : $0 })
    }

    static func html(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0: Array("\u{FFFD}".utf8)
            case UInt8(ascii: "\""): Array("&#34;".utf8)
            case UInt8(ascii: "'"): Array("&#39;".utf8)
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: ">"): Array("&gt;".utf8)
            default: [byte]
            }
        }
    }

    static func javaScript(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for rune in Runes(bytes) {
            switch rune.scalar {
            case "\\": result += Array("\\\\".utf8)
            case "'": result += Array("\\'".utf8)
            case "\"": result += Array("\\\"".utf8)
            case "<": result += Array("\\u003C".utf8)
            case ">": result += Array("\\u003E".utf8)
            case "&": result += Array("\\u0026".utf8)
            case "=": result += Array("\\u003D".utf8)
            case _ where rune.scalar.value < 0x20:
                let hex = String(rune.scalar.value, radix: 16, uppercase: true)
                result += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
            case _ where rune.scalar.value >= 0x80 && !GoQuote.isPrintable(rune.scalar):
                let hex = String(rune.scalar.value, radix: 16, uppercase: true)
                result += Array(("\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex).utf8)
            default: result += bytes[rune.range]
            }
        }
        return result
    }

    /// As Go's `url.QueryEscape`.
    static func query(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            if (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_.~".utf8.contains(byte) {
                result.append(byte)
            } else if byte == 0x20 {
                result.append(UInt8(ascii: "+"))
            } else {
                result += percent(byte)
            }
        }
        return result
    }

    static func percent(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
