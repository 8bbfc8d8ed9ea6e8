/// What a regular expression consists of.
indirect enum ExpressionNode {
    case empty
    case scalar(ScalarMatcher)
    case sequence([ExpressionNode])
    case alternatives([ExpressionNode])
    case repeated(ExpressionNode, from: Int, to: Int?)
    case assertion(ExpressionAssertion)
}

enum ExpressionAssertion: Sendable {
    case startOfText, endOfText, startOfLine, endOfLine, wordBoundary, noWordBoundary
}

/// What makes a text no regular expression.
struct ExpressionError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// Reads the syntax of RE2. Groups capture nothing, and whether a repetition is greedy does not matter: only whole texts are
/// matched.
struct ExpressionParser {
    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotIsAny = false
    }

    /// RE2's own bound.
    private static let repetitions = 1_000
    private static let depth = 100

    private let source: [Unicode.Scalar]
    private var position = 0
    private var flags = Flags()
    private var depth = 0

    init(_ source: String) { self.source = Array(source.unicodeScalars) }

    mutating func parse() throws(ExpressionError) -> ExpressionNode {
        let node = try alternatives()
        guard position == source.count else { throw ExpressionError("a parenthesis is closed that was not opened") }
        return node
    }

    private var next: Unicode.Scalar? { position < source.count ? source[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard source[position...].starts(with: scalars) else { return false }
        position += scalars.count
        return true
    }

    private mutating func alternatives() throws(ExpressionError) -> ExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depth else { throw ExpressionError("it is nested too deeply") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(ExpressionError) -> ExpressionNode {
        var items: [ExpressionNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if take("\\Q") {
                while position < source.count, !take("\\E") {
                    items.append(.scalar(.one(source[position], ignoresCase: flags.ignoresCase)))
                    position += 1
                }
                if let last = items.popLast() { items.append(try repeated(last)) }
                continue
            }
            items.append(try repeated(try atom()))
        }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func repeated(_ atom: ExpressionNode) throws(ExpressionError) -> ExpressionNode {
        var node = atom
        while true {
            if take("*") {
                node = .repeated(node, from: 0, to: nil)
            } else if take("+") {
                node = .repeated(node, from: 1, to: nil)
            } else if take("?") {
                node = .repeated(node, from: 0, to: 1)
            } else if let bounds = try bounds() {
                node = .repeated(node, from: bounds.from, to: bounds.to)
            } else {
                return node
            }
            _ = take("?")
        }
    }

    /// `{2}`, `{2,}` or `{2,5}`; a brace that is none of them stands for itself.
    private mutating func bounds() throws(ExpressionError) -> (from: Int, to: Int?)? {
        let start = position
        guard take("{"), let from = number() else {
            position = start
            return nil
        }
        var to: Int? = from
        if take(",") { to = number() }
        guard take("}") else {
            position = start
            return nil
        }
        guard from <= Self.repetitions, (to ?? from) <= Self.repetitions, (to ?? from) >= from else {
            throw ExpressionError("its bounds of a repetition are wrong, or above \(Self.repetitions)")
        }
        return (from, to)
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = next, ("0"..."9").contains(scalar), position - start < 6 { position += 1 }
        return start == position ? nil : Int(String(String.UnicodeScalarView(source[start..<position])))
    }

    private mutating func atom() throws(ExpressionError) -> ExpressionNode {
        guard let scalar = next else { return .empty }
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try ScalarClassParser.parse(source, &position, ignoresCase: flags.ignoresCase))
        case ".": return .scalar(flags.dotIsAny ? .any : .anyInLine)
        case "^": return .assertion(flags.isMultiline ? .startOfLine : .startOfText)
        case "$": return .assertion(flags.isMultiline ? .endOfLine : .endOfText)
        case "*", "+", "?": throw ExpressionError("there is nothing before \"\(scalar)\" to be repeated")
        case "\\": return try escape()
        default: return .scalar(.one(scalar, ignoresCase: flags.ignoresCase))
        }
    }

    private mutating func escape() throws(ExpressionError) -> ExpressionNode {
        switch next {
        case "A"?: position += 1; return .assertion(.startOfText)
        case "z"?: position += 1; return .assertion(.endOfText)
        case "b"?: position += 1; return .assertion(.wordBoundary)
        case "B"?: position += 1; return .assertion(.noWordBoundary)
        default:
            return .scalar(try ScalarClassParser.escape(source, &position, ignoresCase: flags.ignoresCase))
        }
    }

    private mutating func group() throws(ExpressionError) -> ExpressionNode {
        let outer = flags
        if take("?") {
            if take("P<") || take("<") {
                while let scalar = next, scalar != ">" { position += 1 }
                guard take(">") else { throw ExpressionError("the name of a group does not end") }
            } else if try !takeFlags() {
                // They hold up to the end of the group that they stand in.
                return .empty
            }
        }
        let node = try alternatives()
        flags = outer
        guard take(")") else { throw ExpressionError("a parenthesis is not closed") }
        return node
    }

    /// Reads `i-s:` or `i)`; false after the second, which is no group.
    private mutating func takeFlags() throws(ExpressionError) -> Bool {
        var isOn = true
        while let scalar = next {
            position += 1
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotIsAny = isOn
            case "U": break
            case "-": isOn = false
            case ":": return true
            case ")": return false
            default: throw ExpressionError("there is no flag \"\(scalar)\"")
            }
        }
        throw ExpressionError("a parenthesis is not closed")
    }
}
