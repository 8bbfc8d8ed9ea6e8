import Engine
import Logging
import Manifests
import Model
import Store

/// What follows from the end of a reconcile: state, history, events, and what is done next.
extension Operator {
    /// A reconcile found something to do, and is about to do it.
    func began(_ operation: OperationRecord, _ rendering: Rendered?, _ drift: [Event], isHeld: Bool = false) async {
        if let target = records[operation.application]?.target { await rememberTarget(target) }
        guard var record = records[operation.application] else { return }
        record.pursued = rendering
        let effects = record.machine.step(.began(operation, isHeld: isHeld, time: WallClock.text))
        // What an earlier look has told is not told again.
        let news = drift.filter { event in event.key.map { record.driftSince[$0] == nil } ?? true }
        for event in news { if let key = event.key { record.driftSince[key] = event.time } }
        records[operation.application] = record
        await perform(effects, operation.application, also: news)
        await overtake(operation.application, rendering)
    }

    /// What came while this was being planned: nobody will say it again.
    private func overtake(_ name: String, _ rendering: Rendered?) async {
        guard let rendering, let newest = try? await revision(for: name), newest != rendering.revision, let record = records[name],
            let supersession = record.supersession
        else { return }
        await supersede(record, supersession, by: newest)
    }

    func ended(_ work: WorkQueue.Work, _ job: Job, _ result: JobResult) async {
        guard var record = records[work.name] else { return }
        var result = result
        // Of another target than it is on by now, what was seen is not its.
        if job.target.name != record.target { result.forgetTarget() }
        let now = ContinuousClock.now
        let time = WallClock.text
        for (stage, duration) in result.timings { metrics.stage(stage, duration) }
        log(work, result)
        record.supersession = nil
        if job.approval != nil { record.approval = nil }
        record.pursued = nil
        // Of an Application that is another by now, the rendering is not its.
        if let rendered = result.rendered, let now = application(named: work.name), now.source == job.application.source,
            now.substitute == job.application.substitute
        {
            record.rendered = rendered
        }
        if !result.applied.isEmpty { record.lastApplied = result.applied }
        var events = result.events
        events += settle(&record, result.view, time)
        for (key, change) in result.reverted {
            guard let contest = record.contests.reverted(key, change, now: now) else { continue }
            events.append(Self.contested(record.name, key, contest, time))
            enqueue(record.name, .drift, .drift, after: contest.until - now)
        }
        metrics.reverted(result.reverted.count)
        if let view = result.view { record.view = view }
        var effects = record.machine.step(.ended(result.outcome, health: record.view.health, time: time, now: now))
        if let word = result.word, job.word == nil, record.machine.word == nil { effects += record.machine.step(.remembered(word)) }
        if let promised = job.promised { effects += record.machine.step(.answered(promised, result.outcome, time: time)) }
        if result.view != nil, result.keys != record.keys { follow(result.keys, instead: &record) }
        records[work.name] = record
        noteInputs(result, of: record, job.target.name)
        await perform(effects, work.name, also: events)
        if case .applied = result.outcome {
            // Where nothing but the inventory was written, nothing began.
            await rememberTarget(record.target)
            if job.formerName != nil { await findOrphans() }
        }
        if record.machine.isReady { wakeDependents(of: work.name) }
        comeBack(to: record, now)
        if result.isUnseen { enqueue(work.name, .drift, .drift, after: .seconds(1)) }
        if work.name == RootState.name, root.mode == .objects { await appliedRoot(result) }
    }

    /// A rendering that failed is tried again also when what it read before changes.
    private func noteInputs(_ result: JobResult, of record: Record, _ target: String) {
        guard target == record.target else { return }
        if case .unreadable = result.outcome {
            inputs.add(result.read, of: record.name, on: target)
        } else {
            inputs.set(result.read, of: record.name, on: target)
        }
        wrote(result.wrote, by: record.name, on: target)
    }

    /// What waits for a time is looked at then; what waits for something that came meanwhile is looked at now.
    private func comeBack(to record: Record, _ now: ContinuousClock.Instant) {
        switch record.machine.phase {
        case .waiting(let deadline): enqueue(record.name, .drift, .interval, after: deadline - now)
        case .idle, .running, .backingOff: break
        }
        guard record.machine.memory.hold?.reason == .dependency, let application = application(named: record.name) else { return }
        if gate(of: application, on: record.target) == nil { enqueue(record.name, .settings, .revision) }
    }

    /// On a place that is another than it was nothing is looked at: that may have nothing of it, or much of somebody else's.
    func standStill(_ name: String, _ hold: Hold) async {
        guard var record = records[name] else { return }
        let outcome = ApplicationMachine.Outcome.postponed(record.view.renderedDigest ?? Digest(bytes: []), hold: hold)
        let time = WallClock.text
        var effects = record.machine.step(.ended(outcome, health: record.view.health, time: time, now: .now))
        if let promised = record.promised { effects += record.machine.step(.answered(promised, outcome, time: time)) }
        record.promised = nil
        records[name] = record
        await perform(effects, name)
    }

    /// One that could not even begin.
    func failed(_ name: String, _ message: String) async {
        guard var record = records[name] else { return }
        let effects = record.machine.step(
            .ended(.unreadable(message: message), health: record.view.health, time: WallClock.text, now: .now))
        records[name] = record
        await perform(effects, name)
    }

    // MARK: Effects

    func perform(_ effects: [ApplicationMachine.Effect], _ name: String, also events: [Event] = []) async {
        var changes = events.map(StoreChange.record)
        var isRemembered = false
        for effect in effects {
            switch effect {
            case .reconcile(let cause, let delay):
                enqueue(name, cause, Self.priority(of: cause), after: delay > .zero ? delay : nil)
            case .save(let operation):
                changes.append(.operation(operation))
                isRemembered = true
                if operation.phase.isTerminal { metrics.ended(operation) }
            case .arrived(let operation, let summary):
                let entry = arrival(name, operation, summary)
                records[name]?.arrival = entry
                changes.append(.history(entry))
                if case .waiting(let deadline)? = records[name]?.machine.phase {
                    enqueue(name, .drift, .interval, after: deadline - .now)
                }
            case .becameHealthy(let time):
                if var entry = records[name]?.arrival, entry.healthyAt == nil {
                    entry.healthyAt = time
                    records[name]?.arrival = entry
                    changes.append(.history(entry))
                }
            case .becameReady: wakeDependents(of: name)
            case .event(let kind, let message):
                changes.append(.record(Event(time: WallClock.text, application: name, kind: kind, message: message)))
            case .remember: isRemembered = true
            }
        }
        if isRemembered, let memory = records[name]?.machine.memory { changes.append(.state(memory.value, of: name)) }
        await write(changes)
    }

    /// Stores what happened, then tells it. History that cannot be written does not stop the work; it is said in the log.
    func write(_ changes: [StoreChange]) async {
        guard !changes.isEmpty else { return }
        do {
            listeners.tell(try await store.write(changes))
        } catch {
            logger.error("History could not be written.", metadata: ["error": "\(error)"])
        }
    }

    private func arrival(_ name: String, _ operation: OperationRecord, _ summary: String) -> HistoryEntry {
        let commit = records[name]?.rendered?.revision.commit
        return HistoryEntry(
            application: name, operation: operation.id, cause: operation.cause, revision: operation.revision ?? "",
            renderedDigest: operation.renderedDigest ?? Digest(bytes: []), commit: commit,
            committedAt: commit.map { WallClock.text(milliseconds: $0.time * 1000) }, appliedAt: WallClock.text, summary: summary)
    }

    private static func priority(of cause: OperationRecord.Cause) -> WorkQueue.Priority {
        switch cause {
        case .drift: .drift
        case .manual, .approval, .rollback: .person
        case .revision, .retry, .removal, .start, .adoption, .settings: .revision
        }
    }

    private func wakeDependents(of name: String) {
        for dependent in dependencies.dependents(of: name)
        where records[dependent]?.machine.memory.hold?.reason == .dependency {
            enqueue(dependent, .revision, .revision, looks: true)
        }
    }

    // MARK: Parts

    /// Since when each drift is there; and what changed in health, as events.
    private func settle(_ record: inout Record, _ view: ApplicationView?, _ time: String) -> [Event] {
        guard let view else { return [] }
        var events: [Event] = []
        let isNew = view.drift.keys.filter { record.driftSince[$0] == nil }
        record.driftSince = view.drift.reduce(into: [:]) { $0[$1.key] = record.driftSince[$1.key] ?? time }
        // What is reverted was told when that began.
        events += SyncEvents.drift(view.drift.filter { isNew.contains($0.key) }, of: record.name, time: time)
        if record.view.plan != nil, record.view.health.status != view.health.status {
            let reason = view.health.message.map { ": \($0)" } ?? ""
            events.append(
                Event(
                    time: time, application: record.name, kind: .healthChanged,
                    message: "\(record.view.health.status.rawValue) → \(view.health.status.rawValue)\(reason)"))
        }
        return events
    }

    private static func contested(_ name: String, _ key: ResourceKey, _ contest: ContestTracker.Contest, _ time: String) -> Event {
        Event(
            time: time, application: name, kind: .contested, key: key, path: contest.path, manager: contest.manager,
            message:
                "reverted three times within ten minutes, and \(contest.manager) sets it each time; it is left alone for a while")
    }

    /// Who is asked when one of these changes.
    private func follow(_ keys: Set<ResourceKey>, instead record: inout Record) {
        for key in record.keys.subtracting(keys) { interested[record.target]?[key]?.remove(record.name) }
        for key in keys.subtracting(record.keys) { interested[record.target, default: [:]][key, default: []].insert(record.name) }
        record.keys = keys
    }

    private func log(_ work: WorkQueue.Work, _ result: JobResult) {
        let stages = result.timings.map { "\($0.0)=\(Int($0.1 / .milliseconds(1)))ms" }.joined(separator: " ")
        logger.info(
            "reconciled",
            metadata: [
                "application": "\(work.name)", "cause": "\(work.cause.rawValue)", "stages": "\(stages)",
                "outcome": "\(result.outcome.name)",
            ])
    }
}

extension ApplicationMachine.Outcome {
    var name: String {
        switch self {
        case .settled: "settled"
        case .postponed: "postponed"
        case .applied: "applied"
        case .failed: "failed"
        case .superseded: "superseded"
        case .unconcerned: "unconcerned"
        case .unreadable: "unreadable"
        }
    }
}
