import Helm
import Logging
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Follows one repository of charts for everybody who uses it: one for each URL and credential.
///
/// Once an interval it is asked for what it has: one request for an index, with what was sent before left out; of a registry one or two
/// for each chart that is used. What was found last stays known while a look fails.
package actor ChartFollower {
    package nonisolated let url: ChartURL
    nonisolated let logger: Logger
    private nonisolated let catalog: any ChartCatalog
    private nonisolated let store: MemoryFile?
    private let schedule: PollSchedule
    private let turnstile = Turnstile()

    package private(set) var state = State()
    private var memory = ChartMemory()
    private var hasRemembered = false
    private var begun = 0
    private var answered = 0
    private var due = ContinuousClock.now
    private var asked = AskedReferences<ChartReference>()
    private var releases: [Revision: ChartRelease] = [:]
    private var trees = KeptTrees()
    private var news: AsyncStream<Void>.Continuation?


    /// What is known of a repository of charts.
    package struct State: Sendable {
        /// What each reference that was asked for leads to.
        var found: [ChartReference: Result<Revision, PlumbError>] = [:]
        package internal(set) var look = SourceState()

        func isNews(after other: State) -> Bool {
            look.isNews(after: other.look) || found.count != other.found.count
                || found.contains { Self.essence($1) != other.found[$0].map(Self.essence) }
        }

        private static func essence(_ result: Result<Revision, PlumbError>) -> String {
            switch result {
            case .success(let revision): "\(revision)"
            case .failure(let error): error.message
            }
        }
    }

    /// - Parameters:
    ///   - memory: the file that says what versions were when they were first seen; nil where nobody has to know later.
    ///   - interval: between two looks, ±10 %.
    init(url: ChartURL, catalog: any ChartCatalog, memory: String?, interval: Duration, logger: Logger) {
        self.url = url
        self.catalog = catalog
        self.logger = logger
        store = memory.map { MemoryFile(path: $0) }
        schedule = PollSchedule(interval: interval)
    }

    /// Looks, waits, looks again, until cancelled; `report` as `RepositoryFollower.run` has it.
    package func run(_ report: @escaping @Sendable (State) async -> Void) async {
        let (changes, news) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.news = news
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in changes { await report(self.state) } }
            group.addTask { await self.poll() }
        }
        self.news = nil
    }

    /// Looks now, and returns what is known then; who asks while a look runs shares the next one.
    package func look() async -> State {
        let needed = begun + 1
        do {
            try await turnstile.pass {
                guard answered < needed else { return }
                begun += 1
                let number = begun
                if await lookOnce() { answered = number }
            }
        } catch {}
        return state
    }

    /// What a reference leads to, as of the last good look; looks where none tells.
    ///
    /// Throws `notFound` where there is no such chart or version, `conflict` where a version is not what it was, and what the look threw
    /// where nothing is known.
    package func revision(of reference: ChartReference) async throws -> Revision {
        ask(for: reference)
        if state.found[reference] == nil { try await turnstile.pass { try await find(reference) } }
        guard let found = state.found[reference] else {
            throw state.look.error ?? PlumbError(.unreachable, "The chart repository \(url) was not looked at yet.")
        }
        return try found.get()
    }

    /// What a version was when it was seen, where it can be read without asking anybody; nil where it was not seen.
    func known(_ chart: String, _ version: String) async throws -> Revision? {
        try await turnstile.pass { await remember() }
        return memory.digest(of: chart, version).map {
            Revision(ChartRelease(chart: chart, version: version), $0)
        }
    }

    /// The files of a chart. Throws `notFound` and what fetching throws; content that is not what the revision says is an error.
    package func snapshot(at revision: Revision) async throws -> Snapshot {
        if let tree = trees.take(revision) { return Snapshot(revision: revision, tree: tree) }
        let (bytes, release) = try await archive(at: revision)
        let what = "chart \(release.chart) \(release.version) in \(url)"
        let tree = try await Self.unpacked(bytes, revision, release, what: what, isNamed: url.kind == .index)
        trees.keep(tree, revision)
        return Snapshot(revision: revision, tree: tree)
    }

    /// The packed chart, as it was published.
    func archive(at revision: Revision) async throws -> (bytes: [UInt8], release: ChartRelease) {
        let release = try releases[revision] ?? release(of: revision)
        return (try await catalog.archive(of: release, revision.digest), release)
    }

    package func close() { news?.finish() }
}

extension ChartFollower {
    @concurrent
    private static func unpacked(
        _ bytes: [UInt8], _ revision: Revision, _ release: ChartRelease, what: String, isNamed: Bool
    ) async throws -> ChartTree {
        let tree = try ChartTree(bytes, revision.digest, what: what)
        // An index names its charts, and a registry only places them.
        if isNamed {
            let metadata = try Chart.load(archive: bytes, path: what).metadata
            guard metadata.name == release.chart else {
                throw PlumbError(
                    .conflict, "The \(what) calls itself \(metadata.name.quoted).", remedy: "Have the index made anew.")
            }
        }
        return tree
    }

    /// Of a revision that an earlier process, or a person, names.
    private func release(of revision: Revision) throws -> ChartRelease {
        let asked = Set(asked.all.map(\.name))
        let candidates = ChartRelease.candidates(revision.name ?? "")
        guard let release = candidates.first(where: { asked.contains($0.chart) }) ?? candidates.first else {
            throw PlumbError(.notFound, "\(url) has no chart that the revision \(revision) names.")
        }
        return release
    }

    private func poll() async {
        _ = await look()
        while !Task.isCancelled {
            // Somebody else's look moves the next one.
            let due = self.due
            do { try await Task.sleep(until: due, clock: .continuous) } catch { return }
            if self.due <= .now { _ = await look() }
        }
    }

    /// Returns false where it was broken off before there was an answer.
    private func lookOnce() async -> Bool {
        let before = state
        await remember()
        do {
            try await take(catalog.releases(asked.all, mayBeKnown: false))
            state.look.succeed()
        } catch {
            // Not an answer: who asked went away.
            guard !Task.isCancelled, !(error is CancellationError) else { return false }
            let error = error as? PlumbError ?? PlumbError(.failed, "The chart repository \(url) could not be looked at: \(error)")
            if state.look.error == nil {
                logger.notice("A chart repository cannot be looked at.", metadata: ["repository": "\(url)", "error": "\(error)"])
            }
            state.look.fail(error)
        }
        let delay = schedule.delay(failures: state.look.failures, chance: .random(in: 0...1))
        due = .now + delay
        state.look.nextCheckAt = SourceState.now + delay
        if state.isNews(after: before) { news?.yield() }
        return true
    }

    /// One reference alone, by what is known of the repository already.
    private func find(_ reference: ChartReference) async throws {
        guard state.found[reference] == nil else { return }
        await remember()
        do { try await take(catalog.releases([reference], mayBeKnown: true)) } catch let error as PlumbError {
            // What an earlier process found counts until a look succeeds.
            guard let revision = memory.revision(of: reference) else { throw error }
            state.found[reference] = .success(revision)
        }
    }

    private func take(_ found: [ChartReference: Result<ChartRelease, PlumbError>]) async throws {
        let before = memory
        for (reference, result) in found {
            do {
                var release = try result.get()
                if release.digest == nil {
                    release.digest = memory.digest(of: release.chart, release.version)
                }
                if release.digest == nil { release.digest = try await catalog.digest(of: release) }
                let revision = try memory.check(reference, release, in: "\(url)")
                if releases.count > AskedReferences<ChartReference>.limit { releases = [:] }
                releases[revision] = release
                state.found[reference] = .success(revision)
            } catch let error as PlumbError {
                if error.isRetryable { throw error }
                state.found[reference] = .failure(error)
            }
        }
        if memory != before { await keep() }
    }

    private func ask(for reference: ChartReference) {
        let before = asked.count
        guard asked.ask(for: reference), asked.count <= before else { return }
        state.found = state.found.filter { asked.contains($0.key) }
    }

    /// What an earlier process saw counts.
    private func remember() async {
        guard !hasRemembered else { return }
        hasRemembered = true
        if let value = await store?.read() { memory = ChartMemory(value) }
    }

    private func keep() async {
        do { try await store?.write(memory.value) } catch {
            logger.notice(
                "What versions of charts are could not be kept for the next start.",
                metadata: ["repository": "\(url)", "error": "\(error)"])
        }
    }
}

/// The trees that were asked for last.
private struct KeptTrees {
    private var trees: [(revision: Revision, tree: ChartTree)] = []

    private static let count = 32
    private static let size = 32 << 20

    mutating func take(_ revision: Revision) -> ChartTree? {
        guard let index = trees.firstIndex(where: { $0.revision == revision }) else { return nil }
        let found = trees.remove(at: index)
        trees.append(found)
        return found.tree
    }

    mutating func keep(_ tree: ChartTree, _ revision: Revision) {
        trees.append((revision, tree))
        while trees.count > Self.count || (trees.count > 1 && trees.reduce(0) { $0 + $1.tree.size } > Self.size) {
            trees.removeFirst()
        }
    }
}
