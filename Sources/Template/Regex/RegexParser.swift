/// Reads the syntax of RE2, which is Go's. Throws `GoError` in Go's words.
struct RegexParser {
    let text: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    var depth = 0
    private(set) var groups = 0
    private(set) var names: [String: Int] = [:]

    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var isUngreedy = false
    }

    static let maximumRepeat = 1000
    static let maximumDepth = 250

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    mutating func parse() throws -> RegexNode {
        let node = try alternatives()
        guard position >= text.count else { throw error("unexpected )", String(String.UnicodeScalarView(text))) }
        return node
    }

    func error(_ problem: String, _ part: String) -> GoError { GoError("error parsing regexp: \(problem): `\(part)`") }

    var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

    func slice(from start: Int) -> String { String(String.UnicodeScalarView(text[start..<min(position, text.count)])) }

    mutating func alternatives() throws -> RegexNode {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("expression nests too deeply", String(String.UnicodeScalarView(text))) }
        defer { depth -= 1 }
        var branches = [try sequence()]
        while current == "|" {
            position += 1
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    mutating func sequence() throws -> RegexNode {
        var nodes: [RegexNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            let start = position
            guard let atom = try atom() else { continue }
            nodes.append(try repeated(atom, from: start))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    // MARK: Repetition

    mutating func repeated(_ atom: RegexNode, from start: Int) throws -> RegexNode {
        var node = atom
        var lastOperator: Int?
        while true {
            let begin = position
            guard let (low, high) = try bounds() else { return node }
            var isGreedy = !flags.isUngreedy
            if current == "?" {
                position += 1
                isGreedy.toggle()
            }
            if let lastOperator { throw error("invalid nested repetition operator", slice(from: lastOperator)) }
            lastOperator = begin
            node = .repetition(node, min: low, max: high, isGreedy: isGreedy)
        }
    }

    mutating func bounds() throws -> (Int, Int?)? {
        switch current {
        case "*":
            position += 1
            return (0, nil)
        case "+":
            position += 1
            return (1, nil)
        case "?":
            position += 1
            return (0, 1)
        case "{": return try braces()
        default: return nil
        }
    }

    /// `{2}`, `{2,}`, `{2,3}`; anything else in braces is text.
    mutating func braces() throws -> (Int, Int?)? {
        let start = position
        position += 1
        guard let low = number() else {
            position = start
            return nil
        }
        var high: Int? = low
        if current == "," {
            position += 1
            high = current == "}" ? nil : number()
            if high == nil, current != "}" {
                position = start
                return nil
            }
        }
        guard current == "}" else {
            position = start
            return nil
        }
        position += 1
        guard low <= Self.maximumRepeat, (high ?? 0) <= Self.maximumRepeat, high.map({ low <= $0 }) ?? true else {
            throw error("invalid repeat count", slice(from: start))
        }
        return (low, high)
    }

    mutating func number() -> Int? {
        let start = position
        while let scalar = current, (0x30...0x39).contains(scalar.value) { position += 1 }
        return position == start ? nil : Int(String(slice(from: start).prefix(6)))
    }

    // MARK: Atoms

    mutating func atom() throws -> RegexNode? {
        let start = position
        guard let scalar = current else { return .empty }
        position += 1
        switch scalar {
        case "(": return try group(from: start)
        case "[":
            return .set(try characterClass(from: start))
        case ".": return .set(RegexSet(ranges: flags.dotMatchesNewline ? [0...0x10FFFF] : [0...9, 11...0x10FFFF]))
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "*", "+", "?":
            throw error("missing argument to repetition operator", String(scalar))
        case "\\": return try escape(from: start)
        default: return literal(scalar)
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        .set(RegexSet(ranges: [scalar.value...scalar.value], foldsCase: flags.ignoresCase))
    }

    mutating func group(from start: Int) throws -> RegexNode? {
        let outer = flags
        guard current == "?" else { return try capture(start, name: nil, outer) }
        position += 1
        if current == "P" || current == "<" {
            if current == "P" { position += 1 }
            guard current == "<", let close = text[position...].firstIndex(of: ">") else {
                position = text.count
                throw error("invalid named capture", slice(from: start))
            }
            let name = String(String.UnicodeScalarView(text[(position + 1)..<close]))
            position = close + 1
            guard !name.isEmpty,
                name.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F })
            else { throw error("invalid named capture", slice(from: start)) }
            guard names[name] == nil else { throw error("duplicate capture group name", name) }
            return try capture(start, name: name, outer)
        }
        try readFlags(from: start)
        if current == ")" {
            position += 1
            return nil
        }
        position += 1
        let node = try alternatives()
        try close(start)
        flags = outer
        return node
    }

    mutating func capture(_ start: Int, name: String?, _ outer: Flags) throws -> RegexNode {
        groups += 1
        let index = groups
        if let name { names[name] = index }
        let node = try alternatives()
        try close(start)
        flags = outer
        return .group(node, index: index)
    }

    mutating func close(_ start: Int) throws {
        guard current == ")" else { throw error("missing closing )", String(String.UnicodeScalarView(text))) }
        position += 1
    }

    mutating func readFlags(from start: Int) throws {
        var value = true
        var changed = false
        while let scalar = current {
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotMatchesNewline = value
            case "U": flags.isUngreedy = value
            case "-" where value:
                value = false
                changed = false
                position += 1
                continue
            case ":" where value || changed, ")" where value || changed: return
            default:
                position += 1
                throw error("invalid or unsupported Perl syntax", slice(from: start))
            }
            changed = true
            position += 1
        }
        throw error("missing closing )", String(String.UnicodeScalarView(text)))
    }
}
