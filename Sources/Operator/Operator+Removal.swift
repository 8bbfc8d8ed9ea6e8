import Engine
import Model
import Planning
import Store

/// An application that left its repository and asked for its objects to go with it.
extension Operator {
    func remove(_ name: String) async {
        // A target that was not looked at yet asks again when it was.
        guard let record = records[name], let declared = record.declared, let state = targetStates[record.target], state.hasLooked
        else { return }
        guard !settings.isObserver else { return }
        do {
            let target = try await writer(declared)
            let engine = SyncEngine(target: target, holder: holder, logger: logger, concurrency: settings.writes)
            let planned = try await engine.removalPlan(of: name)
            let word = [records[name]?.machine.memory.suspension, planned.inventory.hold].compactMap(\.self)
            if let hold = foreignHold(of: record.target) ?? word.first(where: { $0.reason == .suspended }) {
                return await held(name, hold, planned)
            }
            if let hold = Self.hold(planned.plan, declared.sync.deletionBudget), record.approval != planned.plan.digest {
                return await held(name, hold, planned)
            }
            let operation = OperationRecord(
                id: UUIDv7.make(milliseconds: WallClock.milliseconds), application: name, cause: .removal, phase: .running,
                message: SyncEvents.summary(of: planned.plan), startedAt: WallClock.text)
            await began(operation, nil, [])
            let report = try await engine.remove(name, deadline: declared.deadlines.applied)
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

    private func held(_ name: String, _ hold: Hold, _ planned: PlannedSync) async {
        guard var record = records[name] else { return }
        record.view = ApplicationView(planned)
        let effects = record.machine.step(
            .ended(.postponed(planned.plan.renderedDigest, hold: hold), health: record.view.health, time: WallClock.text, now: .now)
        )
        records[name] = record
        await perform(effects, name)
    }

    private func removed(_ name: String, _ operation: OperationRecord, _ report: SyncReport) async {
        let events = SyncEvents.events(of: report, application: name, time: WallClock.text)
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
}
