/// sprig's functions with regular expressions.
enum RegexFunctions {
    static let functions: [String: GoFunction] = {
        let all: [String: GoFunction] = [
            "Match": GoFunction([.string, .string]) { arguments in
                let regex = try regex(arguments)
                return .bool(
                    try regex.match(in: RegexText(bytes: arguments.bytes(1)), from: 0, budget: arguments.execution.step) != nil)
            },
            "Find": GoFunction([.string, .string]) { arguments in
                let text = RegexText(bytes: arguments.bytes(1))
                guard let match = try regex(arguments).match(in: text, from: 0, budget: arguments.execution.step) else {
                    return .string("")
                }
                return .text(text.bytes[match[0]..<match[1]])
            },
            "FindAll": GoFunction([.string, .string, .int]) { arguments in
                let text = RegexText(bytes: arguments.bytes(1))
                let found = try regex(arguments).matches(in: text, limit: arguments.int(2), budget: arguments.execution.step)
                let texts = found.map { GoValue.text(text.bytes[$0[0]..<$0[1]]) }
                return .list(GoList(texts, of: .string, isNil: texts.isEmpty))
            },
            "ReplaceAll": GoFunction([.string, .string, .string]) { arguments in
                let regex = try regex(arguments)
                return .text(try replace(arguments, regex) { expand(arguments.bytes(2), $0, $1, regex) })
            },
            "ReplaceAllLiteral": GoFunction([.string, .string, .string]) { arguments in
                .text(try replace(arguments, try regex(arguments)) { _, _ in arguments.bytes(2) })
            },
            "Split": GoFunction([.string, .string, .int]) { arguments in
                let parts = try split(arguments, by: try regex(arguments), limit: arguments.int(2))
                return .list(GoList(parts.map { .text($0) }, of: .string, isNil: arguments.int(2) == 0))
            },
        ]
        var functions: [String: GoFunction] = ["regexQuoteMeta": GoFunction([.string]) { .text(quoteMeta($0.bytes(0))) }]
        for (name, function) in all {
            functions["mustRegex" + name] = function
            // Without `must` an expression that cannot be read ends the rendering too: sprig panics. Only a match is just false.
            functions["regex" + name] = name == "Match" ? tolerant(function) : panicking(function)
        }
        return functions
    }()

    private static func tolerant(_ function: GoFunction) -> GoFunction {
        GoFunction(function.parameters) { arguments in
            do { return try function.body(arguments) } catch is GoError { return .bool(false) }
        }
    }

    private static func panicking(_ function: GoFunction) -> GoFunction {
        GoFunction(function.parameters) { arguments in
            do { return try function.body(arguments) } catch let error as GoError {
                let pattern = arguments.bytes(0)
                let quoted = GoQuote.canBackquote(pattern) ? "`\(arguments.string(0))`" : GoQuote.double(pattern)
                throw GoError("regexp: Compile(\(quoted)): " + error.message)
            }
        }
    }

    private static func regex(_ arguments: GoArguments) throws -> GoRegex {
        try arguments.execution.charge(arguments.bytes(1).count)
        return try arguments.execution.regex(arguments.string(0))
    }

    private static func replace(_ arguments: GoArguments, _ regex: GoRegex, _ new: ([UInt8], [Int]) -> [UInt8]) throws -> [UInt8] {
        let text = arguments.bytes(1)
        var result: [UInt8] = []
        var start = 0
        for match in try regex.matches(in: RegexText(bytes: text), budget: arguments.execution.step) {
            result += text[start..<match[0]]
            let replacement = new(text, match)
            try arguments.execution.charge(replacement.count)
            result += replacement
            start = match[1]
        }
        return result + text[start...]
    }

    /// Fills in `$1`, `${1}` and `${name}`.
    private static func expand(_ template: [UInt8], _ text: [UInt8], _ match: [Int], _ regex: GoRegex) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < template.count {
            guard template[index] == UInt8(ascii: "$") else {
                result.append(template[index])
                index += 1
                continue
            }
            if index + 1 < template.count, template[index + 1] == UInt8(ascii: "$") {
                result.append(UInt8(ascii: "$"))
                index += 2
                continue
            }
            guard let (name, end) = reference(template, at: index + 1) else {
                result.append(UInt8(ascii: "$"))
                index += 1
                continue
            }
            if let group = Int(name) ?? regex.names[name], group <= regex.groups, match[group * 2] >= 0 {
                result += text[match[group * 2]..<match[group * 2 + 1]]
            }
            index = end
        }
        return result
    }

    private static func reference(_ template: [UInt8], at start: Int) -> (String, Int)? {
        let isBraced = start < template.count && template[start] == UInt8(ascii: "{")
        let begin = isBraced ? start + 1 : start
        let name = template[min(begin, template.count)...].prefix {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F
        }
        guard !name.isEmpty else { return nil }
        var end = begin + name.count
        if isBraced {
            guard end < template.count, template[end] == UInt8(ascii: "}") else { return nil }
            end += 1
        }
        return (String(decoding: name, as: UTF8.self), end)
    }

    private static func split(_ arguments: GoArguments, by regex: GoRegex, limit: Int) throws -> [[UInt8]] {
        let text = arguments.bytes(1)
        if limit == 0 { return [] }
        if text.isEmpty, !arguments.bytes(0).isEmpty { return [[]] }
        var parts: [[UInt8]] = []
        var start = 0
        var end = 0
        for match in try regex.matches(in: RegexText(bytes: text), budget: arguments.execution.step) {
            if limit > 0, parts.count == limit - 1 { break }
            end = match[0]
            if match[1] != 0 { parts.append(Array(text[start..<end])) }
            start = match[1]
        }
        if end != text.count { parts.append(Array(text[start...])) }
        return parts
    }

    private static func quoteMeta(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { "\\.+*?()|[]{}^$".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    }
}
