/// What a call costs beside its one step, so that few steps cannot be much work or memory.
enum CallCost {
    /// A value with the same map in it many times grows when it is written out, and has to be looked at before that.
    private static let maximumNodes = 2_000_000
    private static let maximumDepth = 1000

    /// Functions that go through the whole of their arguments.
    private static let expanding: Set<String> = [
        "cat", "deepCopy", "deepEqual", "has", "html", "join", "js", "mustDeepCopy", "mustHas", "mustToJson", "mustToPrettyJson",
        "mustToRawJson", "print", "printf", "println", "quote",
        "sortAlpha",
        "squote", "toJson", "toPrettyJson", "toRawJson", "toString", "toStrings", "toToml", "toYaml", "toYamlPretty", "mustToToml",
        "mustToYaml", "mustUniq", "mustWithout", "uniq",
        "urlquery", "without",
    ]

    /// Functions that make a list of a text, in which each part takes more than it did in the text.
    private static let splitting: Set<String> = ["split", "splitList", "splitn", "regexSplit", "regexFindAll"]

    /// Before the call: the time that its arguments take, and what they are when they are written out.
    static func charge(_ name: String, _ arguments: [GoValue], _ execution: Execution) throws {
        var steps = 0
        var isComposite = false
        for argument in arguments {
            switch argument {
            case .string(let text):
                steps += text.utf8.count >> 8
                if text.utf8.count > 1 << 20, splitting.contains(name) { try execution.charge(text.utf8.count * 16) }
            case .binary(let bytes): steps += bytes.count >> 8
            case .list(let list):
                steps += list.elements.count >> 2
                isComposite = true
            case .map(let map):
                steps += map.count >> 4
                isComposite = true
            default: break
            }
        }
        if steps > 0 { try execution.step(steps) }
        if isComposite, expanding.contains(name) { for argument in arguments { try chargeExpansion(of: argument, execution) } }
        if name == "printf", case .string(let format)? = arguments.first {
            try execution.affords(longestOutput(of: format, arguments))
        }
    }

    /// After the call: the memory that its outcome takes. What a list takes over from an argument counts less: most such
    /// lists are made in loops, each in place of the one before.
    static func charge(_ outcome: GoValue, of arguments: [GoValue], _ execution: Execution) throws {
        switch outcome {
        case .string(let text): try execution.charge(text.utf8.count)
        case .binary(let bytes): try execution.charge(bytes.count)
        case .list(let list):
            guard list.nesting <= maximumDepth else { throw GoError("lists are nested too deeply") }
            let known = arguments.reduce(0) { if case .list(let list) = $1 { max($0, list.elements.count) } else { $0 } }
            let carried = min(known, list.elements.count)
            try execution.charge(carried * 16 + (list.elements.count - carried) * 64)
        case .map(let map): execution.note(map)
        default: break
        }
    }

    /// Of a value that is about to be written out.
    static func chargeExpansion(of value: GoValue, _ execution: Execution) throws {
        var seen = Seen()
        try walk(value, depth: 0, &seen)
        try execution.step(seen.nodes >> 3)
        try execution.affords(seen.bytes)
    }

    /// What a walk came by.
    private struct Seen {
        var nodes = 0
        /// Of texts, and of the space before each line where lines are indented.
        var bytes = 0
    }

    /// Of `printf`, in bytes: each verb may take the longest argument, and a width of its own.
    private static func longestOutput(of format: String, _ arguments: [GoValue]) -> Int {
        let longest = arguments.dropFirst().reduce(0) { max($0, $1.textLength) }
        var (verbs, width, number) = (0, 0, 0)
        for byte in format.utf8 {
            if byte == UInt8(ascii: "%") { verbs += 1 }
            if byte == UInt8(ascii: "*") { width += maximumWidth }
            if (0x30...0x39).contains(byte) {
                number = min(number * 10 + Int(byte) - 0x30, maximumWidth)
            } else {
                width += number
                number = 0
            }
        }
        return format.utf8.count + width + verbs * longest
    }

    /// Go takes no larger one.
    private static let maximumWidth = 1_000_000

    /// Whoever writes it out says what is wrong with a value that is too deep.
    private static func walk(_ value: GoValue, depth: Int, _ seen: inout Seen) throws {
        seen.nodes += 1
        seen.bytes += depth * 2
        guard seen.nodes < maximumNodes else { throw GoError("a value has more than \(maximumNodes) parts when it is written out") }
        guard depth < maximumDepth else { return }
        switch value {
        case .list(let list): for element in list.elements { try walk(element, depth: depth + 1, &seen) }
        case .map(let map): for entry in map.entries { try walk(entry.value, depth: depth + 1, &seen) }
        case .string, .binary: seen.bytes += value.textLength
        default: return
        }
    }
}

extension GoValue {
    /// Of a string, in bytes.
    fileprivate var textLength: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        default: 0
        }
    }
}
