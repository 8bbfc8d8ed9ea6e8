import Model
import Planning

/// One deletion of an application: hooks, then what it has, then hooks again.
struct RemovalRun {
    let engine: SyncEngine
    let planned: PlannedSync
    let deadlines: Deadlines
    let supersession: Supersession?
    var inventory: Inventory
    private(set) var report: SyncReport

    init(
        _ engine: SyncEngine, _ planned: PlannedSync, _ inventory: Inventory, _ deadlines: Deadlines, _ supersession: Supersession?
    ) {
        self.engine = engine
        self.planned = planned
        self.deadlines = deadlines
        self.supersession = supersession
        self.inventory = inventory
        report = SyncReport(
            plan: planned.plan, statuses: [:], messages: [:], health: [:], failure: nil, hasFailed: false, isSuperseded: false)
    }

    private var operations: [Operation] { planned.plan.operations }

    /// Throws when the inventory cannot be saved, or the target does not answer.
    mutating func run() async throws {
        let middle = operations.firstIndex { $0.order.phase == .postDelete } ?? operations.endIndex
        try await carryOut(operations.startIndex..<middle)
        if middle < operations.endIndex, !report.isSuperseded {
            if let reason = whatStays(of: operations.startIndex..<middle) {
                skip(middle..<operations.endIndex, reason)
            } else {
                try await carryOut(middle..<operations.endIndex)
            }
        }
        guard !report.isSuperseded, areHooksOver else { return }
        try await removeHookObjects()
        try await releaseKept()
    }

    /// Whether every hook has run that has to.
    var areHooksOver: Bool {
        operations.indices.allSatisfy { index in
            guard operations[index].action == .run, !operations[index].isKept else { return true }
            return report.statuses[index] == "done"
        }
    }

    // MARK: Steps

    private mutating func carryOut(_ range: Range<Int>) async throws {
        var plan = planned.plan
        plan.operations = Array(plan.operations[range])
        var runner = PlanRunner(
            engine: engine, plan: plan, context: planned.context, inventory: inventory, observed: planned.observed,
            deadlines: deadlines, waitForHealth: false, supersession: supersession)
        let part = try await runner.run()
        inventory = runner.inventory
        note(part, from: range.lowerBound)
        guard !part.isSuperseded, failedHook(in: range) == nil else { return }
        let giveUp = ContinuousClock.now + deadlines.applied
        let stuck = try await deleteAgain(runner.stuck, until: giveUp)
        for index in range { stuck[operations[index].key].map { engine.progress(.failed(operations[index], $0)) } }
        try await awaitDeletions(besides: Set(stuck.keys), until: giveUp)
        for index in range where operations[index].isDue && operations[index].action == .delete {
            guard inventory.entries[operations[index].key] == nil else {
                report.hasFailed = true
                continue
            }
            report.statuses[index] = "done"
            report.messages[index] = nil
        }
    }

    private mutating func note(_ part: SyncReport, from start: Int) {
        for (index, status) in part.statuses { report.statuses[start + index] = status }
        for (index, message) in part.messages { report.messages[start + index] = message }
        report.failure = report.failure ?? part.failure
        report.hasFailed = report.hasFailed || part.hasFailed
        report.isSuperseded = part.isSuperseded
        guard let (hook, reason) = failedHook(in: start..<(start + part.plan.operations.count)) else { return }
        let isFirst = hook.order.phase == .preDelete
        report.failure =
            "the \(isFirst ? "PreDelete" : "PostDelete") hook \(hook.key) failed (\(reason)); "
            + (isFirst ? "nothing was deleted" : "the application is forgotten once it has run")
    }

    private func failedHook(in range: Range<Int>) -> (hook: Operation, reason: String)? {
        for index in range where operations[index].action == .run {
            if operations[index].isBlocked { return (operations[index], operations[index].state.reason ?? "it is blocked") }
            if report.statuses[index] == "failed" { return (operations[index], report.messages[index] ?? "no reason was given") }
        }
        return nil
    }

    /// Why what comes after these operations cannot begin; nil where they are done.
    private func whatStays(of range: Range<Int>) -> String? {
        for index in range where operations[index].isDue || operations[index].isBlocked {
            if report.statuses[index] != "done" { return "\(operations[index].key) is not done" }
        }
        return nil
    }

    private mutating func skip(_ range: Range<Int>, _ reason: String) {
        for index in range where operations[index].isDue {
            report.statuses[index] = "blocked"
            report.messages[index] = reason
        }
        report.hasFailed = true
    }

    /// What was in the way of one of them may have gone with another. Returns what still stays, and why.
    private mutating func deleteAgain(
        _ stuck: [ResourceKey: String], until giveUp: ContinuousClock.Instant
    ) async throws -> [ResourceKey: String] {
        var (left, before) = (stuck, stuck.count + 1)
        while !left.isEmpty, left.count < before, ContinuousClock.now < giveUp {
            before = left.count
            for operation in operations where left[operation.key] != nil {
                let deletion = try await engine.target.delete(operation.key, uid: operation.uid ?? "", planned.context)
                inventory.recordDeletion(of: operation, deletion)
                if case .stuck(let reason) = deletion { left[operation.key] = reason } else { left[operation.key] = nil }
            }
        }
        return left
    }

    /// Deletions that were accepted end when finalizers and processes have; the inventory keeps them until then.
    private mutating func awaitDeletions(besides stuck: Set<ResourceKey>, until giveUp: ContinuousClock.Instant) async throws {
        var pause = Duration.milliseconds(50)
        while true {
            let pending = Set(inventory.entries.filter { $0.value.state == .deleting }.keys).subtracting(stuck)
            guard !pending.isEmpty else { return }
            for (key, health) in try await engine.target.health(of: pending) where health.status == .missing {
                inventory.entries[key] = nil
            }
            guard ContinuousClock.now < giveUp, !Task.isCancelled else { return }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// They are the application's as well. Until the last hook has run another one may need them.
    private mutating func removeHookObjects() async throws {
        let hooks = operations.filter { $0.action == .run && inventory.entries[$0.key] != nil }
        guard !hooks.isEmpty, whatStays(of: operations.indices) == nil else { return }
        for hook in hooks.reversed() {
            guard let uid = inventory.entries[hook.key]?.uid else { continue }
            inventory.recordDeletion(of: hook, try await engine.target.delete(hook.key, uid: uid, planned.context))
        }
        try await awaitDeletions(besides: [], until: .now + deadlines.applied)
        guard let left = hooks.first(where: { inventory.entries[$0.key] != nil }) else { return }
        report.failure = report.failure ?? "the object of the hook \(left.key) is not gone yet"
        report.hasFailed = true
    }

    /// What asks never to be pruned stays, without this application's marks.
    private mutating func releaseKept() async throws {
        for operation in operations where operation.isKept && operation.action == .delete {
            try await engine.target.release(operation.key, uid: operation.uid ?? "", planned.context)
            inventory.entries[operation.key] = nil
        }
    }
}

extension Inventory {
    /// Before the first hook of a deletion: so that whoever goes on with it knows which have run.
    mutating func beginRemoval(_ planned: PlannedSync) {
        forget(planned.plan)
        let hasHooks = planned.plan.operations.contains { $0.action == .run }
        guard hasHooks, !(sync?.isRemoval ?? false) else { return }
        sync = SyncRecord(operation: planned.context.operation, renderedDigest: SyncRecord.removal, revision: "")
    }
}
