import Manifests
import Model
import Planning

/// Feeds the state machine: does what it says on the target, and tells it what came of that.
///
/// One loop owns the machine and the inventory; everything slow is a child task, and ends with the loop.
struct PlanRunner {
    let engine: SyncEngine
    let context: SyncContext
    let observed: [ResourceKey: ObservedResource]
    private(set) var inventory: Inventory
    private(set) var machine: SyncMachine
    private let supersession: Supersession?
    private let slot: WorkSlot?
    private var clocks: DeadlineClocks
    private var messages: [Int: String] = [:]
    /// What cannot be deleted until somebody has done something, by why.
    private(set) var stuck: [ResourceKey: String] = [:]
    /// Hooks whose live object is known to be of this operation.
    private var ownHooks: Set<Int> = []

    init(
        engine: SyncEngine, plan: Plan, context: SyncContext, inventory: Inventory, observed: [ResourceKey: ObservedResource],
        deadlines: Deadlines, waitForHealth: Bool, supersession: Supersession? = nil, slot: WorkSlot? = nil
    ) {
        self.engine = engine
        self.context = context
        self.observed = observed
        self.inventory = inventory
        self.machine = SyncMachine(plan: plan, waitForHealth: waitForHealth)
        self.clocks = DeadlineClocks(deadlines: deadlines)
        self.supersession = supersession
        self.slot = slot
    }

    private var plan: Plan { machine.plan }

    /// Throws only when the inventory cannot be saved: from then on nothing may be written.
    mutating func run() async throws -> SyncReport {
        try await withThrowingTaskGroup(of: PlanMessage.self) { group in
            group.addTask { await PlanWork.tick() }
            if let supersession { group.addTask { await supersession.reason().map(PlanMessage.superseded) ?? .tick } }
            var queue: ArraySlice<PlanWork> = []
            if let reason = supersession?.current { queue += work(for: machine.step(.superseded(reason))) }
            queue += work(for: machine.step(.begin))
            var underWay = 0
            while !machine.isFinished {
                while underWay < engine.concurrency, let next = queue.popFirst() {
                    if next.isWork { try await slot?.take() }
                    if case .effect(let effect) = next { announce(effect) }
                    let (target, context, plan) = (engine.target, context, plan)
                    group.addTask { await next.perform(on: target, plan: plan, context: context) }
                    underWay += 1
                }
                if machine.clock == .healthy { slot?.giveBack() }
                guard let message = try await group.next() else { break }
                switch message {
                case .tick:
                    group.addTask { await PlanWork.tick() }
                    queue += try await tick()
                case .superseded:
                    let unbegun = queue
                    queue = []
                    queue += try await handle(message)
                    queue += unbegun.flatMap { drop($0) }
                case .event, .hookSeen, .hookCreated, .hookCleaned:
                    underWay -= 1
                    queue += try await handle(message)
                }
            }
            group.cancelAll()
        }
        return report()
    }

    /// What waits for its turn is not begun any more; looks at hooks go on.
    private mutating func drop(_ work: PlanWork) -> [PlanWork] {
        switch work {
        case .effect(.write(let index)), .effect(.delete(let index)):
            return self.work(for: machine.step(.failed(index, "not begun: \(machine.supersession ?? "it was superseded")")))
        case .effect, .lookAtHook, .createHook, .cleanUpHook: return [work]
        }
    }

    // MARK: Messages

    private mutating func handle(_ message: PlanMessage) async throws -> [PlanWork] {
        switch message {
        case .tick: return []
        case .superseded(let reason): return work(for: machine.step(.superseded(reason)))
        case .event(let event):
            record(event)
            // What fails because the sync was stopped is not what ended it.
            if case .failed = event, Task.isCancelled { return work(for: machine.step(.cancelled)) }
            return work(for: machine.step(event))
        case .hookSeen(let index, let live): return try await decide(index, live)
        case .hookCreated(let index, let result):
            ownHooks.insert(index)
            inventory.recordWrite(of: plan.operations[index], result)
            try await recordHook(index, .running)
            return [.lookAtHook(index, delay: .milliseconds(200))]
        case .hookCleaned(let index, let failure, let deletion):
            if let deletion { inventory.recordDeletion(of: plan.operations[index], deletion) }
            return finishHook(index, failure)
        }
    }

    /// Renews the lease and looks at the clocks; a stopped sync is noticed here too.
    private mutating func tick() async throws -> [PlanWork] {
        if Task.isCancelled { return work(for: machine.step(.cancelled)) }
        if let lease = inventory.lease, lease.until - SyncEngine.now < LeaseHolder.duration / 2 {
            inventory.lease = engine.holder.lease(now: SyncEngine.now)
            inventory = try await engine.save(inventory)
        }
        guard let expired = clocks.advance(machine.clock) else { return [] }
        return work(for: machine.step(.deadline(expired)))
    }

    private mutating func record(_ event: SyncMachine.Event) {
        switch event {
        case .written(let index, let result):
            inventory.recordWrite(of: plan.operations[index], result)
            engine.progress(.finished(plan.operations[index], message: nil))
        case .deleted(let index, let deletion):
            inventory.recordDeletion(of: plan.operations[index], deletion)
            if case .pending(let reason) = deletion { messages[index] = reason }
            if case .stuck(let reason) = deletion {
                messages[index] = reason
                stuck[plan.operations[index].key] = reason
            }
            if case .notOurs(let reason) = deletion { messages[index] = "not deleted: \(reason)" }
            engine.progress(.finished(plan.operations[index], message: messages[index]))
        case .failed(let index, let message):
            engine.progress(.failed(plan.operations[index], message))
        case .health(let health):
            engine.progress(.waitingForHealth(health))
        case .begin, .usable, .hookEnded, .deadline, .superseded, .cancelled: break
        }
    }

    // MARK: Hooks

    private mutating func decide(_ index: Int, _ live: HookProgress?) async throws -> [PlanWork] {
        let operation = plan.operations[index]
        let recorded = inventory.sync?.hooks[HookRecordKey.text(operation)]
        let isOurs = ownHooks.contains(index) || observed[operation.key]?.operation == context.operation
        if isOurs, live != nil, let found = observed[operation.key] { inventory.recordFound(operation, uid: found.uid) }
        let decision = HookDecision.next(
            recorded: recorded, live: live, isOfThisOperation: isOurs,
            deletesItself: operation.desired?.deletesItselfWhenFinished ?? false, isSuperseded: machine.supersession != nil)
        switch decision {
        case .create, .replace:
            try await recordHook(index, .intended)
            return [.createHook(index)]
        case .wait:
            if recorded != .running { try await recordHook(index, .running) }
            return [.lookAtHook(index, delay: .seconds(1))]
        case .waitForEarlier:
            return [.lookAtHook(index, delay: .seconds(1))]
        case .succeed:
            try await recordHook(index, .succeeded)
            return cleanUp(index, failure: nil)
        case .fail(let reason):
            try await recordHook(index, .failed)
            return cleanUp(index, failure: reason)
        case .abandon:
            try await recordHook(index, .failed)
            let reason = machine.supersession ?? "it was superseded"
            guard isOurs, live != nil, let uid = inventory.entries[operation.key]?.uid else { return finishHook(index, reason) }
            return [.cleanUpHook(index, uid: uid, failure: reason)]
        }
    }

    private mutating func recordHook(_ index: Int, _ state: Inventory.SyncRecord.HookState) async throws {
        inventory.recordHook(plan.operations[index], state)
        inventory = try await engine.save(inventory)
    }

    private mutating func cleanUp(_ index: Int, failure: String?) -> [PlanWork] {
        let operation = plan.operations[index]
        let policy: HookDeletePolicy = failure == nil ? .hookSucceeded : .hookFailed
        guard operation.options.hookDeletePolicies.contains(policy), let uid = inventory.entries[operation.key]?.uid else {
            return finishHook(index, failure)
        }
        return [.cleanUpHook(index, uid: uid, failure: failure)]
    }

    private mutating func finishHook(_ index: Int, _ failure: String?) -> [PlanWork] {
        let operation = plan.operations[index]
        engine.progress(failure.map { .failed(operation, $0) } ?? .finished(operation, message: nil))
        return work(for: machine.step(.hookEnded(index, failure: failure)))
    }

    // MARK: Effects and the end

    private func work(for effects: [SyncMachine.Effect]) -> [PlanWork] {
        effects.compactMap { effect in
            if case .finish = effect { return nil }
            if case .runHook(let index) = effect { return .lookAtHook(index, delay: .zero) }
            return .effect(effect)
        }
    }

    private func announce(_ effect: SyncMachine.Effect) {
        switch effect {
        case .write(let index), .delete(let index), .runHook(let index): engine.progress(.started(plan.operations[index]))
        case .awaitUsable, .observeHealth, .finish: break
        }
    }

    private func report() -> SyncReport {
        var report = SyncReport(
            plan: plan, statuses: [:], messages: messages, health: machine.health, failure: machine.failure,
            hasFailed: machine.hasFailed || !plan.blocked.isEmpty, isSuperseded: machine.supersession != nil)
        for (index, status) in machine.statuses {
            report.statuses[index] = status.name
            if let reason = status.reason { report.messages[index] = reason }
        }
        return report
    }
}

extension SyncMachine.Status {
    var name: String {
        switch self {
        case .waiting: "waiting"
        case .running: "running"
        case .done: "done"
        case .pending: "pending"
        case .failed: "failed"
        case .blocked: "blocked"
        }
    }

    var reason: String? {
        switch self {
        case .waiting, .running, .done: nil
        case .pending(let reason), .failed(let reason), .blocked(let reason): reason
        }
    }
}

extension DesiredObject {
    /// A Job with `ttlSecondsAfterFinished` may be gone before anybody saw it complete.
    var deletesItselfWhenFinished: Bool { manifest.value.at("spec", "ttlSecondsAfterFinished") != nil }
}
