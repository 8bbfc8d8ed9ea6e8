import Engine
package import Manifests
package import Model
import Sources
import Store

extension Operator {
    package var isReady: Bool {
        root.hasLooked && targetStates.count == targets.count && targetStates.values.allSatisfy(\.hasLooked)
    }

    package func applications() async -> [ApplicationStatus] {
        records.values.filter { !$0.target.isEmpty || $0.declared != nil }.map { status(of: $0) }.sorted { $0.name < $1.name }
    }

    package func application(_ name: String) async throws -> ApplicationStatus { status(of: try record(name)) }

    package func plan(of name: String) async throws -> Plan {
        guard let plan = try record(name).view.plan else {
            throw PlumbError(
                .unreachable, "\(name) was not looked at yet.",
                remedy: "Ask again in a moment; `plumb why \(name)` says what it waits for.")
        }
        return plan
    }

    package func repositories() async -> [RepositoryStatus] {
        await sources.all().map { status($0.name, $0.key, $0.users, $0.state) }
    }

    package func targets() async -> [TargetStatus] {
        targets.values.map { target in
            var status = TargetStatus(name: target.name, place: target.place)
            let state = targetStates[target.name]
            status.installation = state?.installation
            status.error = state?.error
            status.failingSince = state?.failingSince
            status.applications = records.values.filter { $0.target == target.name }.count
            return status
        }.sorted { $0.name < $1.name }
    }

    package func sync(_ name: String, by person: String) async throws -> OperationRecord {
        try requireDeclared(name)
        let operation = pending(name, .manual, "asked for by \(person)")
        enqueue(name, .manual, .person)
        return operation
    }

    package func refresh(_ name: String) async throws -> RepositoryStatus {
        let record = try record(name)
        let used = try record.declared.flatMap { try repository(of: $0.source) }
        return try await look(at: used?.key ?? root.key)
    }

    package func refresh(repository name: String) async throws -> RepositoryStatus {
        guard let found = await sources.all().first(where: { $0.name == name || $0.key.url == name }) else {
            throw PlumbError(.notFound, "There is no repository \(name.quoted).")
        }
        return try await look(at: found.key)
    }

    package func suspend(_ name: String, reason: String?, by person: String) async throws {
        try requireDeclared(name)
        let hold = Hold(
            reason: .suspended, message: "suspended by \(person)" + (reason.map { ": \($0)" } ?? ""), since: WallClock.text)
        await step(name, .suspended(hold))
        records[name]?.supersession?.supersede("suspended by \(person)")
        try await tellTarget(of: name, hold)
    }

    package func resume(_ name: String, by person: String) async throws {
        try requireDeclared(name)
        // Before the reconcile that follows, which would read the word again.
        try await tellTarget(of: name, nil)
        await step(name, .resumed(person: person))
    }

    package func approve(_ name: String, plan: Digest, by person: String) async throws -> OperationRecord {
        let record = try record(name)
        guard let hold = record.machine.memory.hold, hold.reason == .approval, let waiting = hold.plan else {
            throw PlumbError(.conflict, "Nothing of \(name) waits for approval.")
        }
        guard waiting == plan else {
            throw PlumbError(
                .conflict, "\(plan) is not the digest of what \(name) waits with; that is \(waiting).",
                remedy: "Look at it again with `plumb describe application \(name)`: the target or the source has changed since.")
        }
        records[name]?.approval = plan
        let operation = pending(name, .approval, "approved by \(person)")
        enqueue(name, record.isLeaving ? .removal : .approval, .person)
        return operation
    }

    package func rollback(_ name: String, to revision: String, by person: String) async throws -> OperationRecord {
        try requireDeclared(name)
        guard let entry = try await store.history(of: name, limit: 500).first(where: { Self.names($0.revision, revision) }) else {
            throw PlumbError(
                .notFound, "\(name) was never at a revision \(revision.quoted).",
                remedy: "`plumb history \(name)` lists those it was at.")
        }
        let rejected = try await rejected(of: name)
        let operation = pending(name, .rollback, "back to \(entry.revision), by \(person)")
        records[name]?.supersession?.supersede("rolled back by \(person)")
        await step(
            name,
            .rolledBack(
                ApplicationMachine.Rollback(revision: entry.revision, rejected: rejected, since: WallClock.text, person: person)))
        try await tellTarget(of: name, records[name]?.machine.word)
        return operation
    }

    package func history(of name: String, limit: Int) async throws -> [HistoryEntry] {
        let entries = try await store.history(of: name, limit: limit)
        if entries.isEmpty { _ = try record(name) }
        return entries
    }

    package func events(of application: String?, after id: Int64?, limit: Int) async throws -> [Event] {
        try await store.events(of: application, after: id, limit: limit)
    }

    package func eventStream(of application: String?) async -> AsyncStream<Event> {
        listeners.stream(of: application)
    }

    // MARK: Parts

    /// What a step back leaves; a second one does not forget what the first one left.
    private func rejected(of name: String) async throws -> Digest {
        if let before = records[name]?.machine.memory.rollback?.rejected { return before }
        guard let record = records[name], let rendered = record.rendered, let application = record.declared else {
            throw PlumbError(.unreachable, "\(name) was not rendered yet, so that it is not known what to go back from.")
        }
        return try await fingerprint(of: rendered.manifests, in: rendered.tree, for: application)
    }

    /// Writes a person's word into the inventory, where a pipeline, a second operator and a rebuilt one see it.
    func tellTarget(of name: String, _ word: Hold?) async throws {
        guard let declared = records[name]?.declared, !settings.isObserver else { return }
        do {
            let target = try await writer(declared)
            // Before its first write it has none of its own, and keeps to the word in that of its former name.
            for inventoryName in [name, formerName(of: declared)].compactMap(\.self) {
                if try await note(word, of: inventoryName, on: target) { return }
            }
        } catch {
            throw PlumbError(
                .unreachable, "It is noted here, but the target of \(name) could not be told: \(error)",
                remedy:
                    "This operator keeps to it; a pipeline or another operator does not know of it yet. Say it again when the target answers."
            )
        }
    }

    /// Returns whether there is such an inventory.
    private func note(_ word: Hold?, of name: String, on target: any Target) async throws -> Bool {
        for attempt in 1...5 {
            let identity = ApplicationIdentity(installation: try await target.installation(), name: name)
            guard var inventory = try await target.inventory(of: identity) else { return false }
            guard inventory.hold != word else { break }
            inventory.hold = word
            do {
                _ = try await target.save(inventory)
                break
            } catch let error as PlumbError where error.code == .superseded && attempt < 5 {
                continue
            }
        }
        return true
    }

    private func record(_ name: String) throws -> Record {
        if let record = records[name] { return record }
        let known = records.keys.sorted().prefix(10).joined(separator: ", ")
        throw PlumbError(
            .notFound, "There is no application \(name.quoted).",
            remedy: known.isEmpty ? "There is none at all." : "There are: \(known).")
    }

    private func requireDeclared(_ name: String) throws {
        let record = try record(name)
        guard record.declared != nil else {
            let commands = LeavingCommands.text(record.inventoryName, settings.targetFlags[record.target] ?? "")
            throw PlumbError(
                .conflict, "\(name) is an orphan: \(record.orphanReason).",
                remedy: record.inventoryName == name ? "Declare it again, or run \(commands)." : "Run \(commands).")
        }
    }

    func step(_ name: String, _ event: ApplicationMachine.Event) async {
        guard var record = records[name] else { return }
        let effects = record.machine.step(event)
        records[name] = record
        await perform(effects, name)
    }

    private func pending(_ name: String, _ cause: OperationRecord.Cause, _ message: String) -> OperationRecord {
        let operation = OperationRecord(
            id: UUIDv7.make(milliseconds: WallClock.milliseconds), application: name, cause: cause, phase: .pending,
            message: message,
            startedAt: WallClock.text)
        // The reconcile that comes next is it, whatever that finds to do.
        records[name]?.promised = operation
        return operation
    }

    private func look(at key: RepositoryKey) async throws -> RepositoryStatus {
        guard let state = await sources.look(at: key) else {
            throw PlumbError(.unreachable, "The repository \(key.url) is not followed yet.", remedy: root.error)
        }
        await took(state, of: key)
        let found = await sources.all().first { $0.key == key }
        return status(found?.name ?? key.url, key, found?.users ?? 0, state)
    }

    private func status(_ name: String, _ key: RepositoryKey, _ users: Int, _ state: SourceState?) -> RepositoryStatus {
        var status = RepositoryStatus(name: name, url: key.url)
        for (reference, revision) in revisions(of: key) { status.revisions[reference] = revision }
        status.applications = key == root.key ? records.values.filter { $0.declared?.source.isRelative ?? false }.count : users
        status.checkedAt = state?.checkedAt.map(WallClock.text)
        status.error = state?.error.map { "\($0)" }
        status.failingSince = state?.failingSince.map(WallClock.text)
        status.nextCheckAt = state?.nextCheckAt.map(WallClock.text)
        return status
    }

    /// What applications ask for in a repository, and what that is now.
    private func revisions(of key: RepositoryKey) -> [String: String] {
        var result: [String: String] = [:]
        if key == root.key, let revision = root.told { result[SourceReference.git(root.reference).shown] = revision.description }
        for record in records.values {
            guard let source = record.declared?.source, let used = try? repository(of: source), used.key == key,
                let revision = record.rendered?.revision
            else { continue }
            result[used.reference.shown] = revision.description
        }
        return result
    }

    /// `main@sha1:…` whole, the digits, or the first of them.
    private static func names(_ revision: String, _ text: String) -> Bool {
        guard revision != text else { return true }
        let digits = revision.split(separator: ":").last.map(String.init) ?? ""
        return text.count >= 7 && digits.hasPrefix(text.lowercased())
    }
}

extension SourceReference {
    /// As somebody writes it: `main`, `v1.x`, `podinfo ^6.5`.
    fileprivate var shown: String {
        switch self {
        case .git(.head): "HEAD"
        case .git(.branch(let name)), .git(.tag(let name)), .git(.ref(let name)): name
        case .git(.semver(let range)): "\(range)"
        case .git(.commit(let digest)): String(digest.hex.prefix(12))
        case .chart(let chart): chart.description
        }
    }
}
