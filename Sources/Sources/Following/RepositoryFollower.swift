package import Logging
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Follows one repository for everybody who uses it: one for each URL, credential and set of trusted keys.
///
/// A repository on a server is asked for its references once an interval, whatever the number of applications; one that is
/// named by a path is watched as well. What was found last stays known while a look fails.
package actor RepositoryFollower {
    package nonisolated let url: GitURL
    private nonisolated let source: GitSource
    nonisolated let interval: Duration
    nonisolated let logger: Logger
    private let schedule: PollSchedule
    private nonisolated let turnstile = Turnstile()

    package private(set) var state = State()
    /// How many looks have begun, and which was the last that came to an answer: it answers who asked before it began.
    private var begun = 0
    private var answered = 0
    private var due = ContinuousClock.now
    private var hasRemembered = false
    private var isClosed = false
    /// Each is a commit to keep, and some have to be asked for by name.
    private var asked = AskedReferences<GitReference>()
    /// Of the list that is known: finding a range's highest tag takes a look at all of them.
    private var resolved: [GitReference: Revision] = [:]
    private var news: AsyncStream<Void>.Continuation?

    private static let sparedCommits = 8

    /// - Parameters:
    ///   - keys: see `GitSource`.
    ///   - store: a directory for the copies of this set of credentials; see `GitSource`.
    ///   - interval: between two looks, ±10 %; what a local repository is looked at beside being watched.
    ///
    /// Throws `invalid` or `denied` where the credentials cannot be used with the URL.
    package init(
        url: GitURL, credentials: GitCredentials = .none, trusting keys: [SigningKey] = [], store: String,
        interval: Duration = Repository.interval, limits: GitLimits = GitLimits(),
        environment: [String: String] = ProcessInfo.processInfo.environment, logger: Logger = .current
    ) throws {
        source = try GitSource(
            url: url, credentials: credentials, trusting: keys, store: store, limits: limits, environment: environment)
        self.url = source.url
        self.interval = interval
        self.logger = logger
        schedule = PollSchedule(interval: interval)
    }

    /// Looks, waits, looks again, until cancelled. `report` gets the state after the first look and after each that found
    /// something else than the one before (references or an error), whoever asked for it; while it runs, later ones are
    /// joined to one. At most one `run` at a time.
    package func run(_ report: @escaping @Sendable (State) async -> Void) async {
        let (changes, news) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.news = news
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in changes { await report(self.state) } }
            group.addTask { await self.poll() }
            if url.kind == .local { group.addTask { await LocalWatch(follower: self).run() } }
        }
        self.news = nil
    }

    /// Looks now, and returns what is known then; an error is in the state. Who asks while a look runs shares the next one:
    /// the running one may have missed what he asks for. Returns at once what is known when cancelled.
    package func look() async -> State {
        let needed = begun + 1
        do {
            try await turnstile.pass {
                guard answered < needed else { return }
                begun += 1
                let number = begun
                await remember()
                if await lookOnce() { answered = number }
            }
        } catch {}
        return state
    }

    /// The revision that `reference` has in the last good list; looks where there is none yet, or none that tells.
    ///
    /// Throws what the look threw where nothing is known, else the reference's own error: `referenceNotFound`,
    /// `emptyRepository`, `invalid`.
    package func revision(of reference: GitReference) async throws -> Revision {
        let isNew = await ask(for: reference)
        if state.references == nil || (isNew && !ReferenceList.isListed(reference)) {
            _ = await look()
            try Task.checkCancellation()
        }
        if case .commit(let digest) = reference { return Revision(name: nil, digest: digest) }
        if let known = resolved[reference] { return known }
        guard let references = state.references else {
            throw state.look.error ?? PlumbError(.unreachable, "The repository \(url) was not looked at yet.")
        }
        let revision = try references.revision(of: reference)
        if asked.contains(reference) { resolved[reference] = revision }
        return revision
    }

    /// The files of a commit, verified where keys are given. They stay readable while the snapshot is held. One that is known
    /// costs no process and no request.
    ///
    /// Throws what `GitSource.snapshot` throws.
    package func snapshot(at revision: Revision) async throws -> Snapshot {
        await remember()
        return try await source.snapshot(at: revision)
    }

    /// Whether `older` is `newer` or one of its ancestors; if not, the branch was rewound, or its history replaced.
    package func isAncestor(_ older: Revision, of newer: Revision) async throws -> Bool {
        try await source.isAncestor(older, of: newer)
    }

    /// Ends what runs, and removes the files that hold secrets. Snapshots cannot be read any more.
    package func close() async {
        isClosed = true
        news?.finish()
        await source.close()
    }
}

extension RepositoryFollower {
    private func poll() async {
        _ = await look()
        while !Task.isCancelled, !isClosed {
            // Somebody else's look moves the next one.
            let due = self.due
            do { try await Task.sleep(until: due, clock: .continuous) } catch { return }
            if self.due <= .now { _ = await look() }
        }
    }

    /// Returns false where it was broken off before there was an answer.
    private func lookOnce() async -> Bool {
        let before = state
        do {
            let references = try await source.references(also: asked.all)
            if references != state.references { resolved = [:] }
            state.references = references
            state.look.succeed()
        } catch {
            // Not an answer: who asked went away.
            guard !Task.isCancelled, !(error is CancellationError) else { return false }
            note(error as? PlumbError ?? PlumbError(.failed, "The repository \(url) could not be looked at: \(error)"))
        }
        let delay = schedule.delay(failures: state.look.failures, chance: .random(in: 0...1))
        due = .now + delay
        state.look.nextCheckAt = SourceState.now + delay
        if state.isNews(after: before) { news?.yield() }
        return true
    }

    private func note(_ error: PlumbError) {
        if state.look.error == nil {
            logger.notice("A repository cannot be looked at.", metadata: ["repository": "\(url)", "error": "\(error)"])
        }
        state.look.fail(error)
    }

    /// What an earlier process found counts until this one has found something.
    private func remember() async {
        guard !hasRemembered else { return }
        hasRemembered = true
        do {
            let remembered = try await source.rememberedReferences()
            state.references = state.references ?? remembered
        } catch {
            hasRemembered = false
        }
    }

    /// Returns whether it was not asked for before, or not for long.
    private func ask(for reference: GitReference) async -> Bool {
        await remember()
        let before = asked.count
        guard asked.ask(for: reference) else { return false }
        if asked.count <= before { resolved = resolved.filter { asked.contains($0.key) } }
        await source.keep(commits: asked.count + Self.sparedCommits)
        return true
    }
}
