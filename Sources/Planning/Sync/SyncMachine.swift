package import Model

/// Executing a plan, as a pure state machine: it is told what happened and says what to do next.
///
/// It holds no clock and does no I/O, so every order of events is a table test, and a process that died starts again
/// from a new plan.
package struct SyncMachine: Sendable {
    package enum Event: Sendable {
        case begin
        case written(Int, WriteResult)
        /// A Namespace is active, a definition is served.
        case usable(Int)
        case deleted(Int, Deletion)
        case hookEnded(Int, failure: String?)
        case failed(Int, String)
        case health([ResourceKey: Health])
        case deadline(Deadline)
        case cancelled
    }

    package enum Deadline: Sendable { case applied, healthy }

    package enum Effect: Sendable, Hashable {
        case write(Int)
        case awaitUsable(Int)
        case delete(Int)
        case runHook(Int)
        /// Observe the health of these and report it as `health`.
        case observeHealth(Set<ResourceKey>)
        case finish
    }

    package enum Status: Sendable, Hashable {
        case waiting
        case running
        case done
        /// A deletion that was accepted and has not ended.
        case pending(String)
        case failed(String)
        /// Not begun, because of something else.
        case blocked(String)
    }

    package let plan: Plan
    /// By the index of the operation in the plan; only operations that are due have one.
    package private(set) var statuses: [Int: Status]
    package private(set) var health: [ResourceKey: Health] = [:]
    /// Why the sync as a whole failed, where that is not the failure of one operation.
    package private(set) var failure: String?
    package private(set) var isFinished = false

    private let stages: [Stage]
    private var current = 0
    private var hasEntered = false

    /// With `waitForHealth` the sync ends when everything desired is healthy, otherwise when it is applied.
    package init(plan: Plan, waitForHealth: Bool) {
        self.plan = plan
        self.stages = Stage.stages(of: plan, waitForHealth: waitForHealth)
        self.statuses = Dictionary(
            uniqueKeysWithValues: plan.operations.indices.filter { plan.operations[$0].isDue }.map { ($0, .waiting) })
    }

    package mutating func step(_ event: Event) -> [Effect] {
        guard !isFinished else { return [] }
        switch event {
        case .begin: break
        case .written(let index, _): return written(index) + advance()
        case .usable(let index): statuses[index] = .done
        case .deleted(let index, let deletion): deleted(index, deletion)
        case .hookEnded(let index, let failure): statuses[index] = failure.map(Status.failed) ?? .done
        case .failed(let index, let message): statuses[index] = .failed(message)
        case .health(let report): health.merge(report) { $1 }
        case .deadline(let deadline): expire(deadline)
        case .cancelled: abandon("the sync was stopped")
        }
        return advance()
    }

    package var hasFailed: Bool {
        failure != nil
            || statuses.values.contains { status in
                switch status {
                case .failed, .blocked, .waiting, .running: true
                case .done, .pending: false
                }
            }
    }

    /// Which deadline runs now: hooks and health are somebody's work to wait for, everything else is ours to do.
    package var clock: Deadline {
        guard current < stages.count, !stages[current].isHealth else { return .healthy }
        return stages[current].operations.contains { statuses[$0] == .running && plan.operations[$0].action == .run }
            ? .healthy : .applied
    }

    // MARK: Transitions

    private mutating func written(_ index: Int) -> [Effect] {
        guard statuses[index] == .running else { return [] }
        if plan.operations[index].needsToBecomeUsable { return [.awaitUsable(index)] }
        statuses[index] = .done
        return []
    }

    private mutating func deleted(_ index: Int, _ deletion: Deletion) {
        switch deletion {
        case .gone, .notOurs: statuses[index] = .done
        case .pending(let reason): statuses[index] = .pending(reason)
        }
    }

    private mutating func expire(_ deadline: Deadline) {
        guard deadline == clock, current < stages.count else { return }
        if stages[current].isHealth {
            unhealthy("the deadline for becoming healthy was reached")
        } else {
            abandon(deadline == .applied ? "the deadline for applying was reached" : "the deadline for hooks was reached")
        }
    }

    private mutating func abandon(_ reason: String) {
        for (index, status) in statuses where status == .waiting || status == .running {
            statuses[index] = status == .running ? .failed(reason) : .blocked(reason)
        }
        failure = reason
        current = stages.count
    }

    private mutating func unhealthy(_ reason: String) {
        let waitingFor = current < stages.count ? stages[current].keys : []
        let worst = waitingFor.compactMap { key in health[key].map { (key, $0) } }.filter { $0.1.status != .healthy }
            .sorted { ($1.1.status, $0.0) < ($0.1.status, $1.0) }
        let details = worst.prefix(3).map { "\($0.0) is \($0.1.status.rawValue)\($0.1.message.map { ": \($0)" } ?? "")" }
        failure = ([reason] + details).joined(separator: "; ")
        leaveStage()
    }

    /// Moves on as far as the events so far allow, and says what that starts.
    private mutating func advance() -> [Effect] {
        while current < stages.count {
            let stage = stages[current]
            if !hasEntered {
                if let reason = reasonToSkip(stage) {
                    skip(stage, reason)
                    continue
                }
                hasEntered = true
                if stage.isHealth { return [.observeHealth(stage.keys)] }
            }
            let started = startWhatBecamePossible()
            guard started.isEmpty else { return started }
            switch progress(of: stage) {
            case .running: return []
            case .observeAgain: return [.observeHealth(stage.keys)]
            case .over: leaveStage()
            }
        }
        isFinished = true
        return [.finish]
    }

    private mutating func skip(_ stage: Stage, _ reason: String) {
        for index in stage.operations where statuses[index] == .waiting {
            // A remedy that nothing called for is not a failure.
            statuses[index] = stage.isRemedy ? nil : .blocked(reason)
        }
        leaveStage()
    }

    private mutating func leaveStage() {
        current += 1
        hasEntered = false
    }

    /// Later waves, deletions and later phases wait for everything before; what fails stops only them and dependents.
    private func reasonToSkip(_ stage: Stage) -> String? {
        if stage.isRemedy { return hasFailedOperation || failure != nil ? nil : "nothing failed" }
        if let failure { return failure }
        if stage.isHealth, hasFailedOperation { return "not everything was applied" }
        if stage.phase == .prune, let unwritten = plan.blocked.first(where: { $0.action != .delete }) {
            return "\(unwritten.key) could not be written"
        }
        return firstFailure(before: stage).map { "\(plan.operations[$0].key) failed" }
    }

    private var hasFailedOperation: Bool {
        statuses.values.contains { status in
            switch status {
            case .failed, .blocked: true
            case .waiting, .running, .done, .pending: false
            }
        }
    }

    private func firstFailure(before stage: Stage) -> Int? {
        statuses.filter { index, status in
            guard case .failed = status else { return false }
            let order = plan.operations[index].order
            return (order.phase, order.wave) < (stage.phase, stage.wave)
        }.keys.min()
    }

    private mutating func startWhatBecamePossible() -> [Effect] {
        guard current < stages.count else { return [] }
        var effects: [Effect] = []
        for index in stages[current].operations where statuses[index] == .waiting {
            switch readiness(of: plan.operations[index]) {
            case .ready:
                statuses[index] = .running
                effects.append(effect(for: index))
            case .blocked(let reason): statuses[index] = .blocked(reason)
            case .waiting: break
            }
        }
        return effects
    }

    private func effect(for index: Int) -> Effect {
        switch plan.operations[index].action {
        case .run: .runHook(index)
        case .delete: .delete(index)
        case .create, .update, .replace, .adopt, .unchanged: .write(index)
        }
    }

    private enum Readiness { case ready, waiting, blocked(String) }

    private func readiness(of operation: Operation) -> Readiness {
        var result = Readiness.ready
        for key in operation.desired?.requires ?? [] {
            guard
                let index = statuses.keys.first(where: { plan.operations[$0].key == key && plan.operations[$0].action != .delete })
            else { continue }
            switch statuses[index] {
            case .failed, .blocked: return .blocked("\(key) failed")
            case .waiting, .running: result = .waiting
            case .done, .pending, nil: break
            }
        }
        return result
    }

    private enum Progress { case running, observeAgain, over }

    private mutating func progress(of stage: Stage) -> Progress {
        if !stage.isHealth {
            return stage.operations.contains { statuses[$0] == .running || statuses[$0] == .waiting } ? .running : .over
        }
        let reports = stage.keys.map { health[$0]?.status }
        if reports.contains(.degraded) {
            unhealthyStage(stage)
            return .over
        }
        // Suspended is a state that somebody chose; it is as ready as it will get.
        return reports.allSatisfy { $0 == .healthy || $0 == .suspended } ? .over : .observeAgain
    }

    private mutating func unhealthyStage(_ stage: Stage) {
        let degraded = stage.keys.sorted().first { health[$0]?.status == .degraded }
        guard let degraded else { return }
        failure = "\(degraded) is Degraded" + (health[degraded]?.message.map { ": \($0)" } ?? "")
    }
}

extension Operation {
    /// Instances of what this defines, or objects inside of it, can be written only some time after it was.
    var needsToBecomeUsable: Bool {
        action != .update && (key.kind == "Namespace" && key.group.isEmpty || !(desired?.provides.isEmpty ?? true))
    }
}
