/// sprig's functions on strings. Positions and lengths count bytes, as in Go.
enum StringFunctions {
    static let functions: [String: GoFunction] = basics.merging(predicates) { $1 }.merging(quoting) { $1 }.merging(splitting) { $1 }

    private static let basics: [String: GoFunction] = [
        "hello": GoFunction { _ in .string("Hello!") },
        "trim": GoFunction([.string]) { .text(Trimming.space($0.bytes(0))) },
        "trimAll": trimAll, "trimall": trimAll,
        "trimPrefix": GoFunction([.string, .string]) { arguments in
            let (prefix, text) = (arguments.bytes(0), arguments.bytes(1))
            return text.starts(with: prefix) ? .text(text[prefix.count...]) : arguments[1]
        },
        "trimSuffix": GoFunction([.string, .string]) { arguments in
            let (suffix, text) = (arguments.bytes(0), arguments.bytes(1))
            guard text.count >= suffix.count, text.suffix(suffix.count).elementsEqual(suffix) else { return arguments[1] }
            return .text(text[..<(text.count - suffix.count)])
        },
        "repeat": GoFunction([.int, .string]) { arguments in
            let (count, text) = (arguments.int(0), arguments.bytes(1))
            guard count >= 0 else { throw GoError("strings: negative Repeat count") }
            let (size, overflow) = count.multipliedReportingOverflow(by: text.count)
            guard !overflow else { throw GoError("strings: Repeat output length overflow") }
            try arguments.execution.charge(size)
            return .text(text.isEmpty ? [] : Array(repeatElement(text, count: count).joined()))
        },
        "trunc": GoFunction([.int, .string]) { arguments in
            let (count, text) = (arguments.int(0), arguments.bytes(1))
            if count < 0, text.count + count > 0 { return .text(text[(text.count + count)...]) }
            return count >= 0 && text.count > count ? .text(text[..<count]) : arguments[1]
        },
        "substr": GoFunction([.int, .int, .string]) { try substring($0.bytes(2), $0.int(0), $0.int(1)) },
        "replace": GoFunction([.string, .string, .string]) { arguments in
            .text(
                try Bytes.replace(
                    arguments.bytes(0), with: arguments.bytes(1), in: arguments.bytes(2), charge: arguments.execution.charge))
        },
        "indent": GoFunction([.int, .string]) { .text(try indent($0.int(0), $0.bytes(1), $0.execution)) },
        "nindent": GoFunction([.int, .string]) { .text([0x0A] + (try indent($0.int(0), $0.bytes(1), $0.execution))) },
        "plural": GoFunction([.string, .string, .int]) { $0.int(2) == 1 ? $0[0] : $0[1] },
        "abbrev": GoFunction([.int, .string]) { $0.int(0) < 4 ? $0[1] : .text(abbreviate($0.bytes(1), 0, $0.int(0))) },
        "abbrevboth": GoFunction([.int, .int, .string]) { arguments in
            let (left, right) = (arguments.int(0), arguments.int(1))
            if right < 4 || left > 0 && right < 7 { return arguments[2] }
            return .text(abbreviate(arguments.bytes(2), left, right))
        },
        "wrap": GoFunction([.int, .string]) { .text(try wrap($0, $0.bytes(1), [0x0A], breaksWords: false)) },
        "wrapWith": GoFunction([.int, .string, .string]) { arguments in
            let separator = arguments.bytes(1)
            return .text(try wrap(arguments, arguments.bytes(2), separator.isEmpty ? [0x0A] : separator, breaksWords: true))
        },
    ]

    private static let predicates: [String: GoFunction] = [
        "contains": GoFunction([.string, .string]) { .bool(Bytes.find($0.bytes(0), in: $0.bytes(1)) != nil) },
        "hasPrefix": GoFunction([.string, .string]) { .bool($0.bytes(1).starts(with: $0.bytes(0))) },
        "hasSuffix": GoFunction([.string, .string]) { .bool($0.bytes(1).reversed().starts(with: $0.bytes(0).reversed())) },
    ]

    private static let quoting: [String: GoFunction] = [
        "quote": GoFunction(variadic: .any) { arguments in
            .string(arguments.values.filter { !$0.isAbsent }.map { GoQuote.double($0.sprigBytes) }.joined(separator: " "))
        },
        "squote": GoFunction(variadic: .any) { arguments in
            let texts = arguments.values.filter { !$0.isAbsent }.map { Array("'".utf8) + GoFormat.print([$0]) + Array("'".utf8) }
            return .text(Array(texts.joined(separator: [0x20])))
        },
        "cat": GoFunction(variadic: .any) { arguments in
            .text(Array(arguments.values.filter { !$0.isAbsent }.map { GoFormat.print([$0]) }.joined(separator: [0x20])))
        },
        "toString": GoFunction([.any]) { $0[0].sprigText },
    ]

    private static let splitting: [String: GoFunction] = [
        "split": GoFunction([.string, .string]) { numbered(Bytes.split($0.bytes(1), by: $0.bytes(0))) },
        "splitn": GoFunction([.string, .int, .string]) { numbered(Bytes.split($0.bytes(2), by: $0.bytes(0), limit: $0.int(1))) },
        "splitList": GoFunction([.string, .string]) { arguments in
            .list(GoList(Bytes.split(arguments.bytes(1), by: arguments.bytes(0)).map { .text($0) }, of: .string))
        },
        "toStrings": GoFunction([.any]) { .list(GoList(strings($0[0]), of: .string)) },
        "join": GoFunction([.string, .any]) { arguments in
            let separator = arguments.bytes(0)
            let parts = strings(arguments[1]).map(\.sprigBytes)
            try arguments.execution.charge(parts.count * separator.count)
            return .text(Array(parts.joined(separator: separator)))
        },
        "sortAlpha": GoFunction([.any]) { arguments in
            guard arguments[0].listContent != nil else { return .list(GoList([arguments[0].sprigText], of: .string)) }
            let sorted = strings(arguments[0]).map(\.sprigBytes).sorted { $0.lexicographicallyPrecedes($1) }
            return .list(GoList(sorted.map { .text($0) }, of: .string))
        },
    ]

    private static let trimAll = GoFunction([.string, .string]) { arguments in
        let set = Set(Runes(arguments.bytes(0)).map(\.scalar))
        return .text(Trimming.trim(arguments.bytes(1)) { set.contains($0) })
    }

    /// The elements of a list as strings, without those that are nil.
    static func strings(_ value: GoValue) -> [GoValue] {
        if let list = value.listContent { return list.elements.filter { !$0.isAbsent }.map(\.sprigText) }
        return value.isAbsent ? [] : [value.sprigText]
    }

    private static func numbered(_ parts: [[UInt8]]) -> GoValue {
        .map(GoMap(parts.enumerated().map { ("_\($0.offset)", GoValue.text($0.element)) }, kind: .string))
    }

    private static func substring(_ text: [UInt8], _ start: Int, _ end: Int) throws -> GoValue {
        let upper = start < 0 ? end : end < 0 || end > text.count ? text.count : end
        let lower = max(start, 0)
        guard upper >= 0, upper <= text.count else {
            throw GoError(
                "runtime error: slice bounds out of range [:\(upper)]" + (upper > text.count ? " with length \(text.count)" : ""))
        }
        guard lower <= upper else { throw GoError("runtime error: slice bounds out of range [\(lower):\(upper)]") }
        return .text(text[lower..<upper])
    }

    private static func indent(_ spaces: Int, _ text: [UInt8], _ execution: Execution) throws -> [UInt8] {
        guard spaces >= 0 else { throw GoError("strings: negative Repeat count") }
        try execution.charge(spaces)
        let pad = Array(repeating: UInt8(0x20), count: spaces)
        var result = pad
        result.reserveCapacity(text.count + 16 * (spaces + 1))
        for byte in text {
            result.append(byte)
            if byte == 0x0A {
                try execution.charge(spaces)
                result += pad
            }
        }
        return result
    }

    private static func abbreviate(_ text: [UInt8], _ offset: Int, _ width: Int) -> [UInt8] {
        let dots = Array("...".utf8)
        if text.count <= width { return text }
        var offset = min(offset, text.count)
        if text.count - offset < width - 3 { offset = text.count - (width - 3) }
        if offset <= 4 { return text[..<(width - 3)] + dots }
        if offset + width - 3 < text.count { return dots + abbreviate(Array(text[offset...]), 0, width - 3) }
        return dots + text[(text.count - (width - 3))...]
    }

    private static func wrap(_ arguments: GoArguments, _ text: [UInt8], _ separator: [UInt8], breaksWords: Bool) throws -> [UInt8] {
        let width = max(arguments.int(0), 1)
        var result: [UInt8] = []
        var offset = 0
        while text.count - offset > width {
            if text[offset] == 0x20 {
                offset += 1
                continue
            }
            let end: Int
            if let space = text[offset...(offset + width)].lastIndex(of: 0x20) {
                end = space
            } else if breaksWords {
                try arguments.execution.charge(separator.count)
                result += text[offset..<(offset + width)] + separator
                offset += width
                continue
            } else {
                guard let space = text[(offset + width)...].firstIndex(of: 0x20) else { break }
                end = space
            }
            try arguments.execution.charge(separator.count)
            result += text[offset..<end] + separator
            offset = end + 1
        }
        return result + text[offset...]
    }
}

/// Taking characters off the ends.
enum Trimming {
    static func space(_ bytes: [UInt8]) -> [UInt8] { trim(bytes) { $0.properties.isWhitespace && $0.value != 0x200B } }

    static func trim(_ bytes: [UInt8], _ isTrimmed: (Unicode.Scalar) -> Bool) -> [UInt8] {
        let runes = Array(Runes(bytes))
        guard let first = runes.firstIndex(where: { !isTrimmed($0.scalar) }),
            let last = runes.lastIndex(where: { !isTrimmed($0.scalar) })
        else { return [] }
        return Array(bytes[runes[first].range.lowerBound..<runes[last].range.upperBound])
    }
}
