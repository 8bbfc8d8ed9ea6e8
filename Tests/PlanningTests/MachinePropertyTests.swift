import Model
import Planning
import Testing

/// Random plans in random orders of events: what the machine must never do, and that it always ends.
@Suite struct MachinePropertyTests {
    static func plan(_ random: inout SeededGenerator) -> Plan {
        let count = Int.random(in: 0...14, using: &random)
        let names = (0..<count).map { "K n\($0)" }
        var operations: [Model.Operation] = []
        for name in names {
            let wave = random.pick([0, 0, 0, 1, 2, -1])
            let tier = random.pick([0, 1, 2])
            let state: Model.Operation.State =
                random.chance(90) ? (random.chance(80) ? .ready : .unverified("x")) : random.pick([.held("x"), .blocked("x")])
            // Mostly something before it; sometimes anything, so that circles and what comes too late occur.
            let requires =
                random.chance(30) ? [random.pick(random.chance(80) ? Array(names.prefix { $0 != name }) + ["K none"] : names)] : []
            switch Int.random(in: 0..<100, using: &random) {
            case ..<55:
                operations.append(
                    op(
                        random.pick([.create, .update, .replace, .adopt]), name, wave: wave, tier: tier, state: state,
                        requires: requires, provides: random.chance(15) ? ["X"] : []))
            case ..<65: operations.append(op(.unchanged, name, wave: wave, tier: tier))
            case ..<80: operations.append(op(.delete, name, .prune, wave: -wave, tier: -tier, state: state))
            default:
                operations.append(
                    op(
                        .run, name, random.pick([.preSync, .sync, .postSync, .syncFail]), wave: wave, tier: tier, state: state,
                        requires: requires))
            }
        }
        return PlanningTests.plan(operations, isTransition: random.chance(70))
    }

    /// How things go in one run: how often something fails, is late, or is told twice.
    struct Luck {
        var failure: Int
        var deadline: Int
        var noise: Int
    }

    @Test(arguments: 0..<20) func neverDoesWhatItMustNot(_ block: Int) throws {
        for seed in block * 100..<block * 100 + 100 {
            var random = SeededGenerator(seed)
            let plan = Self.plan(&random)
            let luck = Luck(
                failure: random.pick([0, 0, 5, 30]), deadline: random.pick([0, 0, 2, 10]), noise: random.pick([0, 10, 30]))
            var run = Run(plan, waitForHealth: random.chance(50), luck, random)
            run.toTheEnd()
            try #require(run.violations == [], "seed \(seed): \(plan.lines)")
        }
    }

    @Test func plansOfThePlannerToo() throws {
        for seed in PlanPropertyTests.seeds {
            var random = SeededGenerator(seed)
            var world = PlanPropertyTests.world(&random)
            if random.chance(50) { world.input.approval = try world.plan().digest }
            let plan = try world.plan()
            var run = Run(plan, waitForHealth: random.chance(50), Luck(failure: 5, deadline: 2, noise: 10), random)
            run.toTheEnd()
            try #require(run.violations == [], "seed \(seed): \(plan.lines)")
        }
    }

    @Test func withoutBadLuckEverythingIsDone() throws {
        for seed in PlanPropertyTests.seeds {
            var random = SeededGenerator(seed)
            var world = PlanPropertyTests.world(&random)
            world.input.approval = try world.plan().digest
            let plan = try world.plan()
            guard plan.blocked.isEmpty else { continue }
            var run = Run(plan, waitForHealth: true, Luck(failure: 0, deadline: 0, noise: 0), random)
            run.toTheEnd()
            try #require(run.violations == [], "seed \(seed): \(plan.lines)")
            try #require(!run.machine.hasFailed, "seed \(seed): \(run.machine.statuses) \(plan.lines)")
        }
    }
}

/// One run of the machine, with an engine that answers in any order, and a witness.
struct Run {
    var machine: SyncMachine
    private(set) var violations: [String] = []
    private let luck: MachinePropertyTests.Luck
    private var random: SeededGenerator
    private var open: [SyncMachine.Effect] = []
    private var started: Set<Int> = []
    private var succeeded: Set<Int> = []
    private var healthySince: Set<ResourceKey> = []
    private var finishes = 0
    private var past: [SyncMachine.Event] = []

    init(_ plan: Plan, waitForHealth: Bool, _ luck: MachinePropertyTests.Luck, _ random: SeededGenerator) {
        machine = SyncMachine(plan: plan, waitForHealth: waitForHealth)
        self.luck = luck
        self.random = random
    }

    mutating func toTheEnd() {
        send(.begin)
        for _ in 0..<2000 where finishes == 0 {
            if random.chance(luck.noise), let event = noise() { send(event) }
            if random.chance(luck.deadline) { send(.deadline(machine.clock)) }
            guard finishes == 0, !open.isEmpty else { continue }
            let effect = open.remove(at: Int.random(in: 0..<open.count, using: &random))
            send(answer(to: effect))
        }
        check(finishes == 1, "it did not finish: \(machine.statuses)")
        check(!machine.statuses.values.contains { $0 == .waiting || $0 == .running }, "something is left over at the end")
        for event in past.suffix(5) { check(machine.step(event).isEmpty, "it goes on after the end") }
    }

    private mutating func send(_ event: SyncMachine.Event) {
        past.append(event)
        let wasRunning = machine.statuses.filter { $0.value == .running }.map(\.key)
        let effects = machine.step(event)
        for index in wasRunning {
            if case .done? = machine.statuses[index] { succeeded.insert(index) }
            if case .pending? = machine.statuses[index] { succeeded.insert(index) }
        }
        if case .health(let report) = event {
            for (key, health) in report where health.status == .healthy || health.status == .suspended { healthySince.insert(key) }
        }
        for effect in effects { witness(effect) }
        open += effects.filter { $0 != .finish }
    }

    private mutating func check(_ holds: Bool, _ what: String) {
        if !holds { violations.append(what) }
    }

    private mutating func witness(_ effect: SyncMachine.Effect) {
        check(finishes == 0, "an effect after the end")
        switch effect {
        case .write(let index), .runHook(let index), .delete(let index): begin(index)
        case .awaitUsable(let index): check(started.contains(index), "waits for what was not written")
        case .observeHealth(let keys): check(!keys.isEmpty, "observes nothing")
        case .finish: finishes += 1
        }
    }

    private mutating func begin(_ index: Int) {
        let plan = machine.plan
        let operation = plan.operations[index]
        let line = operation.line
        check(operation.isDue, "\(line) is not due")
        check(started.insert(index).inserted, "\(line) begins twice")
        healthySince.remove(operation.key)

        for required in operation.desired?.requires ?? [] {
            let writers = plan.operations.indices.filter {
                plan.operations[$0].key == required && plan.operations[$0].isDue && plan.operations[$0].action != .delete
                    && $0 != index
                    && plan.operations[$0].order.phase != .syncFail
            }
            check(writers.isEmpty || writers.contains { succeeded.contains($0) }, "\(line) begins before \(required)")
            check(!plan.blocked.contains { $0.key == required && $0.action != .delete }, "\(line) begins without \(required)")
        }
        let hasFailed = machine.failure != nil || machine.hasFailedSoFar || plan.blocked.contains { $0.order.phase != .syncFail }
        if operation.order.phase == .syncFail {
            check(hasFailed, "\(line) begins and nothing failed")
            return
        }
        for other in plan.operations.indices where plan.operations[other].order.phase != .syncFail {
            let order = plan.operations[other].order
            let isEarlier = (order.phase, order.wave) < (operation.order.phase, operation.order.wave)
            guard isEarlier else { continue }
            if plan.operations[other].isDue {
                check(succeeded.contains(other), "\(line) begins before \(plan.operations[other].line)")
            }
            if plan.isTransition, operation.order.phase != .preSync, isWaitedFor(plan.operations[other]) {
                check(
                    healthySince.contains(plan.operations[other].key),
                    "\(line) begins while \(plan.operations[other].key) is not healthy")
            }
        }
        if operation.action == .delete {
            check(machine.failure == nil && !machine.hasFailedSoFar, "\(line) begins although something failed")
            check(
                !plan.blocked.contains { $0.action != .delete && $0.order.phase < .prune },
                "\(line) begins although something is blocked")
        }
    }

    private func isWaitedFor(_ operation: Model.Operation) -> Bool {
        guard operation.action != .delete, operation.action != .run else { return false }
        return operation.isDue || (operation.action == .unchanged && operation.uid != nil)
    }

    private mutating func answer(to effect: SyncMachine.Effect) -> SyncMachine.Event {
        let fails = random.chance(luck.failure)
        switch effect {
        case .write(let index):
            return fails ? .failed(index, "no") : .written(index, WriteResult(uid: "u", returned: digest("r")))
        case .awaitUsable(let index): return fails ? .failed(index, "no") : .usable(index)
        case .delete(let index):
            return fails ? .failed(index, "no") : .deleted(index, random.pick([.gone, .gone, .notOurs("x"), .pending("x")]))
        case .runHook(let index): return .hookEnded(index, failure: fails ? "exit 1" : nil)
        case .observeHealth(let keys):
            let bad: [Health.Status] = luck.failure > 0 && random.chance(20) ? [.degraded] : [.progressing, .missing, .unknown]
            let reports = keys.map {
                ($0, Health(random.chance(90) ? random.pick([.healthy, .healthy, .suspended]) : random.pick(bad)))
            }
            return .health(Dictionary(uniqueKeysWithValues: reports))
        case .finish: return .begin
        }
    }

    /// Something said again, or out of turn: an answer to an operation that does not run, the other deadline.
    private mutating func noise() -> SyncMachine.Event? {
        let index = Int.random(in: 0..<max(1, machine.plan.operations.count), using: &random)
        guard machine.statuses[index] != .running else { return nil }
        return random.pick([
            .begin, .written(index, WriteResult(uid: "u", returned: digest("r"))), .usable(index), .deleted(index, .gone),
            .hookEnded(index, failure: nil), .failed(index, "late"), .deadline(machine.clock == .applied ? .healthy : .applied),
            past.last.flatMap { if case .health = $0 { nil } else { $0 } } ?? .begin,
        ])
    }
}

extension SyncMachine {
    var hasFailedSoFar: Bool {
        statuses.values.contains { status in
            switch status {
            case .failed, .blocked: true
            case .waiting, .running, .done, .pending: false
            }
        }
    }
}
