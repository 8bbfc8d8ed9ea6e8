import Model

/// What an entry of `resources:` or `components:` says that is the URL of a kustomization in another repository:
/// `https://github.com/org/repo//path?ref=v1.0.0`, `github.com/org/repo/path?ref=…`, `git@host:org/repo.git//path?ref=…`.
struct RemoteReference: Hashable, Sendable {
    /// As `git clone` takes it.
    let repository: String
    /// Of the kustomization, from the repository's root.
    let path: String
    /// A tag or a commit; empty where the URL names none.
    let reference: String

    /// Whether the entry means something outside of the source at all.
    static func isRemote(_ entry: String) -> Bool {
        entry.contains("://") || entry.contains("?ref=") || entry.hasPrefix("git@") || entry.hasPrefix("git::")
            || entry.hasPrefix("github.com/") || entry.hasPrefix("github.com:")
    }

    /// nil for the URL of a single file, and for what no repository can be made of.
    init?(_ entry: String) {
        let text = entry.hasPrefix("git::") ? String(entry.dropFirst(5)) : entry
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let reference = Self.reference(inQuery: parts.count == 2 ? parts[1] : ""),
            let place = Place(String(parts[0])), let (repository, path) = place.split()
        else { return nil }
        self.reference = reference
        self.repository = place.prefix + repository
        self.path = path
    }

    /// As errors and cycles name it.
    var description: String { "\(repository)\(path.isEmpty ? "" : "//\(path)")?ref=\(reference)" }

    /// Kustomize's own parameters; nil where there is another one.
    private static func reference(inQuery query: Substring) -> String? {
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, ["ref", "version", "timeout", "submodules"].contains(sides[0]) else { return nil }
            values[sides[0]] = sides[1]
        }
        return values["ref"] ?? values["version"] ?? ""
    }

    /// A URL without its query, cut before the path on the host.
    private struct Place {
        /// `https://host/`, `git@host:`
        let prefix: String
        let path: String

        init?(_ text: String) {
            if let scheme = text.firstRange(of: "://") {
                let rest = text[scheme.upperBound...]
                guard let slash = rest.firstIndex(of: "/") else { return nil }
                prefix = String(text[...slash])
                path = String(text[text.index(after: slash)...])
            } else if text.hasPrefix("github.com/") || text.hasPrefix("github.com:") {
                prefix = "https://github.com/"
                path = String(text.dropFirst("github.com/".count))
            } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/"), text[..<colon].contains("@") {
                prefix = String(text[...colon])
                path = String(text[text.index(after: colon)...])
            } else {
                guard let slash = text.firstIndex(of: "/"), text[..<slash].contains(".") else { return nil }
                prefix = "https://" + text[...slash]
                path = String(text[text.index(after: slash)...])
            }
        }

        /// The repository ends at `//`, else with `.git`, else after the two names of its owner and its own.
        func split() -> (repository: String, path: String)? {
            if let cut = path.firstRange(of: "//") {
                return named(String(path[..<cut.lowerBound]), String(path[cut.upperBound...]))
            }
            let segments = path.split(separator: "/").map(String.init)
            if let index = segments.firstIndex(where: { $0.hasSuffix(".git") }) {
                return named(joined(segments[...index]), joined(segments[(index + 1)...]))
            }
            // Of a file system, nobody can say where the repository ends.
            if prefix.hasPrefix("file:") { return named(path, "") }
            guard segments.count >= 2 else { return nil }
            return named(joined(segments[..<2]), joined(segments[2...]))
        }

        private func joined(_ segments: ArraySlice<String>) -> String { segments.joined(separator: "/") }

        private func named(_ repository: String, _ path: String) -> (String, String)? {
            let isFile = [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) || repository.hasSuffix($0) }
            return repository.isEmpty || isFile ? nil : (repository, path)
        }
    }
}
