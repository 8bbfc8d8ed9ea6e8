import Manifests
import Model

/// Where a field stands in an object: a JSON pointer whose steps into a list name the element (`[name=app]`) instead of counting.
struct FieldPath: Hashable, CustomStringConvertible {
    enum Step: Hashable {
        /// A member of a mapping, or the index of an element.
        case key(String)
        /// The element of a list that has these values, written as text.
        case element([String: String])
        /// The element of a set that is this value, written as text.
        case value(String)
    }

    var steps: [Step] = []

    init(_ steps: [Step] = []) { self.steps = steps }

    /// Reads `/spec/template/spec/containers/[name=app]/image`. Throws `invalid` for what is no pointer.
    init(parsing text: String) throws {
        guard text.hasPrefix("/"), text.count > 1 else {
            throw PlumbError(
                .invalid, "\(text.quoted) is no path to a field.", remedy: "Write it from the root, as in /spec/replicas.")
        }
        steps = try Self.segments(of: text.dropFirst()).map { segment in
            guard segment.hasPrefix("["), segment.hasSuffix("]") else { return .key(Self.unescape(segment)) }
            var pairs: [String: String] = [:]
            for pair in segment.dropFirst().dropLast().split(separator: ",") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else {
                    throw PlumbError(.invalid, "\(text.quoted) has a selector that is not [name=value].")
                }
                pairs[Self.unescape(String(parts[0]))] = Self.unescape(String(parts[1]))
            }
            return .element(pairs)
        }
    }

    func appending(_ step: Step) -> FieldPath { FieldPath(steps + [step]) }
    func appending(_ key: String) -> FieldPath { appending(.key(key)) }

    /// Whether this is `other` or lies below it.
    func isInside(_ other: FieldPath) -> Bool {
        steps.count >= other.steps.count && zip(steps, other.steps).allSatisfy { Self.matches($0, selector: $1) }
    }

    var description: String {
        steps.map { step in
            switch step {
            case .key(let key): "/" + Self.escape(key)
            case .element(let pairs):
                "/[" + pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escape($0.value))" }.joined(separator: ",") + "]"
            case .value(let value): "/[\(Self.escape(value))]"
            }
        }.joined()
    }

    private static func matches(_ step: Step, selector: Step) -> Bool {
        guard case .element(let pairs) = step, case .element(let wanted) = selector else { return step == selector }
        return wanted.allSatisfy { pairs[$0.key] == $0.value }
    }

    /// Splits at slashes, but not inside brackets, where a value may be a path itself: `[mountPath=/data]`.
    private static func segments(of text: Substring) -> [String] {
        var segments = [""]
        var isInBrackets = false
        for character in text {
            if character == "[" { isInBrackets = true }
            if character == "]" { isInBrackets = false }
            if character == "/" && !isInBrackets { segments.append("") } else { segments[segments.count - 1].append(character) }
        }
        return segments
    }

    private static func escape(_ text: String) -> String {
        text.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    private static func unescape(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let first = rest.first {
            let isSlash = rest.hasPrefix("~1")
            let isTilde = rest.hasPrefix("~0")
            result.append(isSlash ? "/" : isTilde ? "~" : first)
            rest = rest.dropFirst(isSlash || isTilde ? 2 : 1)
        }
        return result
    }
}
