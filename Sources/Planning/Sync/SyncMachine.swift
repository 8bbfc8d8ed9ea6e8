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
        /// Something newer is wanted, for this reason: what runs is waited for, and nothing more is begun.
        case superseded(String)
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
    /// Why it made way for something newer, if it did.
    package private(set) var supersession: String?
    package private(set) var isFinished = false

    private let stages: [Stage]
    private let requirements: Requirements
    private var current = 0
    /// Whether the current stage has begun; between two steps it has.
    private var hasEntered = false

    /// With `waitForHealth` the sync ends when everything desired is healthy, otherwise when it is applied.
    package init(plan: Plan, waitForHealth: Bool) {
        self.plan = plan
        self.stages = Stage.stages(of: plan, waitForHealth: waitForHealth)
        self.requirements = Requirements(of: plan, in: stages)
        self.statuses = Dictionary(
            uniqueKeysWithValues: plan.operations.indices.filter { plan.operations[$0].isDue }.map { ($0, .waiting) })
    }

    /// Begins with `begin`. An event that nobody waits for, such as a second answer, changes nothing.
    package mutating func step(_ event: Event) -> [Effect] {
        guard !isFinished else { return [] }
        switch event {
        case .begin: return hasEntered ? [] : advance()
        case .written(let index, _):
            guard statuses[index] == .running else { return [] }
            return plan.operations[index].needsToBecomeUsable ? [.awaitUsable(index)] : settle(index, .done)
        case .usable(let index): return settle(index, .done)
        case .deleted(let index, .pending(let reason)), .deleted(let index, .stuck(let reason)):
            return settle(index, .pending(reason))
        case .deleted(let index, .gone), .deleted(let index, .notOurs): return settle(index, .done)
        case .hookEnded(let index, let failure): return settle(index, failure.map(Status.failed) ?? .done)
        case .failed(let index, let message): return settle(index, .failed(message))
        case .health(let report):
            health.merge(report) { $1 }
            return isWaitingForHealth ? advance() : []
        case .deadline(let deadline):
            guard deadline == clock, current < stages.count else { return [] }
            expire(deadline)
        case .superseded(let reason): supersession = supersession ?? reason
        case .cancelled: abandon("the sync was stopped", remedy: false)
        }
        return advance()
    }

    /// What the plan could not even try counts: it is not as the source wants it. A remedy that was not needed does not.
    package var hasFailed: Bool {
        failure != nil || cannotTryEverything
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

    private mutating func settle(_ index: Int, _ status: Status) -> [Effect] {
        guard statuses[index] == .running else { return [] }
        statuses[index] = status
        return advance()
    }

    private mutating func expire(_ deadline: Deadline) {
        if isWaitingForHealth {
            unhealthy("the deadline for becoming healthy was reached")
        } else {
            let reason = deadline == .applied ? "the deadline for applying was reached" : "the deadline for hooks was reached"
            abandon(reason, remedy: !stages[current].isRemedy)
        }
    }

    /// Ends everything, but for the SyncFail hooks where those are still to run.
    private mutating func abandon(_ reason: String, remedy: Bool) {
        let next = remedy ? stages.firstIndex(where: \.isRemedy) ?? stages.count : stages.count
        let spared = Set(stages[next...].flatMap(\.operations))
        for (index, status) in statuses where !spared.contains(index) && (status == .waiting || status == .running) {
            statuses[index] = status == .running ? .failed(reason) : .blocked(reason)
        }
        failure = failure ?? reason
        current = next
        hasEntered = false
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
            if let supersession {
                if statuses.values.contains(.running) { return [] }
                abandon(supersession, remedy: false)
                break
            }
            let stage = stages[current]
            if !hasEntered {
                if let reason = reasonToSkip(stage) {
                    skip(stage, reason)
                    continue
                }
                hasEntered = true
                if stage.isHealth {
                    // What was heard before may be of the object as it was before it was written.
                    for key in stage.keys { health[key] = nil }
                    return [.observeHealth(stage.keys)]
                }
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

    private var isWaitingForHealth: Bool { hasEntered && current < stages.count && stages[current].isHealth }

    /// Later waves, deletions and later phases wait for everything before; what fails stops only them and dependents.
    private func reasonToSkip(_ stage: Stage) -> String? {
        if stage.isRemedy { return hasFailedOperation || failure != nil || cannotTryEverything ? nil : "nothing failed" }
        if let failure { return failure }
        if stage.isHealth, hasFailedOperation { return "not everything was applied" }
        if let unwritten = plan.blocked.first(where: { $0.action != .delete && stage.follows($0.order) }) {
            return "\(unwritten.key) could not be written"
        }
        if let index = first(before: stage, where: { if case .failed = $0 { true } else { false } }) {
            return "\(plan.operations[index].key) failed"
        }
        return first(before: stage, where: { if case .blocked = $0 { true } else { false } })
            .map { "\(plan.operations[$0].key) was not begun" }
    }

    private var cannotTryEverything: Bool { plan.blocked.contains { $0.order.phase != .syncFail } }

    private var hasFailedOperation: Bool {
        statuses.values.contains { status in
            switch status {
            case .failed, .blocked: true
            case .waiting, .running, .done, .pending: false
            }
        }
    }

    private func first(before stage: Stage, where isConcerned: (Status) -> Bool) -> Int? {
        statuses.filter { index, status in isConcerned(status) && stage.follows(plan.operations[index].order) }.keys.min()
    }

    private mutating func startWhatBecamePossible() -> [Effect] {
        guard current < stages.count else { return [] }
        var effects: [Effect] = []
        var hasBlocked = true
        // What is blocked blocks others, which may stand before it.
        while hasBlocked {
            hasBlocked = false
            for index in stages[current].operations where statuses[index] == .waiting {
                switch requirements.readiness(of: index, at: current, statuses) {
                case .ready:
                    statuses[index] = .running
                    effects.append(effect(for: index))
                case .blocked(let reason):
                    statuses[index] = .blocked(reason)
                    hasBlocked = true
                case .waiting: break
                }
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

    private enum Progress { case running, observeAgain, over }

    private mutating func progress(of stage: Stage) -> Progress {
        if !stage.isHealth {
            if stage.operations.contains(where: { statuses[$0] == .running }) { return .running }
            // Nothing is under way that they could wait for.
            for index in stage.operations where statuses[index] == .waiting {
                statuses[index] = .blocked("what it requires requires it in turn")
            }
            return .over
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
    /// Instances of what this defines, or objects inside of it, can be written only some time after it was. A definition
    /// that is updated may define a further version; a Namespace that is updated stays as usable as it was.
    var needsToBecomeUsable: Bool {
        guard desired?.provides.isEmpty ?? true else { return true }
        return key.kind == "Namespace" && key.group.isEmpty && action != .update
    }
}
