/// A pattern of `.Files.Glob`, read as Helm's library (github.com/gobwas/glob) reads it, with a slash as separator.
///
/// `*` and `?` stop at a slash, `**` does not; `[a-z]`, `[!ab]` and `{a,{b,c}}` are as in shells, `\` takes a sign as itself.
struct GlobPattern {
    private indirect enum Part {
        case text([Unicode.Scalar])
        case one, some, any
        case members(Set<Unicode.Scalar>, isNegated: Bool)
        case range(ClosedRange<Unicode.Scalar>, isNegated: Bool)
        case either([[Part]])

        /// In signs; nil for what can have several. Options of several lengths before others of a single one do not count, in the library.
        var length: Int? {
            switch self {
            case .text(let text): return text.count
            case .one, .members, .range: return 1
            case .some, .any: return nil
            case .either(let options):
                let lengths = options.map { Self.length(of: $0) }
                let counted = lengths.drop { $0 == nil }
                guard let first = counted.first, counted.allSatisfy({ $0 == first }) else { return nil }
                return first
            }
        }

        private static func length(of parts: [Part]) -> Int? {
            var sum = 0
            for part in parts {
                guard let length = part.length else { return nil }
                sum += length
            }
            return sum
        }
    }

    /// Of a pattern, in bytes.
    static let limit = 4096

    private let parts: [Part]

    /// One that cannot be read matches everything, as in Helm.
    init(_ pattern: String) {
        var reader = Reader(scalars: Array(pattern.unicodeScalars))
        parts = reader.parts(isInside: false) ?? [.any]
    }

    func matches(_ path: String) -> Bool {
        let text = Array(path.unicodeScalars)
        if parts.count == 3, case .text(let first) = parts[0], case .any = parts[1], case .text(let last) = parts[2] {
            // The library looks at both ends, which may overlap: `a/**/b` has `a/b` too.
            return text.starts(with: first) && text.reversed().starts(with: last.reversed())
        }
        return Self.ends(parts[...], text, from: [0]).contains(text.count)
    }

    /// Where what matches ends, wherever it began: no backtracking.
    private static func ends(_ parts: ArraySlice<Part>, _ text: [Unicode.Scalar], from starts: Set<Int>) -> Set<Int> {
        var starts = starts
        for (index, part) in zip(parts.indices, parts) where !starts.isEmpty {
            let neighbours = [index - 1, index + 1].filter(parts.indices.contains)
            if case .either = part, let length = part.length, neighbours.contains(where: { parts[$0].length != nil }) {
                // What the library takes for a row of fixed widths.
                starts = Set(starts.filter { ends(part, text, from: [$0]).contains($0 + length) }.map { $0 + length })
            } else {
                starts = ends(part, text, from: starts)
            }
        }
        return starts
    }

    private static func ends(_ part: Part, _ text: [Unicode.Scalar], from starts: Set<Int>) -> Set<Int> {
        func step(_ holds: (Unicode.Scalar) -> Bool) -> Set<Int> {
            Set(starts.filter { $0 < text.count && holds(text[$0]) }.map { $0 + 1 })
        }
        switch part {
        case .text(let wanted): return Set(starts.filter { text[$0...].starts(with: wanted) }.map { $0 + wanted.count })
        case .one: return step { $0 != "/" }
        case .members(let members, let isNegated): return step { members.contains($0) != isNegated }
        case .range(let range, let isNegated): return step { range.contains($0) != isNegated }
        case .any: return Set((starts.min() ?? 0)...text.count)
        case .some:
            var ends = starts
            for index in (starts.min() ?? 0)..<text.count where ends.contains(index) && text[index] != "/" {
                ends.insert(index + 1)
            }
            return ends
        case .either(let options): return options.reduce(into: []) { $0.formUnion(ends($1[...], text, from: starts)) }
        }
    }

    // MARK: Reading

    private struct Reader {
        private let scalars: [Unicode.Scalar]
        private var position = 0
        private var depth = 0
        /// Of braces inside each other.
        private static let maximumDepth = 50

        init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

        private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

        /// Up to the end, inside braces to what ends an option; nil for what cannot be read.
        mutating func parts(isInside: Bool) -> [Part]? {
            var parts: [Part] = []
            while let scalar = current {
                switch scalar {
                case "*":
                    position += 1
                    if current == "*" {
                        position += 1
                        parts.append(.any)
                    } else {
                        parts.append(.some)
                    }
                case "?":
                    position += 1
                    parts.append(.one)
                case "[":
                    guard let part = members() else { return nil }
                    parts.append(part)
                case "{":
                    guard let part = either() else { return nil }
                    parts.append(part)
                case "}" where isInside, "," where isInside: return parts
                default: parts.append(.text(text(isInside: isInside)))
                }
            }
            return parts
        }

        /// What the scalar here stands for, and goes on behind it; a backslash at the end is nothing.
        private mutating func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
            position += 1
            guard scalar == "\\" else { return scalar }
            defer { position = min(position + 1, scalars.count) }
            return current
        }

        private mutating func text(isInside: Bool) -> [Unicode.Scalar] {
            var text: [Unicode.Scalar] = []
            while let scalar = current, !"*?[{".unicodeScalars.contains(scalar), !(isInside && (scalar == "}" || scalar == ",")) {
                if let sign = sign(scalar) { text.append(sign) }
            }
            return text
        }

        /// A brace that is never closed is closed by the end.
        private mutating func either() -> Part? {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth else { return nil }
            var options: [[Part]] = []
            repeat {
                position += 1
                guard let option = parts(isInside: true) else { return nil }
                options.append(option)
            } while current == ","
            position += 1
            // Nothing at all between braces is nowhere.
            return .either(options.count == 1 && options[0].isEmpty ? [] : options)
        }

        /// Either one range and nothing else, or a list of signs.
        private mutating func members() -> Part? {
            position += 1
            let isNegated = current == "!"
            if isNegated { position += 1 }
            if position + 1 < scalars.count, scalars[position + 1] == "-" {
                guard position + 3 < scalars.count, scalars[position + 3] == "]", scalars[position] <= scalars[position + 2] else {
                    return nil
                }
                defer { position += 4 }
                return .range(scalars[position]...scalars[position + 2], isNegated: isNegated)
            }
            var members: Set<Unicode.Scalar> = []
            while let scalar = current, scalar != "]" {
                if let sign = sign(scalar) { members.insert(sign) }
            }
            guard current == "]", !members.isEmpty else { return nil }
            position += 1
            return .members(members, isNegated: isNegated)
        }
    }
}
