import Manifests
import Model

/// A selector in the text form of Kubernetes: `app=web,tier!=cache,env in (a,b),!legacy`. Empty selects everything.
struct LabelSelector: Sendable, Hashable {
    private enum Condition: Sendable, Hashable {
        case anyOf(Set<String>)
        case noneOf(Set<String>)
        case exists
        case missing
        case greater(Int64)
        case less(Int64)
    }

    private struct Requirement: Sendable, Hashable {
        var key: String
        var condition: Condition
    }

    private var requirements: [Requirement] = []

    init() {}

    init(_ text: String, field: String, origin: Origin) throws {
        for part in Self.split(text) {
            guard let requirement = Self.requirement(part) else {
                throw PlumbError(
                    .invalid, "\(part.quoted) in \(field) is not a label selector.",
                    remedy: "Write key=value, key!=value, key in (a,b), key notin (a,b), key or !key, with commas between them.",
                    at: origin
                )
            }
            requirements.append(requirement)
        }
    }

    func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            let value = labels[requirement.key]
            return switch requirement.condition {
            case .anyOf(let values): value.map(values.contains) ?? false
            case .noneOf(let values): value.map { !values.contains($0) } ?? true
            case .exists: value != nil
            case .missing: value == nil
            case .greater(let bound): value.flatMap { Int64($0) }.map { $0 > bound } ?? false
            case .less(let bound): value.flatMap { Int64($0) }.map { $0 < bound } ?? false
            }
        }
    }

    /// Splits at the commas outside of parentheses.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        let all = (parts + [current]).map(trimmed)
        return all == [""] ? [] : all
    }

    private static func requirement(_ text: String) -> Requirement? {
        if text.hasPrefix("!") { return named(trimmed(String(text.dropFirst())), .missing) }
        for (symbol, negated) in [("!=", true), ("==", false), ("=", false)] {
            guard let range = text.firstRange(of: symbol) else { continue }
            let value = trimmed(String(text[range.upperBound...]))
            return named(trimmed(String(text[..<range.lowerBound])), negated ? .noneOf([value]) : .anyOf([value]))
        }
        for (symbol, less) in [("<", true), (">", false)] {
            guard let range = text.firstRange(of: symbol), let bound = Int64(trimmed(String(text[range.upperBound...]))) else {
                continue
            }
            return named(trimmed(String(text[..<range.lowerBound])), less ? .less(bound) : .greater(bound))
        }
        guard let open = text.firstIndex(of: "(") else { return named(text, .exists) }
        guard text.hasSuffix(")") else { return nil }
        let words = text[..<open].split(whereSeparator: \.isWhitespace).map(String.init)
        let inside = text[text.index(after: open)...].dropLast()
        let values = Set(inside.split(separator: ",", omittingEmptySubsequences: false).map { trimmed(String($0)) })
        guard words.count == 2 else { return nil }
        return switch words[1] {
        case "in": named(words[0], .anyOf(values))
        case "notin": named(words[0], .noneOf(values))
        default: nil
        }
    }

    private static func named(_ key: String, _ condition: Condition) -> Requirement? {
        key.isEmpty || key.contains(where: { $0.isWhitespace || "()!=,".contains($0) })
            ? nil : Requirement(key: key, condition: condition)
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
