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
    private let credentials: @Sendable (String) async throws -> GitCredentials
    private var repositories: [String: GitSource] = [:]
    private var found: [Key: RemoteTree] = [:]
    private let turnstile = Turnstile()

    /// Repositories, and trees of them, that are kept at once.
    private static let repositoryLimit = 64
    private static let treeLimit = 512

    /// `store` is a directory for the copies of these repositories alone; `credentials` reads those of a name.
    package init(
        allowed: [AllowedPrefix], store: String, credentials: @escaping @Sendable (String) async throws -> GitCredentials
    ) {
        self.allowed = allowed
        self.store = store
        self.credentials = credentials
    }

    /// The files of the repository at a tag, or at a commit of which all digits are given.
    ///
    /// Throws `denied` for a repository that no prefix covers, `referenceNotFound` for what is no tag of it, `limit` for too many
    /// repositories, and what reading a repository throws.
    package func tree(_ url: String, _ reference: String) async throws -> RemoteTree {
        let key = Key(url: url, reference: reference)
        if let tree = found[key] { return tree }
        let (gitURL, secret) = try permitted(url)
        return try await turnstile.pass {
            if let tree = found[key] { return tree }
            let tree = try await fetch(gitURL, reference, secret)
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

    private func permitted(_ url: String) throws -> (GitURL, secret: String?) {
        let gitURL = try GitURL(url)
        let prefix = allowed.filter { $0.covers(gitURL) }.max { $0.length < $1.length }
        guard gitURL.kind != .local, let prefix else {
            throw PlumbError(
                .denied, "The remote base in \(gitURL) may not be fetched: --allow-remote-bases does not cover it.",
                remedy: "Permit the beginning of its URL with --allow-remote-bases, or copy the base into the repository.")
        }
        guard gitURL.kind != .ssh || prefix.secret != nil else {
            throw PlumbError(
                .denied, "The remote base in \(gitURL) is reached over SSH, and no key is given.",
                remedy: "Name a secret with identity and known_hosts after its prefix: --allow-remote-bases PREFIX=NAME.")
        }
        return (gitURL, prefix.secret)
    }

    private func fetch(_ url: GitURL, _ reference: String, _ secret: String?) async throws -> RemoteTree {
        let repository = try await repository(url, secret)
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

    private func repository(_ url: GitURL, _ secret: String?) async throws -> GitSource {
        if let repository = repositories[url.description] { return repository }
        guard repositories.count < Self.repositoryLimit else {
            throw PlumbError(
                .limit, "Remote bases come from more than \(Self.repositoryLimit) repositories.",
                remedy: "Copy some of them into the repository.")
        }
        let known = if let secret { try await credentials(secret) } else { GitCredentials.none }
        // What one secret has opened stays with it.
        let repository = try GitSource(
            url: url, credentials: known,
            store: "\(store)/\(secret.map { "with-\($0)" } ?? "open")")
        repositories[url.description] = repository
        return repository
    }
}
