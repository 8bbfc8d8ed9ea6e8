/// Shell patterns over paths.
enum Glob {
    /// As Go's `filepath.Match`: `*` and `?` stop at a slash.
    static func matches(_ path: String, _ pattern: String) -> Bool {
        Matcher(pattern: Array(pattern.unicodeScalars), text: Array(path.unicodeScalars), isExtended: false).run()
    }

    /// As `.Files.Glob`: `**` goes on behind slashes, and `{a,b}` is either.
    static func matchesExtended(_ path: String, _ pattern: String) -> Bool {
        alternatives(pattern).contains {
            Matcher(pattern: Array($0.unicodeScalars), text: Array(path.unicodeScalars), isExtended: true).run()
        }
    }

    /// The patterns that one with braces stands for; at most a few hundred of them.
    private static func alternatives(_ pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else { return [pattern] }
        let options = pattern[pattern.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
        let rest = alternatives(String(pattern[pattern.index(after: close)...]))
        let combined = options.prefix(64).flatMap { option in rest.map { String(pattern[..<open]) + option + $0 } }
        return Array(combined.prefix(512))
    }

    private struct Matcher {
        let pattern: [Unicode.Scalar]
        let text: [Unicode.Scalar]
        let isExtended: Bool

        func run() -> Bool {
            // Which places of the pattern are reached, one step of the text after another: no backtracking.
            var states = closure([0])
            for scalar in text {
                var next: Set<Int> = []
                for state in states where state < pattern.count {
                    if let after = step(state, scalar) { next.insert(after) }
                }
                states = closure(next)
                if states.isEmpty { return false }
            }
            return states.contains(pattern.count)
        }

        private func isDouble(_ state: Int) -> Bool {
            isExtended && state + 1 < pattern.count && pattern[state] == "*" && pattern[state + 1] == "*"
        }

        private func closure(_ states: Set<Int>) -> Set<Int> {
            var all = states
            var work = Array(states)
            while let state = work.popLast() {
                guard state < pattern.count, pattern[state] == "*" else { continue }
                let after = state + (isDouble(state) ? 2 : 1)
                if all.insert(after).inserted { work.append(after) }
            }
            return all
        }

        private func step(_ state: Int, _ scalar: Unicode.Scalar) -> Int? {
            switch pattern[state] {
            case "*": return scalar == "/" && !isDouble(state) ? nil : state
            case "?": return scalar == "/" ? nil : state + 1
            case "[": return matchClass(state, scalar)
            case "\\" where state + 1 < pattern.count: return pattern[state + 1] == scalar ? state + 2 : nil
            case let literal: return literal == scalar ? state + 1 : nil
            }
        }

        private func matchClass(_ state: Int, _ scalar: Unicode.Scalar) -> Int? {
            guard let close = pattern[(state + 1)...].dropFirst().firstIndex(of: "]") else { return nil }
            var members = pattern[(state + 1)..<close]
            let isNegated = members.first == "^" || members.first == "!"
            if isNegated { members = members.dropFirst() }
            var found = false
            var index = members.startIndex
            while index < members.endIndex {
                if index + 2 < members.endIndex, members[index + 1] == "-" {
                    if members[index] <= scalar, scalar <= members[index + 2] { found = true }
                    index += 3
                } else {
                    if members[index] == scalar { found = true }
                    index += 1
                }
            }
            return found != isNegated ? close + 1 : nil
        }
    }
}
