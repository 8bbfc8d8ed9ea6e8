package import Manifests
package import Model

/// One application over time, as a pure state machine: it is told what happened and says what to do next.
///
/// It holds no clock and does no I/O. What has to outlive a process is in `Memory`; the rest follows from the next look at
/// the target.
package struct ApplicationMachine: Sendable {
    package enum Phase: Sendable, Hashable {
        case idle
        /// A reconcile is under way.
        case running
        /// Applied; everything has to be healthy before the deadline.
        case waiting(deadline: ContinuousClock.Instant)
        /// The last attempt failed, and the next one is due then.
        case backingOff(until: ContinuousClock.Instant)
    }

    package enum Event: Sendable {
        /// A reconcile begins, and found this to do; whether something is held beside it.
        case began(OperationRecord, isHeld: Bool, time: String)
        /// A reconcile ended.
        case ended(Outcome, health: Health, time: String, now: ContinuousClock.Instant)
        /// The health of what is applied was seen to be this.
        case health(Health, time: String, now: ContinuousClock.Instant)
        case suspended(Hold)
        case resumed(person: String)
        case rolledBack(Rollback)
        /// The inventory remembers a person's word that the store has lost.
        case remembered(Hold)
        /// The newest revision renders to this.
        case rendered(Digest)
        /// The Application is another one: what failed for the one before may succeed, though it renders to the same.
        case redeclared
        /// A person asked for an operation, and the reconcile for it ended so; there may have been nothing to do.
        case answered(OperationRecord, Outcome, time: String)
    }

    package enum Outcome: Sendable {
        /// Everything is as it should be, or as it may be: what is held or kept is in the plan.
        case settled(Digest, hold: Hold?)
        /// What the revision asks for waits; drift was reverted meanwhile.
        case postponed(Digest, hold: Hold?)
        /// Everything that was due was done.
        case applied(Digest, hold: Hold?, summary: String)
        case failed(Digest?, message: String, isRetried: Bool)
        /// It made way for something newer.
        case superseded(String)
        /// A new revision changes nothing of this application.
        case unconcerned
        /// Nothing can be said: the source or the target could not be read.
        case unreadable(message: String)
    }

    package enum Effect: Sendable, Hashable {
        case reconcile(OperationRecord.Cause, after: Duration)
        case save(OperationRecord)
        /// The application was brought to a revision.
        case arrived(OperationRecord, summary: String)
        /// What it was brought to is healthy.
        case becameHealthy(time: String)
        /// Dependents may go on.
        case becameReady
        case event(Model.Event.Kind, String)
        case remember
    }

    /// What is stored.
    package struct Memory: Sendable, Hashable {
        package var suspension: Hold?
        package var rollback: Rollback?
        package var operation: OperationRecord?
        /// Why the application waits, other than by a person's word.
        package var hold: Hold?

        package init() {}
    }

    package struct Rollback: Sendable, Hashable {
        /// Where to.
        package var revision: String
        /// What must not come back by itself.
        package var rejected: Digest
        package var since: String
        package var person: String

        package init(revision: String, rejected: Digest, since: String, person: String) {
            self.revision = revision
            self.rejected = rejected
            self.since = since
            self.person = person
        }
    }

    package private(set) var phase = Phase.idle
    package private(set) var memory: Memory
    /// Attempts that failed one after the other, of the same rendered digest.
    package private(set) var failures = 0
    package private(set) var failedDigest: Digest?
    /// A revert of drift, while something else is waited for.
    private var repair: OperationRecord?
    /// Why nothing can be said; nil while it can.
    package private(set) var unreadable: String?
    package private(set) var isReady = false
    package var retry: SyncPolicy.Retry
    package var healthyDeadline: Duration

    package init(memory: Memory = Memory(), retry: SyncPolicy.Retry, healthyDeadline: Duration) {
        self.memory = memory
        self.retry = retry
        self.healthyDeadline = healthyDeadline
    }

    /// What is shown: a person's word before everything else.
    package var hold: Hold? { memory.suspension ?? rollbackHold ?? memory.hold }

    /// What a person said, for everybody else who writes this application to see.
    package var word: Hold? { memory.suspension ?? rollbackHold }

    private var rollbackHold: Hold? {
        memory.rollback.map {
            Hold(
                reason: .rollback,
                message:
                    "rolled back to \($0.revision) by \($0.person); goes on when something else than what was rejected is rendered",
                revision: $0.revision, rejected: $0.rejected, since: $0.since)
        }
    }

    package mutating func step(_ event: Event) -> [Effect] {
        switch event {
        case .began(let operation, let isHeld, let time): return (isHeld ? [] : change(nil, time)) + began(operation)
        case .ended(let outcome, let health, let time, let now): return ended(outcome, health, time, now)
        case .health(let health, let time, let now): return observed(health, time, now)
        case .suspended(let hold):
            memory.suspension = hold
            return [.remember, .event(.held, hold.message)]
        case .resumed(let person):
            let wasHeld = memory.suspension != nil || memory.rollback != nil
            memory.suspension = nil
            memory.rollback = nil
            return wasHeld ? [.remember, .event(.holdLifted, "resumed by \(person)"), .reconcile(.settings, after: .zero)] : []
        case .rolledBack(let rollback):
            memory.rollback = rollback
            return [.remember, .event(.held, rollbackHold?.message ?? ""), .reconcile(.rollback, after: .zero)]
        case .remembered(let hold): return remembered(hold)
        case .answered(let operation, let outcome, let time): return answered(operation, outcome, time)
        case .redeclared:
            failedDigest = nil
            return []
        case .rendered(let digest):
            guard let rollback = memory.rollback, rollback.rejected != digest else { return [] }
            memory.rollback = nil
            return [.remember, .event(.holdLifted, "something else than what was rolled back from is rendered")]
        }
    }

    /// Whoever was given an operation's id finds it with its end, also where nothing had to be done.
    private mutating func answered(_ promised: OperationRecord, _ outcome: Outcome, _ time: String) -> [Effect] {
        guard memory.operation?.id != promised.id else { return [] }
        var operation = promised
        if case .waiting = phase {
            // What is waited for goes on under the name that was asked for.
            let earlier = end(.superseded, "goes on as \(promised.id)", time)
            operation.phase = .waiting
            memory.operation = operation
            return earlier + [.save(operation)]
        }
        (operation.phase, operation.message) = Self.answer(outcome)
        operation.endedAt = time
        memory.operation = operation
        return [.save(operation), .event(.operationEnded, "\(operation.phase.rawValue): \(operation.message)")]
    }

    private static func answer(_ outcome: Outcome) -> (OperationRecord.Phase, String) {
        switch outcome {
        case .settled(_, let hold?), .postponed(_, let hold?): (.held, hold.message)
        case .settled(_, nil), .postponed(_, nil), .applied, .unconcerned: (.succeeded, "nothing had to be changed")
        case .failed(_, let message, _), .unreadable(let message): (.failed, message)
        case .superseded(let reason): (.superseded, reason)
        }
    }

    private mutating func remembered(_ hold: Hold) -> [Effect] {
        guard word == nil else { return [] }
        switch hold.reason {
        case .suspended: memory.suspension = hold
        case .rollback:
            guard let revision = hold.revision, let rejected = hold.rejected else { return [] }
            memory.rollback = Rollback(revision: revision, rejected: rejected, since: hold.since, person: "a person")
        case .approval, .window, .dependency, .orphan, .target: return []
        }
        return [.remember, .event(.held, hold.message)]
    }

    // MARK: Ends

    private mutating func ended(
        _ outcome: Outcome, _ health: Health, _ time: String, _ now: ContinuousClock.Instant
    ) -> [Effect] {
        var effects: [Effect] = []
        if case .unreadable(let message) = outcome { return cannotTell(message, time, now) }
        unreadable = nil
        if let repair { return ended(repair, outcome, health, time, now) }
        switch outcome {
        case .postponed(_, let hold):
            effects += change(hold, time)
            if phase == .running {
                phase = .idle
                if let operation = memory.operation, operation.cause == .drift {
                    effects += end(.succeeded, operation.message, time)
                }
            }
            if case .waiting = phase { effects += observed(health, time, now) }
            isReady = false
        case .settled(let digest, let hold):
            effects += settled(digest, hold, time)
            effects += observed(health, time, now)
        case .applied(_, let hold, let summary) where memory.operation?.cause == .drift:
            forgetFailures()
            effects += change(hold, time) + end(.succeeded, summary, time)
            phase = .idle
            effects += observed(health, time, now)
        case .applied(let digest, let hold, let summary):
            forgetFailures()
            effects += change(hold, time)
            phase = .waiting(deadline: now + healthyDeadline)
            memory.operation?.phase = .waiting
            memory.operation?.message = summary
            memory.operation?.renderedDigest = digest
            if let operation = memory.operation { effects += [.arrived(operation, summary: summary), .save(operation)] }
            effects += observed(health, time, now)
        case .failed(let digest, let message, let isRetried):
            if let hold = memory.hold, hold.reason != .approval { effects += change(nil, time) }
            effects += end(.failed, message, time)
            effects += isRetried ? backOff(of: digest, now) : idle()
        case .unconcerned: break
        case .superseded(let reason):
            forgetFailures()
            effects += end(.superseded, reason, time) + idle()
        case .unreadable: break
        }
        return effects
    }

    private mutating func began(_ operation: OperationRecord) -> [Effect] {
        let started: [Effect] = [.save(operation), .event(.operationStarted, "\(operation.cause.rawValue): \(operation.message)")]
        switch phase {
        case .waiting where operation.cause == .drift, .backingOff where operation.cause == .drift:
            // What is waited for goes on being waited for.
            repair = operation
            return started
        case .idle, .running, .waiting, .backingOff:
            let cut = end(.superseded, "superseded by \(operation.revision ?? "a newer operation")", operation.startedAt)
            phase = .running
            memory.operation = operation
            return cut + started
        }
    }

    /// The end of a revert of drift beside something that is waited for.
    private mutating func ended(
        _ repair: OperationRecord, _ outcome: Outcome, _ health: Health, _ time: String, _ now: ContinuousClock.Instant
    ) -> [Effect] {
        var (repair, effects) = (repair, [Effect]())
        self.repair = nil
        repair.endedAt = time
        repair.phase = .succeeded
        if case .applied(_, _, let summary) = outcome { repair.message = summary }
        if case .failed(_, let message, _) = outcome {
            repair.phase = .failed
            repair.message = message
            effects.append(.reconcile(.drift, after: retry.initial))
        }
        effects += [.save(repair), .event(.operationEnded, "\(repair.phase.rawValue): \(repair.message)")]
        return effects + observed(health, time, now)
    }

    /// An operation that is waited for is still waited for; everything else has failed.
    private mutating func cannotTell(_ message: String, _ time: String, _ now: ContinuousClock.Instant) -> [Effect] {
        let isNews = unreadable != message
        unreadable = message
        isReady = false
        repair = nil
        let told: [Effect] = isNews ? [.event(.sourceFailed, message)] : []
        if case .waiting = phase { return told + [.reconcile(.retry, after: retry.initial)] }
        return told + end(.failed, message, time) + backOff(of: nil, now)
    }

    private mutating func settled(_ digest: Digest, _ hold: Hold?, _ time: String) -> [Effect] {
        var effects = change(hold, time)
        forgetFailures()
        if case .waiting = phase { return effects }
        phase = .idle
        // Cut short by the end of a process, and everything is there now.
        if let operation = memory.operation, !operation.phase.isTerminal {
            effects += end(.succeeded, operation.message, time)
        }
        return effects
    }

    private mutating func observed(_ health: Health, _ time: String, _ now: ContinuousClock.Instant) -> [Effect] {
        var effects: [Effect] = []
        let isWell = health.status == .healthy || health.status == .suspended
        if case .waiting(let deadline) = phase {
            if isWell {
                phase = .idle
                let done = memory.operation.map { $0.message + ", " } ?? ""
                effects += end(.succeeded, done + "and everything is healthy", time) + [.becameHealthy(time: time)]
            } else if now >= deadline {
                phase = .idle
                let reason = health.message.map { ": \($0)" } ?? ""
                effects += end(.failed, "not healthy before the deadline, but \(health.status.rawValue)\(reason)", time)
            }
        }
        let nowReady = isWell && phase == .idle && memory.hold == nil && unreadable == nil && failures == 0
        if nowReady, !isReady { effects.append(.becameReady) }
        isReady = nowReady
        return effects
    }

    private mutating func end(_ phase: OperationRecord.Phase, _ message: String, _ time: String) -> [Effect] {
        guard var operation = memory.operation, !operation.phase.isTerminal else { return [] }
        operation.phase = phase
        operation.message = message
        operation.endedAt = time
        memory.operation = operation
        // "Superseded: superseded by" says it twice.
        let words = phase == .superseded ? message.replacing("superseded ", with: "", maxReplacements: 1) : message
        return [.save(operation), .event(.operationEnded, "\(phase.rawValue): \(words)")]
    }

    private mutating func idle() -> [Effect] {
        phase = .idle
        isReady = false
        return []
    }

    private mutating func backOff(of digest: Digest?, _ now: ContinuousClock.Instant) -> [Effect] {
        isReady = false
        failures = digest == failedDigest ? failures + 1 : 1
        failedDigest = digest
        let delay = RetrySchedule.delay(afterFailures: failures, retry)
        phase = .backingOff(until: now + delay)
        return [.reconcile(.retry, after: delay)]
    }

    private mutating func forgetFailures() {
        failures = 0
        failedDigest = nil
        if case .backingOff = phase { phase = .idle }
    }

    /// A hold is told when it begins, when it becomes another, and when it ends.
    private mutating func change(_ hold: Hold?, _ time: String) -> [Effect] {
        let before = memory.hold
        guard before?.reason != hold?.reason || before?.plan != hold?.plan || before?.message != hold?.message else { return [] }
        memory.hold = hold
        guard let hold else { return [.remember, .event(.holdLifted, "nothing is held any more")] }
        return [.remember, .event(.held, hold.message)]
    }
}
