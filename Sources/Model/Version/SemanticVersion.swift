/// A version by the rules of semver.org 2.0.0, such as `1.4.0-rc.1`. Build metadata is read and does not count.
package struct SemanticVersion: Sendable, Hashable, Comparable {
    package let major: UInt64
    package let minor: UInt64
    package let patch: UInt64
    /// Empty for a release.
    package let prerelease: [String]

    init(_ major: UInt64, _ minor: UInt64, _ patch: UInt64, prerelease: [String] = []) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
    }

    /// Reads all three numbers, with or without a `v` before them; nil for anything else.
    package init?(_ text: String) {
        guard let parts = VersionParts(text[...]), case .number(let major) = parts.major, case .number(let minor) = parts.minor,
            case .number(let patch) = parts.patch
        else { return nil }
        self.init(major, minor, patch, prerelease: parts.prerelease)
    }

    package var isPrerelease: Bool { !prerelease.isEmpty }

    package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        let numbers = [(left.major, right.major), (left.minor, right.minor), (left.patch, right.patch)]
        if let (one, other) = numbers.first(where: { $0.0 != $0.1 }) { return one < other }
        guard left.isPrerelease, right.isPrerelease else { return left.isPrerelease && !right.isPrerelease }
        for (one, other) in zip(left.prerelease, right.prerelease) where one != other { return precedes(one, other) }
        return left.prerelease.count < right.prerelease.count
    }

    /// Numbers come before words; numbers by their value, words by their bytes.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        let isNumber: (String) -> Bool = { $0.utf8.allSatisfy { (48...57).contains($0) } }
        switch (isNumber(one), isNumber(other)) {
        // Without leading zeros the longer one is the greater one, however many digits they have.
        case (true, true): return (one.utf8.count, one) < (other.utf8.count, other)
        case (let left, let right) where left != right: return left
        default: return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }
}

/// The parts of a version as they are written, in a range also with wildcards or cut short.
struct VersionParts {
    enum Number: Equatable {
        case number(UInt64)
        /// `x`, `X` or `*`.
        case wildcard
        case missing
    }

    let major: Number
    let minor: Number
    let patch: Number
    let prerelease: [String]

    /// Nil for what is no version.
    init?(_ text: Substring) {
        guard text.utf8.count <= 256 else { return nil }
        let plain = text.hasPrefix("v") ? text.dropFirst() : text
        let build = plain.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard build.count < 2 || Self.identifiers(build[1], areNumbersStrict: false) != nil else { return nil }
        let halves = build[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count < 2 || Self.identifiers(halves[1], areNumbersStrict: true) != nil else { return nil }
        prerelease = halves.count < 2 ? [] : Self.identifiers(halves[1], areNumbersStrict: true) ?? []
        let fields = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { Self.number($0) }
        guard (1...3).contains(fields.count), numbers.count == fields.count else { return nil }
        major = numbers[0]
        minor = numbers.count > 1 ? numbers[1] : .missing
        patch = numbers.count > 2 ? numbers[2] : .missing
    }

    private static func number(_ text: Substring) -> Number? {
        if text == "x" || text == "X" || text == "*" { return .wildcard }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || text.first != "0" else { return nil }
        return UInt64(text).map(Number.number)
    }

    private static func identifiers(_ text: Substring, areNumbersStrict: Bool) -> [String]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let areValid = parts.allSatisfy { part in
            let bytes = part.utf8
            let isNumber = bytes.allSatisfy { (48...57).contains($0) }
            guard !bytes.isEmpty, !(areNumbersStrict && isNumber && bytes.count > 1 && bytes.first == 48) else { return false }
            return bytes.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 }
        }
        return areValid ? parts : nil
    }
}
