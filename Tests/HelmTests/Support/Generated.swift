/// Cases that nobody wrote: the same for the same seed.
enum Generated {
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(next() % UInt64(elements.count))] }
        mutating func chance(_ percent: UInt64) -> Bool { next() % 100 < percent }
    }

    /// `printf` with every flag, width, precision and verb, on every type.
    static func formats(seed: UInt64, count: Int) -> [String] {
        var dice = Dice(state: seed)
        let operands = [
            "1", "-42", "0", "255", "1.5", "-0.25", "1e21", "1e-7", "123456789.0", "\"text\"", "\"é\\t\"", "\"\"", "true", "nil",
            "(list 1 \"a\" nil 2.5)", "(dict \"a\" 1 \"b\" (list \"x\"))", "(int64 7)", "(index \"a\" 0)",
            "(splitList \",\" \"a,b\")",
        ]
        return (0..<count).map { _ in
            let parts = (0..<4).map { _ -> (String, String) in
                let width = dice.chance(30) ? dice.pick(["1", "6", "12"]) : ""
                let precision = dice.chance(30) ? dice.pick([".", ".0", ".2", ".5"]) : ""
                let operand = dice.pick(operands)
                // Hexadecimal floats, and pointers, are of no use to a manifest.
                let isFloat = operand.contains(".") || operand.contains("e")
                let flags = ["+", "-", " ", "0", "#"].dropLast(isFloat ? 1 : 0).filter { _ in dice.chance(20) }.joined()
                let verb = dice.pick(Array(isFloat ? "vdsqtefgEGTcUo" : "vdsqxXtefgETcUobO"))
                return ("%\(flags)\(width)\(precision)\(verb)", operand)
            }
            return "{{ printf \"\(parts.map(\.0).joined(separator: "|"))\" \(parts.map(\.1).joined(separator: " ")) }}"
        }
    }

    /// Trees of values through every writer.
    static func values(seed: UInt64, count: Int) throws -> [HelmCase] {
        var dice = Dice(state: seed)
        let template =
            "{{ toYaml .Values }}\n{{ toYamlPretty .Values }}\n{{ toJson .Values }}\n{{ .Values }}\n{{ toPrettyJson .Values }}"
        return try (0..<count).map { number in
            let tree = "{\"k\": \(value(&dice, depth: 0)), \"n\": \(value(&dice, depth: 0))}"
            return try HelmCase("values \(number): \(tree)", files: ["templates/x.yaml": template], values: tree)
        }
    }

    private static func value(_ dice: inout Dice, depth: Int) -> String {
        if depth < 4, dice.chance(50) {
            let count = Int(dice.next() % 4)
            if dice.chance(50) {
                return "[" + (0..<count).map { _ in value(&dice, depth: depth + 1) }.joined(separator: ", ") + "]"
            }
            let members = (0..<count).map {
                "\"\(dice.pick(["a", "b", "on", "1", "k-x", "é", "A b"]))\($0)\": \(value(&dice, depth: depth + 1))"
            }
            return "{" + members.joined(separator: ", ") + "}"
        }
        return dice.pick([
            "1", "0", "-3", "1.5", "1e30", "1000000", "123456789012", "0.0001", "true", "false", "\"\"", "\"text\"", "\"yes\"",
            "\"1\"",
            "\"a: b\"", "\"# c\"", "\"line\\nline\\n\"", "\"tab\\t\"", "\" lead\"", "\"trail \"", "\"é☃\"", "\"'q'\"",
            "\"\\\"q\\\"\"", "\"<&>\"",
            "\"null\"", "\"~\"", "\"0x1F\"", "\"1:30\"", "\"2020-01-01\"", "\"- a\"", "\"{a}\"", "\"*\"", "\"a\\n\\nb\"",
            "\"\\u0001\"",
            "\"long long long long long long long long long long long long long long long long long long words\"",
        ])
    }

    /// Statements inside each other, over the values that every case has.
    static func templates(seed: UInt64, count: Int) -> [String] {
        var dice = Dice(state: seed)
        return (0..<count).map { _ in
            (0..<3).map { _ in statement(&dice, depth: 0) }.joined(separator: dice.pick(["", " ", "\n", "\n  "]))
        }
    }

    private static func statement(_ dice: inout Dice, depth: Int) -> String {
        let open = dice.pick(["{{", "{{- ", "{{ "])
        let close = dice.pick(["}}", " -}}", " }}"])
        guard depth < 3, dice.chance(60) else {
            return dice.chance(30) ? dice.pick(["text", "  \n", "a: b\n", "- "]) : "\(open)\(expression(&dice, depth: 0))\(close)"
        }
        let body = statement(&dice, depth: depth + 1) + statement(&dice, depth: depth + 1)
        let end = dice.chance(40) ? "{{ else }}\(statement(&dice, depth: depth + 1)){{ end }}" : "{{- end }}"
        return switch dice.next() % 5 {
        case 0: "\(open)if \(expression(&dice, depth: 0))\(close)\(body)\(end)"
        case 1: "\(open)with \(expression(&dice, depth: 0))\(close)\(body)\(end)"
        case 2:
            "\(open)range $i, $e := \(dice.pick(["$.Values.l", "$.Values.m", "list 1 2", "until 3"]))\(close){{ $i }}\(body)\(end)"
        case 3: "\(open)$x := \(expression(&dice, depth: 0))\(close)\(body){{ $x }}"
        default:
            "\(open)range \(dice.pick(["$.Values.l", "dict \"a\" 1", "tuple", "$.Values.s | splitList \"t\""]))\(close)\(body)\(end)"
        }
    }

    private static func expression(_ dice: inout Dice, depth: Int) -> String {
        if depth < 3, dice.chance(55) {
            let a = "(\(expression(&dice, depth: depth + 1)))"
            let b = "(\(expression(&dice, depth: depth + 1)))"
            return dice.pick([
                "\(a) | quote", "\(a) | toString | upper", "default \(a) \(b)", "list \(a) \(b)", "dict \"k\" \(a)", "eq \(a) \(b)",
                "and \(a) \(b)",
                "or \(a) \(b)", "not \(a)", "\(a) | toJson", "len \(a)", "printf \"%v-%v\" \(a) \(b)", "ternary \(a) \(b) true",
                "\(a) | int | add1",
                "coalesce \(a) \(b)", "typeOf \(a)", "empty \(a)", "index \(a) 0", "\(a) | toYaml | nindent 2", "join \",\" \(a)",
                "has \(a) (list \(b))",
                "\(a) | trunc 3", "max \(a) \(b)", "\(a) | first", "get (dict \"a\" \(a)) \"a\"", "lt \(a) \(b)", "cat \(a) \(b)",
                "\(a) | b64enc",
            ])
        }
        return dice.pick([
            "1", "2.5", "\"str\"", "true", "$.Values.a", "$.Values.s", "$.Values.l", "$.Values.m.x", "$.Values.nope",
            "$.Values.m.x.y", "$.Release", "$.Release.Name",
            "`raw`", "0", "\"\"", "$.Chart.Version", "$.Values.big",
        ])
    }
}
