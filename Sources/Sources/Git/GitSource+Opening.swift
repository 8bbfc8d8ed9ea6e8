import Model

extension GitSource {
    private static let packsToStartAnew = 200

    func opened() async throws -> Open {
        // One caller opens, the others wait: the lock would refuse a second one of this process too.
        try await entrance.pass {
            if case .open(let open) = state { return open }
            guard case .idle = state else { throw CancellationError() }
            let (directory, files) = try await work.run { [path, credentials] in
                let directory = try StoreDirectory(path)
                return (directory, try directory.writeFiles(for: credentials))
            }
            let program = GitProgram(
                environment: gitEnvironment(files).dictionary, redactor: Redactor(secrets: credentials.secrets),
                workingDirectory: files.home)
            let open = Open(directory: directory, program: program, files: files)
            guard case .idle = state else { throw CancellationError() }
            state = .open(open)
            return open
        }
    }

    nonisolated func gitEnvironment(
        _ files: GitEnvironment.Files, verifyingWith keys: GitEnvironment.KeyFiles? = nil
    ) -> GitEnvironment {
        var environment = GitEnvironment(inheriting: inherited, files: files, stall: limits.stall)
        if let keys {
            environment.verify(with: keys)
        } else {
            environment.allow(url, credentials, files: files, stall: limits.stall)
        }
        return environment
    }

    func copy(for revision: Revision) async throws -> GitCopy {
        let open = try await opened()
        if let copy = open.copy { return copy }
        let copy = try await url.kind == .local ? inPlace(open) : fetched(open, revision.digest.algorithm)
        guard case .open(var now) = state else { throw CancellationError() }
        now.copy = copy
        state = .open(now)
        return copy
    }

    private func inPlace(_ open: Open) async throws -> GitCopy {
        let directory = try await work.run { [url] in try LocalRepository.directory(of: url.description) }
        return makeCopy(open, directory, commits: [], partial: false)
    }

    private func fetched(_ open: Open, _ algorithm: Revision.Digest.Algorithm) async throws -> GitCopy {
        let directory = open.directory
        let isUsable = try await work.run {
            if directory.hasRepository, directory.packs > Self.packsToStartAnew { try directory.removeRepository() }
            return directory.hasRepository
        }
        let store = GitStore(program: open.program, directory: directory.repository, url: url, limits: limits)
        if isUsable, let commits = try? await store.commits() {
            var copy = makeCopy(open, directory.repository, commits: commits, partial: true)
            copy.fetches = try await work.run { directory.packs }
            return copy
        }
        try await work.run { try directory.removeRepository() }
        try await store.create(algorithm)
        return makeCopy(open, directory.repository, commits: [], partial: true)
    }

    func historyStore(_ algorithm: Revision.Digest.Algorithm) async throws -> GitStore {
        let open = try await opened()
        if url.kind == .local { return try await inPlace(open).store }
        let directory = open.directory
        let store = GitStore(program: open.program, directory: directory.history, url: url, limits: limits)
        // Nothing in it is held by anybody; a day's commits are soon fetched again.
        let isUsable = try await work.run { directory.hasHistory && directory.historyPacks <= Self.packsToStartAnew }
        if isUsable { return store }
        try await work.run { try directory.removeHistory() }
        try await store.create(algorithm)
        return store
    }

    func removeHistory() async throws {
        let directory = try await opened().directory
        try await work.run { try directory.removeHistory() }
    }

    private func makeCopy(_ open: Open, _ directory: String, commits: [String], partial: Bool) -> GitCopy {
        let store = GitStore(program: open.program, directory: directory, url: url, limits: limits)
        let reader = ObjectReader(open.program, directory: directory, idle: limits.idle, deadline: limits.fetch)
        let objects = GitObjects(reader: reader, failure: GitFailure(url: url.description))
        let blobs = partial ? MissingBlobs(store: store, turnstile: turnstile) : nil
        return GitCopy(store: store, objects: objects, reader: reader, blobs: blobs, commits: commits)
    }

    func startAnew() async throws {
        guard case .open(var open) = state else { return }
        open.copy?.reader.close()
        open.copy = nil
        open.verifier = nil
        state = .open(open)
        let directory = open.directory
        try await work.run { try directory.removeRepository() }
    }
}
