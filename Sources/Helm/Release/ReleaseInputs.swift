package import Manifests
import Model

extension Chart {
    /// Tells a chart with its user's values from another one, or from the same with other values. Throws `invalid` for values that
    /// cannot be read.
    package func inputs(_ values: [ValuesSource]) throws -> Digest {
        Digest(records: records("") + [["", JSON.serialize(.object(try ValuesSource.merged(values))).digest]])
    }

    /// Whether it may make a difference between an installation and an upgrade, or between revisions, by itself or by its user's
    /// values. Rather once too often: it costs a look at the inventory.
    package func tellsRevisionsApart(_ values: [ValuesSource]) throws -> Bool {
        let given = JSON.serialize(.object(try ValuesSource.merged(values)))
        return Self.tellsRevisionsApart(given) || tellsRevisionsApart
    }

    private var tellsRevisionsApart: Bool {
        templates.contains { Self.tellsRevisionsApart($0.content) } || Self.tellsRevisionsApart(JSON.serialize(.object(values)))
            || dependencies.contains { $0.tellsRevisionsApart }
    }

    private static let words = [
        "IsInstall", "IsUpgrade", ".Revision", "pre-install", "post-install", "pre-upgrade", "post-upgrade",
    ].map { Array($0.utf8) }
    private static let release = Array(".Release".utf8)

    private static func tellsRevisionsApart(_ text: [UInt8]) -> Bool {
        words.contains { text.contains(word: $0) }
            || text.contains(word: release) { next in
                // The whole of it, as in `toYaml .Release`.
                next != UInt8(ascii: ".")
            }
    }

    /// By place and content.
    private func records(_ place: String) -> [[String]] {
        var records = (templates + files).map { [place + $0.path, $0.content.digest] }
        records.append([place, JSON.serialize(.object(metadata.fields)).digest, JSON.serialize(.object(values)).digest])
        for dependency in dependencies { records += dependency.records("\(place)\(dependency.name)/") }
        return records
    }
}

extension [UInt8] {
    fileprivate var digest: String { Digest(bytes: self).hex }

    /// Whether the word is in it, followed by such a byte or, where the text ends, by none.
    package func contains(word: [UInt8], followedBy isMeant: (UInt8?) -> Bool = { _ in true }) -> Bool {
        guard let first = word.first, count >= word.count else { return false }
        var index = startIndex
        while let found = self[index...].firstIndex(of: first) {
            if self[found...].starts(with: word), isMeant(found + word.count < endIndex ? self[found + word.count] : nil) {
                return true
            }
            index = found + 1
        }
        return false
    }
}
