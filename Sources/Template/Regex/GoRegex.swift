/// A regular expression with the meaning that Go's gives it, matched in time linear in the text.
struct GoRegex {
    enum Instruction {
        case set(RegexSet)
        /// Goes on at both, the first of them preferred.
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case assert(RegexAssertion)
        case match
    }

    private(set) var program: [Instruction] = []
    private(set) var groups = 0
    private(set) var names: [String: Int] = [:]
    /// More than any expression that a person wrote.
    private static let maximumSize = 20_000

    init(_ pattern: String) throws {
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        groups = parser.groups
        names = parser.names
        try compile(.group(node, index: 0), pattern)
        program.append(.match)
    }

    private mutating func compile(_ node: RegexNode, _ pattern: String) throws {
        guard program.count < Self.maximumSize else { throw GoError("error parsing regexp: expression too large: `\(pattern)`") }
        switch node {
        case .empty: break
        case .set(let set): program.append(.set(set))
        case .assertion(let assertion): program.append(.assert(assertion))
        case .sequence(let nodes): for node in nodes { try compile(node, pattern) }
        case .group(let node, let index):
            program.append(.save(index * 2))
            try compile(node, pattern)
            program.append(.save(index * 2 + 1))
        case .alternatives(let nodes): try compile(alternatives: nodes, pattern)
        case .repetition(let node, let low, let high, let isGreedy): try compile(node, low, high, isGreedy, pattern)
        }
    }

    private mutating func compile(alternatives nodes: [RegexNode], _ pattern: String) throws {
        var exits: [Int] = []
        for (index, node) in nodes.enumerated() {
            guard index + 1 < nodes.count else {
                try compile(node, pattern)
                break
            }
            let split = program.count
            program.append(.match)
            try compile(node, pattern)
            exits.append(program.count)
            program.append(.match)
            program[split] = .split(split + 1, program.count)
        }
        for exit in exits { program[exit] = .jump(program.count) }
    }

    private mutating func compile(_ node: RegexNode, _ low: Int, _ high: Int?, _ isGreedy: Bool, _ pattern: String) throws {
        for _ in 0..<low { try compile(node, pattern) }
        guard let high else {
            let split = program.count
            program.append(.match)
            try compile(node, pattern)
            program.append(.jump(split))
            program[split] = Self.split(split + 1, program.count, isGreedy)
            return
        }
        var splits: [Int] = []
        for _ in low..<max(low, high) {
            splits.append(program.count)
            program.append(.match)
            try compile(node, pattern)
        }
        for split in splits { program[split] = Self.split(split + 1, program.count, isGreedy) }
    }

    private static func split(_ body: Int, _ after: Int, _ isGreedy: Bool) -> Instruction {
        isGreedy ? .split(body, after) : .split(after, body)
    }

    /// Told of work that is done, it throws when that was too much.
    typealias Budget = (Int) throws -> Void

    /// The places of the groups of the first match at or after `start`, in bytes; the whole match is group 0. Throws what
    /// `budget` throws.
    func match(in text: RegexText, from start: Int, budget: Budget) throws -> [Int]? {
        var machine = RegexMachine(regex: self, text: text)
        return try machine.run(from: start, budget)
    }

    /// All matches, as Go finds them: an empty one right behind another does not count.
    func matches(in text: RegexText, limit: Int = -1, budget: Budget) throws -> [[Int]] {
        var result: [[Int]] = []
        var start = 0
        var previousEnd = -1
        while start <= text.bytes.count, limit < 0 || result.count < limit,
            let match = try match(in: text, from: start, budget: budget)
        {
            var isAccepted = true
            if match[1] == start, match[0] == match[1] {
                if match[0] == previousEnd { isAccepted = false }
                start = text.next(after: start)
            } else {
                start = match[1]
                if match[0] == match[1] { isAccepted = match[0] != previousEnd }
                if match[0] == match[1] { start = text.next(after: match[1]) }
            }
            previousEnd = match[1]
            if isAccepted { result.append(match) }
        }
        return result
    }
}

/// A text and its characters.
struct RegexText {
    let bytes: [UInt8]

    func character(at position: Int) -> (Unicode.Scalar, Int)? {
        guard position < bytes.count else { return nil }
        return Runes.decode(bytes, at: position) ?? ("\u{FFFD}", 1)
    }

    func next(after position: Int) -> Int { position + (character(at: position)?.1 ?? 1) }

    func isWord(at position: Int) -> Bool {
        guard bytes.indices.contains(position) else { return false }
        let byte = bytes[position]
        return (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }

    func holds(_ assertion: RegexAssertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == bytes.count
        case .lineStart: position == 0 || bytes[position - 1] == 0x0A
        case .lineEnd: position == bytes.count || bytes[position] == 0x0A
        case .wordBoundary: isWord(at: position - 1) != isWord(at: position)
        case .noWordBoundary: isWord(at: position - 1) == isWord(at: position)
        }
    }
}

/// Runs all ways through a program at once, the preferred ones first.
private struct RegexMachine {
    private struct Thread {
        let instruction: Int
        let places: [Int]
    }

    let regex: GoRegex
    let text: RegexText
    private var visited: [Int]
    private var generation = 0
    /// Instructions that were followed and not yet told of.
    private var work: Int

    init(regex: GoRegex, text: RegexText) {
        self.regex = regex
        self.text = text
        visited = Array(repeating: 0, count: regex.program.count)
        // Making a machine is work of its own.
        work = 1 + regex.program.count / 64
    }

    mutating func run(from start: Int, _ budget: GoRegex.Budget) throws -> [Int]? {
        let outcome = try advance(from: start, budget)
        try budget(work)
        return outcome
    }

    private mutating func advance(from start: Int, _ budget: GoRegex.Budget) throws -> [Int]? {
        var position = start
        var threads: [Thread] = []
        var matched: [Int]?
        let none = Array(repeating: -1, count: (regex.groups + 1) * 2)
        while true {
            generation += 1
            if work > 1000 {
                try budget(work)
                work = 0
            }
            var current: [Thread] = []
            for thread in threads { add(thread.instruction, thread.places, position, &current) }
            if matched == nil { add(0, none, position, &current) }
            if current.isEmpty, matched != nil { return matched }
            let character = text.character(at: position)
            threads = []
            walk: for thread in current {
                switch regex.program[thread.instruction] {
                case .match:
                    // Whatever comes behind a match is not preferred to it.
                    matched = thread.places
                    break walk
                case .set(let set):
                    if let (scalar, _) = character, set.contains(scalar) {
                        threads.append(Thread(instruction: thread.instruction + 1, places: thread.places))
                    }
                default: continue
                }
            }
            guard let (_, length) = character else { return matched }
            position += length
        }
    }

    /// Follows everything that takes no character.
    private mutating func add(_ start: Int, _ places: [Int], _ position: Int, _ threads: inout [Thread]) {
        var stack = [Thread(instruction: start, places: places)]
        while let thread = stack.popLast() {
            work += 1
            guard visited[thread.instruction] != generation else { continue }
            visited[thread.instruction] = generation
            switch regex.program[thread.instruction] {
            case .jump(let target): stack.append(Thread(instruction: target, places: thread.places))
            case .split(let first, let second):
                stack.append(Thread(instruction: second, places: thread.places))
                stack.append(Thread(instruction: first, places: thread.places))
            case .save(let slot):
                var places = thread.places
                places[slot] = position
                stack.append(Thread(instruction: thread.instruction + 1, places: places))
            case .assert(let assertion):
                if text.holds(assertion, at: position) {
                    stack.append(Thread(instruction: thread.instruction + 1, places: thread.places))
                }
            case .set, .match: threads.append(thread)
            }
        }
    }
}

/// A regular expression for other modules.
package struct GoPattern {
    private let regex: GoRegex

    /// Throws `GoError` in Go's words.
    package init(_ pattern: String) throws { regex = try GoRegex(pattern) }

    /// Whether it matches somewhere in the text. `budget` is told of instructions that were followed, and may throw.
    package func matches(_ text: String, budget: (Int) throws -> Void) throws -> Bool {
        try regex.match(in: RegexText(bytes: Array(text.utf8)), from: 0, budget: budget) != nil
    }
}
