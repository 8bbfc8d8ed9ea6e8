/// A regular expression in RE2's syntax that is matched without going back: its time is bounded by the lengths of
/// expression and text, whatever either says.
struct Expression: Sendable {
    private enum Step: Sendable {
        case scalar(ScalarMatcher)
        case assertion(ExpressionAssertion)
        case either(Int, Int)
        case jump(Int)
        case end
    }

    /// Steps that one expression may take.
    private static let size = 10_000

    private var steps: [Step] = []

    init(_ source: String) throws(ExpressionError) {
        var parser = ExpressionParser(source)
        try compile(try parser.parse())
        steps.append(.end)
    }

    private mutating func compile(_ node: ExpressionNode) throws(ExpressionError) {
        guard steps.count < Self.size else { throw ExpressionError("it is too large") }
        switch node {
        case .empty: return
        case .scalar(let matcher): steps.append(.scalar(matcher))
        case .assertion(let assertion): steps.append(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .alternatives(let nodes):
            var ends: [Int] = []
            for node in nodes.dropLast() {
                let fork = steps.count
                steps.append(.jump(0))
                try compile(node)
                ends.append(steps.count)
                steps.append(.jump(0))
                steps[fork] = .either(fork + 1, steps.count)
            }
            if let last = nodes.last { try compile(last) }
            for end in ends { steps[end] = .jump(steps.count) }
        case .repeated(let node, let from, let to):
            for _ in 0..<from {
                let before = steps.count
                try compile(node)
                // Nothing, however often: the bound on steps would not end this.
                if steps.count == before { break }
            }
            guard let to else {
                let fork = steps.count
                steps.append(.jump(0))
                try compile(node)
                steps.append(.jump(fork))
                steps[fork] = .either(fork + 1, steps.count)
                return
            }
            for _ in from..<to {
                let fork = steps.count
                steps.append(.jump(0))
                try compile(node)
                steps[fork] = .either(fork + 1, steps.count)
            }
        }
    }

    /// Whether it matches all of the text.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var run = Run(steps: steps, text: scalars)
        run.follow(0, at: 0)
        for position in scalars.indices {
            let current = run.waiting
            guard !current.isEmpty else { return false }
            run.begin()
            for index in current {
                guard case .scalar(let matcher) = steps[index], matcher.matches(scalars[position]) else { continue }
                run.follow(index + 1, at: position + 1)
            }
        }
        return run.isAtEnd
    }

    /// The steps that may come next, all at once.
    private struct Run {
        let steps: [Step]
        let text: [Unicode.Scalar]
        private(set) var waiting: [Int] = []
        private(set) var isAtEnd = false
        private var seen: [Int]
        private var round = 1

        init(steps: [Step], text: [Unicode.Scalar]) {
            self.steps = steps
            self.text = text
            seen = Array(repeating: 0, count: steps.count)
        }

        mutating func begin() {
            waiting = []
            isAtEnd = false
            round += 1
        }

        mutating func follow(_ start: Int, at position: Int) {
            var open = [start]
            while let index = open.popLast() {
                guard seen[index] != round else { continue }
                seen[index] = round
                switch steps[index] {
                case .scalar: waiting.append(index)
                case .assertion(let assertion): if holds(assertion, at: position) { open.append(index + 1) }
                case .either(let first, let second): open += [second, first]
                case .jump(let target): open.append(target)
                case .end: isAtEnd = true
                }
            }
        }

        private func holds(_ assertion: ExpressionAssertion, at position: Int) -> Bool {
            let before = position > 0 ? text[position - 1] : nil
            let after = position < text.count ? text[position] : nil
            let isBoundary = before.map(ScalarMatcher.isWord) ?? false != after.map(ScalarMatcher.isWord) ?? false
            return switch assertion {
            case .startOfText: before == nil
            case .endOfText: after == nil
            case .startOfLine: before == nil || before == "\n"
            case .endOfLine: after == nil || after == "\n"
            case .wordBoundary: isBoundary
            case .noWordBoundary: !isBoundary
            }
        }
    }
}
