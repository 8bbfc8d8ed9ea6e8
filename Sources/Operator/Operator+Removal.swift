import Engine
import Manifests
import Model
import Planning
import Store

/// An application that left its repository and asked for its objects to go with it.
extension Operator {
    func remove(_ name: String) async {
        // A target that was not looked at yet asks again when it was.
        guard let record = records[name], let declared = record.declared, let state = targetStates[record.target], state.hasLooked
        else { return }
        // From now on: declared again or suspended, nothing more of it is deleted.
        let supersession = Supersession()
        records[name]?.supersession = supersession
        await remove(record, declared, supersession)
        records[name]?.supersession = nil
    }

    private func remove(_ record: Record, _ declared: Application, _ supersession: Supersession) async {
        let name = record.name
        if settings.isObserver { return await held(name, Decision.observing(since: WallClock.text), nil) }
        do {
            let target = try await writer(declared)
            let engine = SyncEngine(target: target, holder: holder, logger: logger, concurrency: settings.writes)
            let planned = try await engine.removalPlan(of: name)
            if let word = planned.inventory.hold { await step(name, .remembered(word)) }
            if let hold = foreignHold(of: record.target) ?? records[name]?.machine.memory.suspension {
                return await held(name, hold, planned)
            }
            if let hold = Self.hold(planned.plan, declared.sync.deletionBudget), records[name]?.approval != planned.plan.digest {
                return await held(name, hold, planned)
            }
            let operation = OperationRecord(
                id: UUIDv7.make(milliseconds: WallClock.milliseconds), application: name, cause: .removal, phase: .running,
                message: SyncEvents.summary(of: planned.plan), startedAt: WallClock.text)
            await began(operation, nil, [])
            let report = try await engine.remove(
                name, deadline: declared.deadlines.applied, hookDeadline: declared.deadlines.healthy, supersession: supersession)
            await removed(name, operation, report)
        } catch let error as PlumbError where error.code == .notFound {
            await left(name)
        } catch {
            await failed(name, "\(error)")
        }
    }

    /// It is gone, unless it was declared again meanwhile.
    private func left(_ name: String) async {
        guard records[name]?.isLeaving ?? false else { return enqueue(name, .settings, .revision) }
        await forget(name)
    }

    /// What is never deleted without a person's word, not even on the way out.
    private static func hold(_ plan: Plan, _ budget: DeletionBudget) -> Hold? {
        guard let precious = plan.due.first(where: { budget.kinds.contains($0.key.kind) }) else { return nil }
        return Hold(
            reason: .approval,
            message: "it left the repository with onRemoval: delete, and a \(precious.key.kind) is only deleted with approval",
            plan: plan.digest, since: WallClock.text)
    }

    private func held(_ name: String, _ hold: Hold, _ planned: PlannedSync?) async {
        guard var record = records[name] else { return }
        // Declared again meanwhile: what is looked at next is not its end.
        guard record.isLeaving else { return enqueue(name, .settings, .revision) }
        if let planned { record.view = ApplicationView(planned) }
        let digest = record.view.renderedDigest ?? Digest(bytes: [])
        let effects = record.machine.step(
            .ended(.postponed(digest, hold: hold), health: record.view.health, time: WallClock.text, now: .now))
        records[name] = record
        await perform(effects, name)
    }

    private func removed(_ name: String, _ operation: OperationRecord, _ report: SyncReport) async {
        let events = SyncEvents.events(of: report, application: name, time: WallClock.text)
        if let target = records[name]?.target { wrote(Set(report.plan.due.map(\.key)), by: name, on: target) }
        if report.isSuperseded || !(records[name]?.isLeaving ?? false) {
            return await spared(name, report.failure ?? "it is declared again", events)
        }
        guard report.hasFailed else {
            var ended = operation
            ended.phase = .succeeded
            ended.endedAt = WallClock.text
            ended.message = SyncEvents.summary(of: report)
            await write(events.map { .record($0) } + [.operation(ended)])
            return await left(name)
        }
        guard var record = records[name] else { return }
        let message = report.failure ?? report.messages.sorted { $0.key < $1.key }.first?.value ?? "not everything could be deleted"
        let effects = record.machine.step(
            .ended(.failed(nil, message: message, isRetried: true), health: record.view.health, time: WallClock.text, now: .now))
        records[name] = record
        await perform(effects, name, also: events)
    }

    /// Somebody had another word while it was being deleted: what is left of it stays, and is looked at anew.
    private func spared(_ name: String, _ reason: String, _ events: [Event]) async {
        guard var record = records[name] else { return }
        let effects = record.machine.step(
            .ended(.superseded(reason), health: record.view.health, time: WallClock.text, now: .now))
        records[name] = record
        await perform(effects, name, also: events)
        enqueue(name, record.isLeaving ? .removal : .settings, .revision)
    }
}
