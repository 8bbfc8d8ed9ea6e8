package import Model

/// What a person names in a repository.
package enum GitReference: Sendable, Hashable, CustomStringConvertible {
    /// The default branch of the remote.
    case head
    case branch(String)
    case tag(String)
    /// The tag with the highest version in the range.
    case semver(VersionRange)
    /// All 40 or 64 digits.
    case commit(Revision.Digest)
    /// A full name, such as `refs/pull/1/head`.
    case ref(String)

    /// As a sentence names it.
    package var description: String {
        switch self {
        case .head: "default branch"
        case .branch(let name): "branch \(name.quoted)"
        case .tag(let name): "tag \(name.quoted)"
        case .semver(let range): "newest tag in \(range.description.quoted)"
        case .commit(let digest): "commit \(digest.hex)"
        case .ref(let name): "reference \(name.quoted)"
        }
    }

    /// What an Application or a Repository names. Throws `invalid`.
    package init(_ reference: Application.GitSource.Reference) throws {
        switch reference {
        case .head: self = .head
        case .branch(let name): self = .branch(name)
        case .tag(let name): self = .tag(name)
        case .semver(let range): self = .semver(try VersionRange(range))
        case .commit(let digest): self = .commit(try Revision.Digest(digest))
        case .ref(let name): self = .ref(name)
        }
        try validate()
    }

    /// The full name, and what a revision of it is called; nil for what has none before it is resolved.
    var names: (full: String, short: String)? {
        switch self {
        case .head: ("HEAD", "HEAD")
        case .branch(let name): ("refs/heads/\(name)", name)
        case .tag(let name): ("refs/tags/\(name)", name)
        case .ref(let name): (name, name)
        case .commit, .semver: nil
        }
    }

    /// Throws `invalid` for a name that no reference can have (`git-check-ref-format`).
    func validate() throws {
        guard let name = names?.full, name != "HEAD" else { return }
        let forbidden = name.unicodeScalars.contains {
            $0.value <= 0x20 || $0.value == 0x7f || "~^:?*[\\".unicodeScalars.contains($0)
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let badPart = parts.contains { $0.isEmpty || $0.hasPrefix(".") || $0.hasSuffix(".lock") }
        guard !forbidden, !badPart, parts.count > 1, parts[0] == "refs", !name.hasSuffix("."), !name.contains(".."),
            !name.contains("@{")
        else {
            throw PlumbError(
                .invalid, "No \(self) can exist.", remedy: "Check the name; a reference is given in full, as in refs/heads/main.")
        }
    }
}
