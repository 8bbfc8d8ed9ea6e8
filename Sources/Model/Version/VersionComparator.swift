/// One condition of a range, as in `>=1.2`. What is left out of its version, or is `x` there, stands for any number.
struct VersionComparator: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case equal, notEqual, above, below, atLeast, atMost, tilde, caret

        init?(_ symbol: Substring) {
            switch symbol {
            case "", "=", "==": self = .equal
            case "!=": self = .notEqual
            case ">": self = .above
            case "<": self = .below
            case ">=", "=>": self = .atLeast
            case "<=", "=<": self = .atMost
            case "~", "~>": self = .tilde
            case "^": self = .caret
            default: return nil
            }
        }
    }

    /// How much of the version is given.
    private enum Precision: Sendable, Hashable, Comparable { case nothing, major, minor, patch }

    private let kind: Kind
    private let precision: Precision
    /// With 0 for what is not given.
    let version: SemanticVersion

    init?(_ kind: Kind, _ text: Substring) {
        guard let parts = VersionParts(text) else { return nil }
        self.kind = kind
        switch (parts.major, parts.minor, parts.patch) {
        case (.number(let major), .number(let minor), .number(let patch)):
            (precision, version) = (.patch, SemanticVersion(major, minor, patch, prerelease: parts.prerelease))
        case (.number(let major), .number(let minor), _):
            (precision, version) = (.minor, SemanticVersion(major, minor, 0, prerelease: parts.prerelease))
        case (.number(let major), _, _):
            (precision, version) = (.major, SemanticVersion(major, 0, 0, prerelease: parts.prerelease))
        default:
            (precision, version) = (.nothing, SemanticVersion(0, 0, 0, prerelease: parts.prerelease))
        }
    }

    func accepts(_ other: SemanticVersion) -> Bool {
        switch kind {
        case .equal: precision == .patch ? other == version : isWithin(other, precision)
        case .notEqual: precision == .patch ? other != version : !isWithin(other, precision)
        case .below: other < version
        case .atLeast: other >= version
        case .above: other > version && (precision == .patch || !isWithin(other, precision))
        case .atMost: other <= version || (precision < .patch && isWithin(other, precision))
        case .tilde: other >= version && isWithin(other, min(precision, .minor))
        case .caret: other >= version && isWithin(other, caretPrecision)
        }
    }

    /// Whether the numbers are the same up to there.
    private func isWithin(_ other: SemanticVersion, _ precision: Precision) -> Bool {
        precision < .major
            || other.major == version.major && (precision < .minor || other.minor == version.minor)
                && (precision < .patch || other.patch == version.patch)
    }

    /// Up to the first number that is not 0: before 1.0.0 each minor version may break what used the one before.
    private var caretPrecision: Precision {
        if version.major > 0 { return .major }
        if version.minor > 0 { return .minor }
        return precision
    }
}
