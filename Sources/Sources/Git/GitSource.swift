import Crypto
import Logging
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
    private nonisolated let credentials: GitCredentials
    private nonisolated let limits: GitLimits
    private nonisolated let path: String
    private nonisolated let inherited: [String: String]
    private nonisolated let work = BlockingWork("plumb.git.store")
    /// One fetch at a time: Git locks its list of shallow commits without waiting.
    private nonisolated let turnstile = Turnstile()
    private nonisolated let entrance = Turnstile()

    private var state = State.idle

    private enum State {
        case idle
        case open(Open)
        case closed
    }

    private struct Open {
        let directory: StoreDirectory
        let program: GitProgram
        /// Nil until something has been fetched or found.
        var copy: Copy?
    }

    private struct Copy {
        let store: GitStore
        let objects: GitObjects
        let reader: ObjectReader
        let blobs: MissingBlobs?
        /// In the order they were used.
        var commits: [String]
        var snapshots: [String: Snapshot] = [:]
    }

    private static let keptCommits = 8
    private static let packsToJoin = 50
    private static let packsToStartAnew = 200

    /// - Parameters:
    ///   - store: a directory for this kind of copy, created when needed; the copy's own is named by a digest of the URL.
    ///   - environment: where programs, proxies and the system's authorities are taken from.
    package init(
        url: GitURL, credentials: GitCredentials = .none, store: String, limits: GitLimits = GitLimits(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        try credentials.validate(for: url)
        let url = url.kind == .local ? try GitURL(Self.absolute(url.description)) : url
        self.url = url
        self.credentials = credentials
        self.limits = limits
        self.inherited = environment
        self.path = Self.absolute(store) + "/" + SHA256.hash(data: Array(url.description.utf8)).prefix(16).map { hex($0) }.joined()
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// What `reference` leads to now. The revision knows nothing of its commit yet; the snapshot's does.
    ///
    /// Throws `referenceNotFound`, `emptyRepository`, `repositoryNotFound`, `denied`, `hostKeyUnknown`, `hostKeyChanged`,
    /// `certificateNotTrusted`, `unreachable`, `timedOut`. A commit is not looked for: its snapshot is.
    package func resolve(_ reference: GitReference = .head) async throws -> Revision {
        if case .commit(let digest) = reference { return Revision(name: nil, digest: digest) }
        try reference.validate()
        let program = try await opened().program
        let full = reference.names?.full ?? "HEAD"
        let found = try await references(program, ["HEAD", full, "\(full)^{}"])
        if let revision = try found.revision(of: reference) { return revision }
        throw try await vanished(reference, program)
    }

    /// The files of a commit. Throws what `resolve` throws, and `limit`.
    package func snapshot(at revision: Revision) async throws -> Snapshot {
        try await turnstile.pass {
            let open = try await opened()
            if let known = open.copy?.snapshots[revision.digest.hex] {
                return Snapshot(revision: renamed(known.revision, revision), tree: known.tree)
            }
            do {
                return try await load(revision)
            } catch let error as PlumbError where error.code == .storeDamaged && url.kind != .local {
                Logger.current.notice(
                    "A damaged copy of a repository is removed and fetched anew.", metadata: ["repository": "\(url)"])
                try await startAnew()
                return try await load(revision)
            }
        }
    }

    /// Whether `older` is `newer` or one of its ancestors; if not, the branch was rewound. That is no error: the files of
    /// either can be read. Fetches commits, without files.
    package func isAncestor(_ older: Revision, of newer: Revision) async throws -> Bool {
        guard older.digest != newer.digest else { return true }
        return try await turnstile.pass {
            let store = try await historyStore(newer.digest.algorithm)
            return try await GitHistory(store: store).isAncestor(older.digest.hex, of: newer.digest.hex)
        }
    }

    /// Ends what runs, and removes the files that hold secrets. Snapshots cannot be read any more.
    package func close() async {
        guard case .open(let open) = state else { return state = .closed }
        state = .closed
        open.copy?.reader.close()
        let directory = open.directory
        try? await work.run { directory.release() }
    }

    private func renamed(_ known: Revision, _ asked: Revision) -> Revision {
        Revision(name: asked.name, digest: known.digest, commit: known.commit)
    }
}

extension GitSource {
    private func load(_ revision: Revision) async throws -> Snapshot {
        let id = revision.digest.hex
        var copy = try await copy(for: revision)
        if url.kind != .local, !copy.commits.contains(id) {
            let isWhole = await copy.blobs?.isWhole ?? false
            try await copy.store.fetch(id, filtered: !isWhole)
            try await tidy(&copy)
        }
        let commit = try await commit(id, copy)
        _ = try await copy.objects.tree(commit.tree)
        let tree = GitTree(objects: copy.objects, commit: id, root: commit.tree, blobs: copy.blobs)
        let snapshot = Snapshot(revision: revision.with(commit.about), tree: tree)
        copy.commits = copy.commits.filter { $0 != id } + [id]
        copy.snapshots[id] = snapshot
        copy.snapshots = copy.snapshots.filter { copy.commits.suffix(Self.keptCommits).contains($0.key) }
        keep(copy)
        return snapshot
    }

    /// A commit that was fetched and is not there means a damaged copy; in a repository read in place it never was there.
    private func commit(_ id: String, _ copy: Copy) async throws -> GitCommitObject {
        do { return try await copy.objects.commit(id) } catch let error as PlumbError
            where error.code == .referenceNotFound && url.kind != .local
        {
            throw PlumbError(
                .storeDamaged, "The commit \(id) of \(url) was fetched, and is not in Plumb's copy.",
                remedy: "It is fetched anew; if this repeats, check the disk.")
        }
    }

    /// Lets go of commits that were not asked for recently, and joins packs.
    private func tidy(_ copy: inout Copy) async throws {
        let surplus = copy.commits.dropLast(Self.keptCommits)
        if !surplus.isEmpty {
            try await copy.store.forget(Array(surplus))
            copy.commits.removeFirst(surplus.count)
        }
        guard case .open(let open) = state else { return }
        let directory = open.directory
        if try await work.run({ directory.packs }) > Self.packsToJoin { try await copy.store.repack() }
    }

    private func keep(_ copy: Copy) {
        guard case .open(var open) = state else { return }
        open.copy = copy
        state = .open(open)
    }

    private func opened() async throws -> Open {
        // One caller opens, the others wait: the lock would refuse a second one of this process too.
        try await entrance.pass {
            if case .open(let open) = state { return open }
            guard case .idle = state else { throw CancellationError() }
            let (directory, files) = try await work.run { [path, credentials] in
                let directory = try StoreDirectory(path)
                return (directory, try directory.writeFiles(for: credentials))
            }
            var environment = GitEnvironment(inheriting: inherited, files: files, stall: limits.stall)
            environment.allow(url, credentials, files: files, stall: limits.stall)
            let program = GitProgram(
                environment: environment.dictionary, redactor: Redactor(secrets: credentials.secrets), workingDirectory: files.home)
            let open = Open(directory: directory, program: program)
            guard case .idle = state else { throw CancellationError() }
            state = .open(open)
            return open
        }
    }

    private func copy(for revision: Revision) async throws -> Copy {
        let open = try await opened()
        if let copy = open.copy { return copy }
        let copy = try await url.kind == .local ? inPlace(open) : fetched(open, revision.digest.algorithm)
        keep(copy)
        return copy
    }

    private func inPlace(_ open: Open) async throws -> Copy {
        let directory = try await work.run { [url] in try LocalRepository.directory(of: url.description) }
        return makeCopy(open, directory, commits: [], partial: false)
    }

    private func fetched(_ open: Open, _ algorithm: Revision.Digest.Algorithm) async throws -> Copy {
        let directory = open.directory
        let isUsable = try await work.run {
            if directory.hasRepository, directory.packs > Self.packsToStartAnew { try directory.removeRepository() }
            return directory.hasRepository
        }
        let store = GitStore(program: open.program, directory: directory.repository, url: url, limits: limits)
        if isUsable, let commits = try? await store.commits() {
            return makeCopy(open, directory.repository, commits: commits, partial: true)
        }
        try await work.run { try directory.removeRepository() }
        try await store.create(algorithm)
        return makeCopy(open, directory.repository, commits: [], partial: true)
    }

    private func historyStore(_ algorithm: Revision.Digest.Algorithm) async throws -> GitStore {
        let open = try await opened()
        if url.kind == .local { return try await inPlace(open).store }
        let directory = open.directory
        let store = GitStore(program: open.program, directory: directory.history, url: url, limits: limits)
        if try await work.run({ directory.hasHistory }) { return store }
        try await work.run { try directory.removeHistory() }
        try await store.create(algorithm)
        return store
    }

    private func makeCopy(_ open: Open, _ directory: String, commits: [String], partial: Bool) -> Copy {
        let store = GitStore(program: open.program, directory: directory, url: url, limits: limits)
        let reader = ObjectReader(open.program, directory: directory, idle: limits.idle, deadline: limits.fetch)
        let objects = GitObjects(reader: reader, failure: GitFailure(url: url.description))
        let blobs = partial ? MissingBlobs(store: store, turnstile: turnstile) : nil
        return Copy(store: store, objects: objects, reader: reader, blobs: blobs, commits: commits)
    }

    private func startAnew() async throws {
        guard case .open(var open) = state else { return }
        open.copy?.reader.close()
        open.copy = nil
        state = .open(open)
        let directory = open.directory
        try await work.run { try directory.removeRepository() }
    }
}

extension GitSource {
    private func references(_ program: GitProgram, _ patterns: [String]) async throws -> ReferenceList {
        let outcome = try await program.run(
            ["ls-remote", "--quiet", "--symref", url.description] + patterns, deadline: limits.query)
        guard outcome.succeeded else { throw GitFailure(url: url.description).explain(outcome.errors) }
        return ReferenceList(outcome.output)
    }

    /// Why a reference leads nowhere: the repository is empty, or has others.
    private func vanished(_ reference: GitReference, _ program: GitProgram) async throws -> PlumbError {
        let all = try await references(program, ["refs/heads/*", "refs/tags/*"])
        let branches = all.names(below: "refs/heads/")
        let tags = all.names(below: "refs/tags/")
        guard !branches.isEmpty || !tags.isEmpty else {
            return PlumbError(.emptyRepository, "The repository \(url) is empty: it has no commit.", remedy: "Push a first commit.")
        }
        let isTag = if case .tag = reference { true } else { false }
        let kind = isTag ? "tag" : "branch"
        let others = Self.some(isTag ? tags : branches, kind)
        if reference == .head {
            return PlumbError(.referenceNotFound, "The default branch of \(url) has no commit. \(others)", remedy: "Name a branch.")
        }
        return PlumbError(
            .referenceNotFound, "The \(reference) does not exist in \(url). \(others)",
            remedy: "Check the name, or push the \(kind).")
    }

    private static func some(_ names: [String], _ kind: String) -> String {
        guard !names.isEmpty else { return "It has no \(kind)." }
        let rest = names.count > 5 ? ", and \(names.count - 5) more" : ""
        return "It has: " + names.prefix(5).joined(separator: ", ") + rest + "."
    }
}
