package import Model

/// The repositories that remote bases come from, as far as somebody has permitted them; each is fetched once.
///
/// A tag is looked up when it is first asked for, and not again: what was rendered must not change by itself.
package actor RemoteRepositories {
    private struct Key: Hashable {
        let url: String
        let reference: String
    }

    private let allowed: [AllowedPrefix]
    private let store: String
    private var repositories: [String: GitSource] = [:]
    private var found: [Key: RemoteTree] = [:]
    private let turnstile = Turnstile()

    /// Repositories, and trees of them, that are kept at once.
    private static let repositoryLimit = 64
    private static let treeLimit = 512

    /// `store` is a directory for the copies of these repositories alone.
    package init(allowed: [AllowedPrefix], store: String) {
        self.allowed = allowed
        self.store = store
    }

    /// The files of the repository at a tag, or at a commit of which all digits are given.
    ///
    /// Throws `denied` for a repository that no prefix covers, `referenceNotFound` for what is no tag of it, `limit` for too many
    /// repositories, and what reading a repository throws.
    package func tree(_ url: String, _ reference: String) async throws -> RemoteTree {
        let key = Key(url: url, reference: reference)
        if let tree = found[key] { return tree }
        let gitURL = try permitted(url)
        return try await turnstile.pass {
            if let tree = found[key] { return tree }
            let tree = try await fetch(gitURL, reference)
            if found.count >= Self.treeLimit { found.removeAll() }
            found[key] = tree
            return tree
        }
    }

    package func close() async {
        for repository in repositories.values { await repository.close() }
        repositories = [:]
        found = [:]
    }

    private func permitted(_ url: String) throws -> GitURL {
        let gitURL = try GitURL(url)
        guard gitURL.kind != .local, allowed.contains(where: { $0.covers(gitURL) }) else {
            throw PlumbError(
                .denied, "The remote base in \(gitURL) may not be fetched: --allow-remote-bases does not cover it.",
                remedy: "Permit the beginning of its URL with --allow-remote-bases, or copy the base into the repository.")
        }
        return gitURL
    }

    private func fetch(_ url: GitURL, _ reference: String) async throws -> RemoteTree {
        let repository = try repository(url)
        if let digest = try? Revision.Digest(reference) {
            let snapshot = try await repository.snapshot(at: Revision(name: nil, digest: digest))
            return RemoteTree(tree: snapshot.tree, commit: digest.hex)
        }
        let revision: Revision
        do {
            revision = try await repository.resolve(.tag(reference))
        } catch let error as PlumbError where error.code == .referenceNotFound {
            throw PlumbError(
                .referenceNotFound, "The repository \(url) of a remote base has no tag \(reference.quoted).",
                remedy: "Name a tag, or all digits of a commit; a branch moves, and what is rendered would change by itself.")
        }
        return RemoteTree(tree: try await repository.snapshot(at: revision).tree, commit: revision.digest.hex)
    }

    private func repository(_ url: GitURL) throws -> GitSource {
        if let repository = repositories[url.description] { return repository }
        guard repositories.count < Self.repositoryLimit else {
            throw PlumbError(
                .limit, "Remote bases come from more than \(Self.repositoryLimit) repositories.",
                remedy: "Copy some of them into the repository.")
        }
        let repository = try GitSource(url: url, store: store)
        repositories[url.description] = repository
        return repository
    }
}
