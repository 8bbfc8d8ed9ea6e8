import Logging
import Model

extension GitSource {
    private static let fetchesToCleanUp = 50

    func loadAgainIfDamaged(_ revision: Revision) async throws -> Snapshot {
        do {
            return try await load(revision)
        } catch let error as PlumbError where error.code == .storeDamaged && url.kind != .local {
            Logger.current.notice("A damaged copy of a repository is removed and fetched anew.", metadata: ["repository": "\(url)"])
            try await startAnew()
            return try await load(revision)
        }
    }

    private func load(_ revision: Revision) async throws -> Snapshot {
        let id = revision.digest.hex
        var copy = try await copy(for: revision)
        if url.kind != .local, !copy.commits.contains(id) {
            let isWhole = await copy.blobs?.isWhole ?? false
            try await copy.store.fetch(id, filtered: !isWhole)
            copy.fetches += 1
            copy.use(id, kept: keptCommits)
            try await tidy(&copy)
            keep(copy)
        }
        let commit = try await commit(id, copy)
        _ = try await copy.objects.tree(commit.tree)
        if !trustedKeys.isEmpty { try await verify(revision, copy) }
        let snapshot = copy.makeSnapshot(of: revision, commit, kept: keptCommits)
        keep(copy)
        return snapshot
    }

    /// A commit that was fetched and is not there means a damaged copy; in a repository read in place it never was there.
    private func commit(_ id: String, _ copy: GitCopy) async throws -> GitCommitObject {
        do { return try await copy.objects.commit(id) } catch let error as PlumbError
            where error.code == .referenceNotFound && url.kind != .local
        {
            throw PlumbError(
                .storeDamaged, "The commit \(id) of \(url) was fetched, and is not in Plumb's copy.",
                remedy: "It is fetched anew; if this repeats, check the disk.")
        }
    }

    private func verify(_ revision: Revision, _ copy: GitCopy) async throws {
        let verifier = try await verifier(for: copy)
        if let tag = references?.annotatedTag(of: revision) {
            if url.kind != .local { try await copy.store.fetchTag(tag.object, of: revision.digest.hex) }
            if try await verifier.verify(tag, of: revision, in: copy.objects) { return }
        }
        try await verifier.verify(revision, in: copy.objects)
    }

    private func verifier(for copy: GitCopy) async throws -> CommitVerifier {
        guard case .open(let open) = state else { throw CancellationError() }
        if let verifier = open.verifier { return verifier }
        let files = try await work.run { [trustedKeys, directory = open.directory] in try directory.writeKeys(trustedKeys) }
        let environment = gitEnvironment(open.files, verifyingWith: files)
        let program = GitProgram(environment: environment.dictionary, redactor: Redactor(), workingDirectory: open.files.home)
        try await KeyRing(program: program, home: files.keyRing).take(trustedKeys)
        let verifier = CommitVerifier(
            keys: trustedKeys, program: program, directory: copy.store.directory, url: url, deadline: limits.query)
        guard case .open(var now) = state else { throw CancellationError() }
        now.verifier = verifier
        state = .open(now)
        return verifier
    }

    /// Lets go of commits that were not asked for recently and that nobody holds, and now and then of their objects.
    private func tidy(_ copy: inout GitCopy) async throws {
        let surplus = copy.takeSurplus(kept: keptCommits)
        if !surplus.isEmpty { try await copy.store.forget(surplus) }
        guard copy.fetches > Self.fetchesToCleanUp, case .open(let open) = state else { return }
        let (directory, commits) = (open.directory, Set(copy.commits))
        try await work.run { try directory.removeUnfinishedPacks() }
        let pack = try await copy.store.pack()
        try await work.run { try directory.replaceObjects(withPack: pack, keepingShallow: commits) }
        await copy.blobs?.forget()
        copy.fetches = 0
    }

    /// Notes that a commit was asked for.
    func use(_ id: String) {
        guard case .open(var open) = state else { return }
        open.copy?.use(id, kept: keptCommits)
        state = .open(open)
    }

    private func keep(_ copy: GitCopy) {
        guard case .open(var open) = state else { return }
        open.copy = copy
        state = .open(open)
    }
}
