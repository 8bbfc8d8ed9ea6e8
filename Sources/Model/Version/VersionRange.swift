/// Which versions are wanted, as Helm and Flux write it: `1.x`, `^1.2`, `~1.2.3`, `>=1.0 <2`, `1.2 - 1.4`, `1.x || 3.x`.
///
/// A pre-release is only wanted where the alternative names one: `>=1.0.0-0 <2`.
package struct VersionRange: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    package let description: String
    private let alternatives: [[VersionComparator]]

    /// Throws `invalid`.
    package init(_ text: String) throws {
        let parts = text.utf8.count <= 1024 ? text.separated(by: "||") : []
        let alternatives = parts.map { Self.comparators(in: $0) ?? [] }
        guard !alternatives.isEmpty, !alternatives.contains(where: \.isEmpty) else {
            throw PlumbError(
                .invalid, "\(text.quoted) is not a range of versions.",
                remedy: "Write it as in 1.x, ^1.2, ~1.2.3, \">=1.0 <2\", \"1.2 - 1.4\" or \"1.x || 3.x\".")
        }
        self.description = text
        self.alternatives = alternatives
    }

    package func contains(_ version: SemanticVersion) -> Bool {
        alternatives.contains { all in
            let mayBePrerelease = all.contains(where: \.version.isPrerelease)
            return (mayBePrerelease || !version.isPrerelease) && all.allSatisfy { $0.accepts(version) }
        }
    }

    /// The name with the highest version in the range; of names with the same version, the last by its bytes.
    package func highest(of names: [String]) -> String? {
        let versions = names.lazy.compactMap { name in SemanticVersion(name).map { (version: $0, name: name) } }
        return versions.filter { contains($0.version) }.max(by: Self.precedes)?.name
    }

    /// Those of `names` that are versions.
    package static func newestFirst(_ names: [String]) -> [String] {
        let versions = names.compactMap { name in SemanticVersion(name).map { (version: $0, name: name) } }
        return versions.sorted { precedes($1, $0) }.map(\.name)
    }

    private static func precedes(_ one: (version: SemanticVersion, name: String), _ other: (version: SemanticVersion, name: String))
        -> Bool
    {
        one.version == other.version ? one.name.utf8.lexicographicallyPrecedes(other.name.utf8) : one.version < other.version
    }

    /// The comparators of one alternative, all of which must hold; nil for what is none.
    private static func comparators(in text: Substring) -> [VersionComparator]? {
        var words = text.split { $0 == "," || $0.isWhitespace }[...]
        var result: [VersionComparator] = []
        while let word = words.popFirst() {
            if words.first == "-" {
                guard let end = words.dropFirst().first, let from = VersionComparator(.atLeast, word),
                    let to = VersionComparator(.atMost, end)
                else { return nil }
                words = words.dropFirst(2)
                result += [from, to]
                continue
            }
            let symbol = word.prefix { "=!<>~^".contains($0) }
            guard let kind = VersionComparator.Kind(symbol) else { return nil }
            let rest = word.dropFirst(symbol.count)
            // `>= 1.0`: the version may stand apart.
            guard let version = rest.isEmpty ? words.popFirst() : rest, let comparator = VersionComparator(kind, version) else {
                return nil
            }
            result.append(comparator)
        }
        return result
    }
}

extension String {
    /// The pieces between each `separator`, also empty ones.
    fileprivate func separated(by separator: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let place = rest.indices.first(where: { rest[$0...].hasPrefix(separator) }) {
            pieces.append(rest[..<place])
            rest = rest[rest.index(place, offsetBy: separator.count)...]
        }
        return pieces + [rest]
    }
}
