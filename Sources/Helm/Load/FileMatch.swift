/// A pattern as Go's `filepath.Match` has it: `*` and `?` stop at a slash, `[^a-z]` is a class, `\` takes a sign as itself.
struct FileMatch {
    private enum Part {
        case sign(Unicode.Scalar)
        case one, some
        case ranges([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    private let parts: [Part]

    /// nil for what cannot be read.
    init?(_ pattern: String) {
        var parts: [Part] = []
        var rest = Array(pattern.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": parts.append(.some)
            case "?": parts.append(.one)
            case "[":
                guard let part = Self.ranges(&rest) else { return nil }
                parts.append(part)
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                parts.append(.sign(escaped))
            default: parts.append(.sign(scalar))
            }
        }
        self.parts = parts
    }

    private static func ranges(_ rest: inout ArraySlice<Unicode.Scalar>) -> Part? {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var count = 0
        while count == 0 || rest.first != "]" {
            guard let low = member(&rest) else { return nil }
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                guard let end = member(&rest) else { return nil }
                high = end
            }
            count += 1
            // One that is the wrong way round has nothing in it.
            if low <= high { ranges.append(low...high) }
        }
        rest.removeFirst()
        return .ranges(ranges, isNegated: isNegated)
    }

    private static func member(_ rest: inout ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
        guard let scalar = rest.popFirst(), scalar != "-", scalar != "]" else { return nil }
        guard scalar == "\\" else { return rest.isEmpty ? nil : scalar }
        guard let escaped = rest.popFirst(), !rest.isEmpty else { return nil }
        return escaped
    }

    func matches(_ path: String) -> Bool {
        // Which parts may come next, one sign of the path after another: no backtracking.
        var states = closure([0])
        for scalar in path.unicodeScalars {
            states = closure(Set(states.compactMap { after($0, scalar) }))
            if states.isEmpty { return false }
        }
        return states.contains(parts.count)
    }

    private func closure(_ states: Set<Int>) -> Set<Int> {
        var all = states
        for state in states {
            var next = state
            while next < parts.count, case .some = parts[next] {
                next += 1
                all.insert(next)
            }
        }
        return all
    }

    private func after(_ state: Int, _ scalar: Unicode.Scalar) -> Int? {
        guard state < parts.count else { return nil }
        switch parts[state] {
        case .sign(let wanted): return wanted == scalar ? state + 1 : nil
        case .one: return scalar == "/" ? nil : state + 1
        case .some: return scalar == "/" ? nil : state
        case .ranges(let ranges, let isNegated): return ranges.contains { $0.contains(scalar) } != isNegated ? state + 1 : nil
        }
    }
}
