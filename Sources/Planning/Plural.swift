/// Whether a resource name can be the plural of a kind. Errs on the side of yes: it guards against deletions.
enum Plural {
    static func matches(_ plural: String, kind: String) -> Bool {
        let plural = plural.lowercased()
        let kind = kind.lowercased()
        let stem = kind.hasSuffix("y") ? kind.dropLast() : kind[...]
        return plural.hasPrefix(stem.prefix(max(3, stem.count - 2)))
    }
}
