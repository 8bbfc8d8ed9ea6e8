/// Which versions will do: `>=1.20, <2 || ~3.1`, as Helm reads it.
package struct VersionConstraint: Sendable {
    private enum Operator: String {
        case none = "", equal = "=", notEqual = "!=", greater = ">", less = "<"
        case atLeast = ">=", atMost = "<=", tilde = "~", caret = "^"
    }

    private struct Part: Sendable {
        let relation: Operator
        let version: HelmVersion
        let minorIsDirty: Bool
        let patchIsDirty: Bool
        /// `*`, or nothing at all.
        let isDirty: Bool
    }

    private let alternatives: [[Part]]
    /// Whether some part of an alternative names a prerelease, which lets others in.
    private let includesPrerelease: [Bool]

    package init?(_ text: String) {
        var alternatives: [[Part]] = []
        for alternative in Self.split(text, by: "||") {
            guard let parts = Self.parts(alternative) else { return nil }
            alternatives.append(parts)
        }
        self.alternatives = alternatives
        includesPrerelease = alternatives.map { $0.contains { !$0.version.prerelease.isEmpty } }
    }

    package func accepts(_ version: HelmVersion) -> Bool {
        for (parts, includes) in zip(alternatives, includesPrerelease) where parts.allSatisfy({ Self.holds($0, version, includes) })
        {
            return true
        }
        return false
    }

    // MARK: Reading

    private static func split(_ text: String, by separator: String) -> [String] {
        Bytes.split(Array(text.utf8), by: Array(separator.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func parts(_ text: String) -> [Part]? {
        guard let text = withoutHyphenRanges(text) else { return nil }
        var scanner = Array(text.utf8)[...]
        var parts: [Part] = []
        func skipSpace(andCommas: Bool) {
            while let byte = scanner.first, byte == 0x20 || byte == 0x09 || (andCommas && byte == UInt8(ascii: ",")) {
                scanner.removeFirst()
            }
        }
        skipSpace(andCommas: false)
        if scanner.isEmpty { return nil }
        while !scanner.isEmpty {
            let symbol = scanner.prefix { "=!<>~^".utf8.contains($0) }
            scanner.removeFirst(symbol.count)
            skipSpace(andCommas: false)
            let version = scanner.prefix { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: ",") && !"=!<>~^".utf8.contains($0) }
            scanner.removeFirst(version.count)
            guard let relation = relation(String(decoding: symbol, as: UTF8.self)),
                let part = part(relation, String(decoding: version, as: UTF8.self))
            else { return nil }
            parts.append(part)
            skipSpace(andCommas: true)
        }
        return parts
    }

    /// `1.2 - 3.4` is `>=1.2 <=3.4`.
    private static func withoutHyphenRanges(_ text: String) -> String? {
        let words = text.split(separator: " ").map(String.init)
        guard let dash = words.firstIndex(of: "-") else { return text }
        guard dash > 0, dash + 1 < words.count else { return nil }
        let replaced = words[..<(dash - 1)] + [">=\(words[dash - 1])", "<=\(words[dash + 1])"] + words[(dash + 2)...]
        return withoutHyphenRanges(replaced.joined(separator: " "))
    }

    private static func relation(_ symbol: String) -> Operator? {
        switch symbol {
        case "=>": .atLeast
        case "=<": .atMost
        case "~>": .tilde
        default: Operator(rawValue: symbol)
        }
    }

    private static func part(_ relation: Operator, _ text: String) -> Part? {
        var numbers = text.hasPrefix("v") ? String(text.dropFirst()) : text
        var suffix = ""
        if let mark = numbers.firstIndex(where: { $0 == "-" || $0 == "+" }) {
            suffix = String(numbers[mark...])
            numbers = String(numbers[..<mark])
        }
        var parts = numbers.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count) else { return nil }
        func isWild(_ index: Int) -> Bool { index < parts.count && ["x", "X", "*"].contains(parts[index]) }
        let isDirty = isWild(0)
        let minorIsDirty = isDirty || parts.count < 2 || isWild(1)
        let patchIsDirty = minorIsDirty || parts.count < 3 || isWild(2)
        for index in parts.indices where isWild(index) { parts[index] = "0" }
        if isDirty { suffix = "" }
        guard let version = HelmVersion(parts.joined(separator: ".") + suffix) else { return nil }
        return Part(relation: relation, version: version, minorIsDirty: minorIsDirty, patchIsDirty: patchIsDirty, isDirty: isDirty)
    }

    // MARK: Checking

    private static func holds(_ part: Part, _ version: HelmVersion, _ includesPrerelease: Bool) -> Bool {
        let wanted = part.version
        if !version.prerelease.isEmpty, wanted.prerelease.isEmpty, !includesPrerelease { return false }
        let order = version.compare(wanted)
        switch part.relation {
        case .none, .equal: return part.patchIsDirty ? tilde(part, version) : order == 0
        case .notEqual: return part.patchIsDirty ? !isWithin(part, version) : order != 0
        case .greater:
            guard part.patchIsDirty else { return order > 0 }
            if part.isDirty { return false }
            if version.major != wanted.major { return version.major > wanted.major }
            return !part.minorIsDirty && version.minor > wanted.minor
        case .less: return order < 0
        case .atLeast: return order >= 0
        case .atMost:
            guard part.patchIsDirty else { return order <= 0 }
            if part.isDirty { return true }
            if version.major != wanted.major { return version.major < wanted.major }
            return part.minorIsDirty || version.minor <= wanted.minor
        case .tilde: return tilde(part, version)
        case .caret: return caret(part, version)
        }
    }

    private static func isWithin(_ part: Part, _ version: HelmVersion) -> Bool {
        if part.isDirty { return true }
        return version.major == part.version.major && (part.minorIsDirty || version.minor == part.version.minor)
    }

    private static func tilde(_ part: Part, _ version: HelmVersion) -> Bool {
        let wanted = part.version
        guard version.compare(wanted) >= 0 else { return false }
        if part.isDirty || (wanted.major == 0 && wanted.minor == 0 && wanted.patch == 0 && part.minorIsDirty && part.isDirty) {
            return true
        }
        return version.major == wanted.major && (part.minorIsDirty || version.minor == wanted.minor)
    }

    private static func caret(_ part: Part, _ version: HelmVersion) -> Bool {
        let wanted = part.version
        guard version.compare(wanted) >= 0 else { return false }
        if part.isDirty { return true }
        if wanted.major > 0 || part.minorIsDirty { return version.major == wanted.major }
        if version.major > wanted.major { return false }
        if wanted.minor > 0 || part.patchIsDirty { return version.minor == wanted.minor }
        if version.minor > wanted.minor { return false }
        return version.patch == wanted.patch
    }
}
