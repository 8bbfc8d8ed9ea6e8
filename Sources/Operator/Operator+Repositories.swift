import Engine
import Logging
import Manifests
import Model
import Rendering
import Sources
import Store

/// What repositories tell.
extension Operator {
    struct UsedRepository {
        var key: RepositoryKey
        var reference: SourceReference
        var interval: Duration
        var name: String
    }

    /// The repository that a source names, by a Repository object or inline; nil for one that is relative.
    func repository(of source: Application.Source) throws -> UsedRepository? {
        switch source.place {
        case .own: return nil
        case .git(let git):
            return UsedRepository(
                key: RepositoryKey(git), reference: .git(try GitReference(git.reference)), interval: settings.interval,
                name: git.url)
        case .chart(let chart, let place):
            return UsedRepository(
                key: RepositoryKey(place), reference: .chart(ChartReference(chart)), interval: settings.interval, name: place.url)
        case .repository(let name, let selection):
            guard let repository = repositories[name] else {
                throw PlumbError(.notFound, "There is no Repository \(name.quoted).", remedy: "Declare it beside the Application.")
            }
            return try used(selection, of: repository)
        }
    }

    private func used(_ selection: Application.Selection, of repository: Repository) throws -> UsedRepository {
        let (key, reference): (RepositoryKey, SourceReference)
        switch (repository.location, selection) {
        case (.git(let git), .reference(let given)):
            (key, reference) = (RepositoryKey(git), .git(try GitReference(given ?? git.reference)))
        case (.charts(let place), .chart(let chart)): (key, reference) = (RepositoryKey(place), .chart(ChartReference(chart)))
        case (.git, .chart(let chart)):
            throw PlumbError(
                .invalid, "The Repository \(repository.name) is a Git repository, and has no chart \(chart.name).",
                remedy: "Name the chart's directory with path in place of chart.")
        case (.charts, .reference):
            throw PlumbError(
                .invalid, "The Repository \(repository.name) is one of charts, and the source names none.",
                remedy: "Name one with chart, and a version or a range with version.")
        }
        return UsedRepository(key: key, reference: reference, interval: repository.interval, name: repository.name)
    }

    /// A look at a repository found something else than the one before.
    func took(_ state: SourceState, of key: RepositoryKey) async {
        await sources.note(state, of: key)
        metrics.looked(at: key.url, succeeded: state.error == nil)
        await tell(state, of: key)
        guard state.error == nil else { return await unreadable(key, state) }
        if key == root.key { await tookRoot() }
        for record in records.values {
            guard let declared = record.declared, !declared.source.isRelative, let used = try? repository(of: declared.source),
                used.key == key
            else { continue }
            await newRevision(for: record.name)
        }
    }

    func tookRoot() async {
        do {
            let revision = try await revision(for: rootRecordName)
            await tell(revision)
            guard await recogniseRoot(revision) else { return }
            await newRevision(for: rootRecordName)
        } catch {
            await rootFailed("\(error)")
        }
    }

    /// A new revision, with what version control says of it; and whether it replaced history.
    private func tell(_ revision: Revision) async {
        guard root.told != revision else { return }
        let before = root.told
        root.told = revision
        do {
            let (follower, _) = try await followed(by: RootState.name)
            let commit = try await follower.snapshot(at: revision).revision.commit
            var isRewound = false
            if let before { isRewound = try await !follower.isAncestor(before, of: revision) }
            let words = commit.map { "\($0.author): \($0.message)" } ?? ""
            let message =
                isRewound ? "\(revision) is not a successor of what it was; history was replaced. \(words)" : "\(revision) \(words)"
            await write([.record(Event(time: WallClock.text, application: nil, kind: .revision, message: message))])
        } catch {
            // Only the words are missing; what is wrong with the revision is said by who needs it.
            logger.debug("A revision cannot be described.", metadata: ["revision": "\(revision)", "error": "\(error)"])
        }
    }

    /// The last good state stays; whoever reads from it is told that nothing newer is known.
    private func unreadable(_ key: RepositoryKey, _ state: SourceState) async {
        guard key == root.key, let error = state.error, await !sources.isKnown(key) else { return }
        root.error = "\(error)"
        await failed(rootRecordName, "\(error)")
    }

    private func tell(_ state: SourceState, of key: RepositoryKey) async {
        let failed = failingRepositories[key] != nil
        guard failed != (state.error != nil) else { return }
        let kind: Event.Kind
        let message: String
        if let error = state.error {
            failingRepositories[key] = (state.failingSince.map(WallClock.text) ?? WallClock.text, "\(error)")
            (kind, message) = (.sourceFailed, "\(error)")
        } else {
            failingRepositories[key] = nil
            (kind, message) = (.sourceRecovered, "\(key.url) is read again")
        }
        await write([.record(Event(time: WallClock.text, application: nil, kind: kind, message: message))])
    }

    /// Looks whether an application has a new revision, and lets that overtake what waits for an older one.
    func newRevision(for name: String) async {
        if records[name]?.machine.memory.rollback != nil { await reconsiderRollback(of: name) }
        guard let record = records[name] else { return }
        do {
            let revision = try await revision(for: name)
            guard record.rendered?.revision != revision || record.view.plan == nil else { return }
            enqueue(name, .revision, .revision)
            if let supersession = record.supersession, queue.isUnderWay(name) {
                await supersede(record, supersession, by: revision)
            }
        } catch {
            await failed(name, "\(error)")
        }
    }

    /// A rollback holds for as long as what was rejected is what is rendered.
    private func reconsiderRollback(of name: String) async {
        guard let record = records[name], let application = record.declared else { return }
        do {
            let revision = try await newestRevision(for: name)
            let snapshot = try await snapshot(for: name, at: revision)
            let manifests = try await manifests(of: application, in: snapshot.tree)
            let fingerprint = try await fingerprint(of: manifests, in: snapshot.tree, for: application)
            guard record.machine.memory.rollback?.rejected != fingerprint else { return }
            try await tellTarget(of: name, nil)
            await step(name, .rendered(fingerprint))
        } catch {
            // What cannot be read is no reason to leave the state that a person chose.
            logger.debug("A newer revision cannot be rendered.", metadata: ["application": "\(name)", "error": "\(error)"])
        }
    }

    /// What a reconcile would render, and nothing is written for: a key for random values is not made.
    private func manifests(of application: Application, in tree: any FileTree) async throws -> [Manifest] {
        let target = try await writer(application)
        let charts = ChartContext(
            application: application.name, formerName: formerName(of: application), missingKey: .makeUp {}, target: { target })
        let context = charts.rendering(for: application, charts: self.charts)
        return try await cache.manifests(of: application.source, in: tree, substitute: application.substitute, context: context)
            .manifests
    }

    /// Tells one rendering from another, with the files beside the manifests that the target reads for them, and whatever else
    /// the target makes of it.
    ///
    /// Throws where it cannot be told which files those are.
    func fingerprint(
        of manifests: [Manifest], in tree: any FileTree, for application: Application
    ) async throws -> Digest {
        let recorder = RecordingTree(tree)
        let settings = application.target
        do {
            _ = try await writer(application).prepare(
                manifests.filter { $0.generateName == nil },
                for: Placement(namespace: settings.namespace, createNamespace: settings.createNamespace, tree: recorder))
        } catch let error as PlumbError where !error.isRetryable {
            // A mistake in it is a part of what it is.
        }
        guard let files = recorder.record else {
            throw PlumbError(.unreachable, "The files beside the manifests of \(application.name) cannot be read.")
        }
        let objects = manifests.map { [$0.kind, $0.name, Digest(of: $0.value).hex] }
        return Digest(
            records: objects + files.sorted { $0.key < $1.key }.map { ["file", "\($0.key)", $0.value?.description ?? "none"] })
    }

    /// What is under way makes way only for something that renders differently.
    func supersede(_ record: Record, _ supersession: Supersession, by revision: Revision) async {
        guard let application = record.declared, let pursued = record.pursued else { return }
        do {
            let snapshot = try await snapshot(for: record.name, at: revision)
            let manifests = try await manifests(of: application, in: snapshot.tree)
            if await !pursued.isSame(as: manifests, in: snapshot.tree) { supersession.supersede("superseded by \(revision)") }
        } catch {
            // A revision that cannot be rendered is no reason to stop what can; the reconcile that follows says what is wrong.
            logger.debug("A newer revision cannot be rendered.", metadata: ["application": "\(record.name)", "error": "\(error)"])
        }
    }
}
