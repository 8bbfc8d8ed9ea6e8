import Crypto
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A Git repository, on a server or on this machine: what its references are, and the files of any commit.
///
/// A repository that is named by a path is read in place. Any other is fetched into a bare copy below the store
/// directory, a commit at a time without history, and never checked out. One value has one copy; the store directory
/// belongs to one set of credentials, since what they opened stays readable there.
package actor GitSource {
    package nonisolated let url: GitURL
    nonisolated let credentials: GitCredentials
    nonisolated let trustedKeys: [SigningKey]
    nonisolated let limits: GitLimits
    nonisolated let path: String
    nonisolated let inherited: [String: String]
    nonisolated let work = BlockingWork("plumb.git.store")
    /// One fetch at a time: Git locks its list of shallow commits without waiting.
    nonisolated let turnstile = Turnstile()
    nonisolated let entrance = Turnstile()

    var state = State.idle
    /// What was read last, which tells by which tag a revision is called.
    var references: ReferenceList?
    var keptCommits = GitCopy.keptCommits

    enum State {
        case idle
        case open(Open)
        case closed
    }

    struct Open {
        let directory: StoreDirectory
        let program: GitProgram
        let files: GitEnvironment.Files
        /// Nil until something has been fetched or found.
        var copy: GitCopy?
        /// Nil until something has been verified.
        var verifier: CommitVerifier?
    }

    /// - Parameters:
    ///   - trusting: one of these keys must have signed a commit, or the annotated tag that it is asked for by, before its
    ///     files are given out; where there is none, nobody has to.
    ///   - store: a directory for this kind of copy, created when needed; the copy's own is named by a digest of the URL and
    ///     the keys.
    ///   - environment: where programs, proxies and the system's authorities are taken from.
    package init(
        url: GitURL, credentials: GitCredentials = .none, trusting keys: [SigningKey] = [], store: String,
        limits: GitLimits = GitLimits(), environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        try credentials.validate(for: url)
        let url = url.kind == .local ? try GitURL(Self.absolute(url.description)) : url
        self.url = url
        self.credentials = credentials
        self.trustedKeys = keys
        self.limits = limits
        self.inherited = environment
        let identity = ([url.description] + keys.map(\.text).sorted()).joined(separator: "\n")
        self.path = Self.absolute(store) + "/" + SHA256.hash(data: Array(identity.utf8)).prefix(16).map { hex($0) }.joined()
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// What `reference` leads to now. The revision knows nothing of its commit yet; the snapshot's does.
    ///
    /// Throws what `references` throws, `referenceNotFound` and `emptyRepository`. A commit is not looked for: its snapshot is.
    package func resolve(_ reference: GitReference = .head) async throws -> Revision {
        if case .commit(let digest) = reference { return Revision(name: nil, digest: digest) }
        try reference.validate()
        return try await references(also: [reference]).revision(of: reference)
    }

    /// The files of a commit. Throws what `references` throws, `referenceNotFound`, `limit`, and `signatureNotTrusted` where
    /// keys are given and none of them has signed.
    package func snapshot(at revision: Revision) async throws -> Snapshot {
        // What is known waits for no fetch of something else.
        if let known = known(revision) { return known }
        return try await turnstile.pass {
            if let known = known(revision) { return known }
            return try await loadAgainIfDamaged(revision)
        }
    }

    /// Whether `older` is `newer` or one of its ancestors; if not, the branch was rewound. That is no error: the files of
    /// either can be read. Fetches commits, without files.
    package func isAncestor(_ older: Revision, of newer: Revision) async throws -> Bool {
        guard older.digest != newer.digest else { return true }
        return try await turnstile.pass {
            do { return try await isInHistory(older, of: newer) } catch let error as PlumbError
                where error.code == .storeDamaged && url.kind != .local
            {
                try await removeHistory()
                return try await isInHistory(older, of: newer)
            }
        }
    }

    /// Keeps this many commits in the copy that were asked for last; others go once nobody holds a snapshot of them.
    func keep(commits: Int) { keptCommits = max(GitCopy.keptCommits, commits) }

    /// Ends what runs, and removes the files that hold secrets. Snapshots cannot be read any more.
    package func close() async {
        guard case .open(let open) = state else { return state = .closed }
        state = .closed
        open.copy?.reader.close()
        let directory = open.directory
        try? await work.run { directory.release() }
    }

    private func known(_ revision: Revision) -> Snapshot? {
        let id = revision.digest.hex
        guard case .open(let open) = state, let known = open.copy?.snapshots[id] else { return nil }
        use(id)
        return Snapshot(
            revision: Revision(name: revision.name, digest: revision.digest, commit: known.revision.commit), tree: known.tree)
    }

    private func isInHistory(_ older: Revision, of newer: Revision) async throws -> Bool {
        let store = try await historyStore(newer.digest.algorithm)
        return try await GitHistory(store: store).isAncestor(older.digest.hex, of: newer.digest.hex)
    }
}
