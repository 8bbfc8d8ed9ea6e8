import Manifests
import Model
import Operator
import Testing

@Suite struct ApplicationMachineTests {
    typealias Machine = ApplicationMachine

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var events: [Machine.Event]
        var phase: Operation
        var ends: [OperationRecord.Phase]
        var isReady = false

        /// The phase that is expected, without its moment.
        enum Operation: Sendable { case idle, running, waiting, backingOff }
    }

    static let now = ContinuousClock.now
    static let digest = Digest(bytes: [1])
    static let other = Digest(bytes: [2])
    static let healthy = Health(.healthy)
    static let progressing = Health(.progressing, "1 of 2 replicas are ready")

    static func operation(_ cause: OperationRecord.Cause = .revision, _ id: String = "1") -> OperationRecord {
        OperationRecord(id: id, application: "web", cause: cause, phase: .running, revision: "main@sha1:1", startedAt: "t0")
    }

    static func began(_ cause: OperationRecord.Cause = .revision, _ id: String = "1") -> Machine.Event {
        .began(operation(cause, id), isHeld: false, time: "t0")
    }
    static func ended(_ outcome: Machine.Outcome, _ health: Health = healthy, after: Duration = .zero) -> Machine.Event {
        .ended(outcome, health: health, time: "t1", now: now + after)
    }
    static let applied = Machine.Outcome.applied(digest, hold: nil, summary: "1 created")
    static let failed = Machine.Outcome.failed(digest, message: "refused", isRetried: true)
    static let settled = Machine.Outcome.settled(digest, hold: nil)
    static let dependency = Hold(reason: .dependency, message: "it waits for base", since: "t0")
    static let hold = Hold(reason: .approval, message: "8 deletions", plan: digest, since: "t0")

    static let cases: [Case] = [
        Case(testDescription: "nothing to do", events: [ended(settled)], phase: .idle, ends: [], isReady: true),
        Case(
            testDescription: "applied and healthy", events: [began(), ended(applied)], phase: .idle, ends: [.succeeded],
            isReady: true),
        Case(
            testDescription: "applied, not healthy yet", events: [began(), ended(applied, progressing)], phase: .waiting, ends: []),
        Case(
            testDescription: "healthy later", events: [began(), ended(applied, progressing), ended(settled, healthy)], phase: .idle,
            ends: [.succeeded], isReady: true),
        Case(
            testDescription: "never healthy: it ends at its deadline",
            events: [began(), ended(applied, progressing), ended(settled, progressing, after: .seconds(601))], phase: .idle,
            ends: [.failed]),
        Case(
            testDescription: "a newer revision overtakes what is waited for",
            events: [began(), ended(applied, progressing), began(.revision, "2"), ended(applied)], phase: .idle,
            ends: [.superseded, .succeeded], isReady: true),
        Case(
            testDescription: "drift reverted while waiting ends alone",
            events: [began(), ended(applied, progressing), began(.drift, "2"), ended(applied, progressing)], phase: .waiting,
            ends: [.succeeded]),
        Case(testDescription: "failed: tried again later", events: [began(), ended(failed)], phase: .backingOff, ends: [.failed]),
        Case(
            testDescription: "drift reverted beside a failed revision leaves the failure",
            events: [began(), ended(failed), ended(.postponed(digest, hold: nil))], phase: .backingOff, ends: [.failed]),
        Case(
            testDescription: "drift reverted while a revision waits for a dependency is over when it is done",
            events: [ended(settled), began(.drift), ended(.postponed(digest, hold: dependency))], phase: .idle, ends: [.succeeded]),
        Case(
            testDescription: "what is waited for meets its deadline while the next revision waits for a dependency",
            events: [
                began(), ended(applied, progressing), ended(.postponed(other, hold: dependency), progressing, after: .seconds(601)),
            ], phase: .idle, ends: [.failed]),
        Case(
            testDescription: "failed, then applied", events: [began(), ended(failed), began(.retry, "2"), ended(applied)],
            phase: .idle,
            ends: [.failed, .succeeded], isReady: true),
        Case(
            testDescription: "superseded", events: [began(), ended(.superseded("superseded by main@sha1:2"))], phase: .idle,
            ends: [.superseded]),
        Case(
            testDescription: "a revert of drift is over when it is done", events: [began(.drift), ended(applied, progressing)],
            phase: .idle, ends: [.succeeded]),
        Case(
            testDescription: "unreadable: tried again, and no operation", events: [ended(.unreadable(message: "no route"))],
            phase: .backingOff, ends: []),
        Case(
            testDescription: "unreadable while waiting: it is still waited for",
            events: [began(), ended(applied, progressing), ended(.unreadable(message: "no route"))], phase: .waiting, ends: []),
        Case(
            testDescription: "held: not ready", events: [ended(.settled(digest, hold: hold))], phase: .idle, ends: []),
        Case(
            testDescription: "a commit that does not concern it", events: [ended(settled), ended(.unconcerned)], phase: .idle,
            ends: [],
            isReady: true),
    ]

    @Test(arguments: cases) func goesTo(_ row: Case) {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        var ends: [OperationRecord.Phase] = []
        for event in row.events {
            for case .save(let operation) in machine.step(event) where operation.phase.isTerminal { ends.append(operation.phase) }
        }
        switch (machine.phase, row.phase) {
        case (.idle, .idle), (.running, .running), (.waiting, .waiting), (.backingOff, .backingOff): break
        default: Issue.record("the phase is \(machine.phase)")
        }
        #expect(ends == row.ends)
        #expect(machine.isReady == row.isReady)
    }

    @Test func `what is applied is history, and what was reverted is none`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        _ = machine.step(Self.began())
        let arrived = machine.step(Self.ended(Self.applied)).filter { if case .arrived = $0 { true } else { false } }
        #expect(arrived.count == 1)
        _ = machine.step(Self.began(.drift, "2"))
        #expect(!machine.step(Self.ended(Self.applied)).contains { if case .arrived = $0 { true } else { false } })
    }

    @Test func `the pause grows with failures of the same rendering, and starts anew with another`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        func delay(_ digest: Digest) -> Duration? {
            _ = machine.step(Self.began(.retry))
            for case .reconcile(.retry, let delay) in machine.step(
                Self.ended(.failed(digest, message: "refused", isRetried: true)))
            { return delay }
            return nil
        }
        #expect([delay(Self.digest), delay(Self.digest), delay(Self.digest)] == [.seconds(5), .seconds(10), .seconds(20)])
        #expect(delay(Self.other) == .seconds(5))
    }

    @Test func `a hold is told once, and its end`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        func told(_ event: Machine.Event) -> [Event.Kind] {
            machine.step(event).compactMap { if case .event(let kind, _) = $0 { kind } else { nil } }
        }
        #expect(told(Self.ended(.settled(Self.digest, hold: Self.hold))) == [.held])
        #expect(told(Self.ended(.settled(Self.digest, hold: Self.hold))) == [])
        #expect(machine.hold?.reason == .approval)
        #expect(told(Self.ended(Self.settled)) == [.holdLifted])
        #expect(machine.hold == nil)
    }

    @Test func `a failure ends a hold that no longer holds, and not one that waits for a person`() {
        for (hold, remains) in [(Self.dependency, false), (Self.hold, true)] {
            var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
            _ = machine.step(Self.ended(.settled(Self.digest, hold: hold)))
            _ = machine.step(.began(Self.operation(), isHeld: true, time: "t1"))
            _ = machine.step(Self.ended(Self.failed))
            #expect((machine.hold != nil) == remains)
        }
    }

    @Test(arguments: [true, false])
    func `a hold ends before what it held begins, unless something is still held`(isHeld: Bool) {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        _ = machine.step(Self.ended(.settled(Self.digest, hold: Self.hold)))
        let told = machine.step(.began(Self.operation(.approval), isHeld: isHeld, time: "t1")).compactMap {
            if case .event(let kind, _) = $0 { kind } else { nil }
        }
        #expect(told == (isHeld ? [.operationStarted] : [.holdLifted, .operationStarted]))
        #expect((machine.hold != nil) == isHeld)
    }

    @Test func `resuming is no sync by hand`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        _ = machine.step(.suspended(Hold(reason: .suspended, message: "maintenance", since: "t0")))
        #expect(machine.step(.resumed(person: "ann")).contains(.reconcile(.settings, after: .zero)))
    }

    @Test func `an operation that was promised has an end although nothing had to be done`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        _ = machine.step(Self.ended(Self.settled))
        _ = machine.step(.answered(Self.operation(.manual, "7"), Self.settled, time: "t1"))
        #expect(machine.memory.operation?.id == "7" && machine.memory.operation?.phase == .succeeded)
    }

    @Test func `what is waited for goes on under the name that was promised`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        _ = machine.step(Self.began())
        _ = machine.step(Self.ended(Self.applied, Self.progressing))
        _ = machine.step(.answered(Self.operation(.manual, "7"), Self.settled, time: "t1"))
        #expect(machine.memory.operation?.phase == .waiting)
        _ = machine.step(Self.ended(Self.settled))
        #expect(machine.memory.operation?.id == "7" && machine.memory.operation?.phase == .succeeded)
    }

    @Test func `a rollback holds until something else is rendered`() {
        var machine = Machine(retry: SyncPolicy.Retry(), healthyDeadline: .seconds(600))
        let rollback = Machine.Rollback(revision: "main@sha1:1", rejected: Self.digest, since: "t0", person: "ann")
        #expect(machine.step(.rolledBack(rollback)).contains(.reconcile(.rollback, after: .zero)))
        #expect(machine.step(.rendered(Self.digest)).isEmpty)
        #expect(machine.hold?.reason == .rollback)
        #expect(!machine.step(.rendered(Self.other)).isEmpty)
        #expect(machine.hold == nil)
    }

    @Test func `what is remembered reads back`() throws {
        var memory = Machine.Memory()
        memory.suspension = Hold(reason: .suspended, message: "maintenance", since: "t0")
        memory.hold = Self.hold
        memory.rollback = Machine.Rollback(revision: "main@sha1:1", rejected: Self.digest, since: "t0", person: "ann")
        memory.operation = Self.operation()
        #expect(try Machine.Memory(value: memory.value) == memory)
    }
}
