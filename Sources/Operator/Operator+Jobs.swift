import Engine
import Model
import Sources

extension Operator {
    /// Everything that a reconcile starts from; nil where it cannot begin now, and is asked for again when it can.
    func job(for work: WorkQueue.Work, _ slot: WorkSlot) async -> Job? {
        guard let application = application(named: work.name), let targetName = target(of: work.name) else { return nil }
        guard targetStates[targetName]?.hasLooked ?? false else { return nil }
        let target: any Target
        do {
            target = targetName == PlumbNames.target ? catalog : try await writer(application)
        } catch {
            await failed(work.name, "\(error)")
            return nil
        }
        guard var record = records[work.name] else { return nil }
        let supersession = Supersession()
        record.supersession = supersession
        let promised = record.promised
        record.promised = nil
        records[work.name] = record
        var circumstances = Decision.Circumstances()
        circumstances.suspension = record.machine.memory.suspension
        circumstances.isObserver = settings.isObserver && targetName != PlumbNames.target
        circumstances.gate = gate(of: application, on: targetName)
        // A person, and a change of what is asked for, do not wait for the next attempt.
        let isUrgent = [.manual, .approval, .rollback, .retry, .settings].contains(work.cause)
        circumstances.isBackingOff = !isUrgent && record.machine.failures > 0
        let job = Job(
            application: policy(of: application, work, record), cause: work.cause,
            revision: { try await self.revision(for: work.name) },
            snapshot: { try await self.snapshot(for: work.name, at: $0) },
            target: target, circumstances: circumstances, approval: record.approval, promised: promised, contests: record.contests,
            lastApplied: record.lastApplied,
            formerName: formerName(of: application),
            isRollback: record.machine.memory.rollback != nil, supersession: supersession,
            slot: slot, failedDigest: record.machine.failedDigest,
            rendered: record.rendered, word: record.machine.word,
            isSettled: !work.looks && record.isAtRest)
        return job
    }

    /// Where nobody else has it now.
    func formerName(of application: Application) -> String? {
        application.renamedFrom.flatMap { records[$0]?.declared == nil ? $0 : nil }
    }

    func application(named name: String) -> Application? {
        name == RootState.name && root.mode != .single ? rootApplication : records[name]?.declared
    }

    func target(of name: String) -> String? {
        name == RootState.name && root.mode != .single ? PlumbNames.target : records[name]?.target
    }

    /// What a person asks for by hand is done once, whatever the policy says of commits and drift.
    private func policy(of application: Application, _ work: WorkQueue.Work, _ record: Record) -> Application {
        var application = application
        if work.cause == .manual || work.cause == .rollback { application.sync.automatic = true }
        return application
    }

    func gate(of application: Application, on target: String) -> Hold? {
        if let hold = foreignHold(of: target) { return hold }
        if application.name == rootRecordName, let flip = root.flip {
            return Hold(reason: .target, message: flip, since: WallClock.text)
        }
        let since =
            records[application.name]?.machine.memory.hold.flatMap { $0.reason == .dependency ? $0.since : nil } ?? WallClock.text
        if let cycle = dependencies.cycle(through: application.name) {
            return Hold(
                reason: .dependency, message: "it depends on itself: \(cycle.joined(separator: " → ")); take one of these out",
                since: since)
        }
        return unreadyDependency(of: application, since)
    }

    /// What it waits for as that is now.
    func unreadyDependency(of application: Application, _ since: String) -> Hold? {
        for name in application.dependsOn {
            guard let dependency = records[name], dependency.declared != nil else {
                if declaredNames.contains(name) || !root.hasLooked {
                    return Hold(
                        reason: .dependency, message: "it waits for \(name), which was not looked at yet", since: since)
                }
                return Hold(reason: .dependency, message: "it waits for \(name), which nothing declares", since: since)
            }
            guard dependency.machine.isReady, !queue.isWaiting(name) else {
                return Hold(
                    reason: .dependency, message: "it waits for \(name), which \(standing(of: dependency))", since: since)
            }
        }
        return nil
    }

    private func standing(of record: Record) -> String {
        if record.view.plan == nil, record.machine.unreadable == nil, record.defect == nil { return "was not looked at yet" }
        let sync = trouble(of: record) == nil ? record.view.sync : .unknown
        if sync == .synced, record.machine.isReady { return "is looked at again" }
        return "is \(sync.rawValue) and \(record.view.health.status.rawValue)"
    }

    func foreignHold(of target: String) -> Hold? {
        guard let state = targetStates[target], state.isForeign else { return nil }
        return Hold(reason: .target, message: state.error ?? "the target is not the one that it was", since: WallClock.text)
    }

    // MARK: Sources

    /// Which revision an application is to be at now.
    func revision(for name: String) async throws -> Revision {
        if let rollback = records[name]?.machine.memory.rollback { return try Revision(rollback.revision) }
        return try await newestRevision(for: name)
    }

    /// The same, whatever a person went back to.
    func newestRevision(for name: String) async throws -> Revision {
        if name != RootState.name, root.mode == .objects, let declared = records[name]?.declared, declared.source.isRelative {
            guard let revision = root.revision else {
                throw PlumbError(.unreachable, "The repository \(root.key.url) was not read yet.")
            }
            return revision
        }
        let (follower, reference) = try await followed(by: name)
        return try await follower.revision(of: reference)
    }

    func snapshot(for name: String, at revision: Revision) async throws -> Snapshot {
        try await followed(by: name).follower.snapshot(at: revision)
    }

    /// The repository of an application, and what of it.
    func followed(by name: String) async throws -> (follower: SourceFollower, reference: SourceReference) {
        let declared = records[name]?.declared
        if name == RootState.name || declared?.source.isRelative ?? true {
            let follower = try await sources.follower(
                root.key, interval: settings.interval, name: root.key.url, user: RootState.name)
            return (follower, .git(root.reference))
        }
        guard let source = declared?.source, let used = try repository(of: source) else {
            throw PlumbError(.invalid, "The application \(name) names no repository.")
        }
        let follower = try await sources.follower(used.key, interval: used.interval, name: used.name, user: name)
        return (follower, used.reference)
    }
}

/// Names that the operator gives itself.
enum PlumbNames {
    static let target = "plumb"
}

extension Application.Source {
    /// Whether it is read from the repository that the Application came from, at its revision.
    var isRelative: Bool { place == .own }
}
