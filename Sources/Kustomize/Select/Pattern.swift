import Manifests
import Model

/// A regular expression that has to match a whole text, as the selectors of Kustomize do.
struct Pattern {
    private let literal: String?
    private let expression: Expression?

    /// Longer subjects match nothing: no name comes near, and matching stays cheap.
    private static let subjectLimit = 4_096

    /// Reads `source`, an expression in the syntax of RE2; `suffix` is appended to it outside of its alternatives.
    init(_ source: String, suffix: String = "", field: String, origin: Origin?) throws {
        guard source.count <= KustomizeLimits.pattern else {
            throw PlumbError(.limit, "The expression in \(field) is longer than \(KustomizeLimits.pattern) characters.", at: origin)
        }
        if suffix.isEmpty, !source.contains(where: { #"\.+*?()|[]{}^$"#.contains($0) }) {
            literal = source
            expression = nil
            return
        }
        literal = nil
        do {
            expression = try Expression("(?:\(source))\(suffix)")
        } catch {
            throw PlumbError(
                .invalid, "\(source.quoted) in \(field) is not a regular expression: \(error.message).", remedy: "Correct it.",
                at: origin)
        }
    }

    func matches(_ text: String) -> Bool {
        if let literal { return literal == text }
        guard let expression, text.utf8.count <= Self.subjectLimit else { return false }
        return expression.matches(text)
    }
}
