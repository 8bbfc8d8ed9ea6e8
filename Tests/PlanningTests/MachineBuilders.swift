import Manifests
import Model
import Planning

typealias Phase = Model.Operation.Order.Phase

/// One operation of a plan that is written down by hand.
func op(
    _ action: Model.Operation.Action, _ text: String, _ phase: Phase = .sync, wave: Int = 0, tier: Int = 0,
    state: Model.Operation.State = .ready, requires: [String] = [], provides: Set<String> = []
) -> Model.Operation {
    Model.Operation(
        action, key(text), cause: .new, state: state,
        desired: action == .delete ? nil : desired(text, requires: requires, provides: provides),
        uid: action == .create ? nil : "uid of \(text)", order: .init(phase: phase, wave: wave, tier: tier, rank: 0))
}

func plan(_ operations: [Model.Operation], isTransition: Bool = true) -> Plan {
    Plan(
        identity: ApplicationIdentity(installation: "i", name: "shop"), revision: "r", renderedDigest: digest("r"),
        operations: operations.sorted { $0.order < $1.order }, forgotten: [:], isTransition: isTransition)
}

/// Plays the engine's part: answers each effect at once, as the script says, and writes down what was asked for.
struct Script: Sendable {
    var operations: [Model.Operation]
    var isTransition = true
    var waitForHealth = false
    /// Keys that fail when they are written, deleted or run.
    var failing: Set<String> = []
    var pending: Set<String> = []
    /// Healthy unless said otherwise; each observation takes the next one, and the last one stays.
    var health: [String: [Health.Status]] = [:]
    /// What happens in place of an answer to this line of the log.
    var instead: [String: SyncMachine.Event] = [:]

    func play() -> (log: [String], machine: SyncMachine) {
        var machine = SyncMachine(plan: plan(operations, isTransition: isTransition), waitForHealth: waitForHealth)
        var log: [String] = []
        var observations = 0
        var effects = machine.step(.begin)
        while !effects.isEmpty, log.count < 200 {
            let effect = effects.removeFirst()
            let line = describe(effect, machine.plan)
            log.append(line)
            if let event = instead[line] {
                effects += machine.step(event)
            } else if effect != .finish {
                effects += machine.step(answer(to: effect, machine.plan, observations))
            }
            if case .observeHealth = effect { observations += 1 }
        }
        return (log, machine)
    }

    private func answer(to effect: SyncMachine.Effect, _ plan: Plan, _ observations: Int) -> SyncMachine.Event {
        switch effect {
        case .write(let index):
            return fails(index, plan) ? .failed(index, "no") : .written(index, WriteResult(uid: "u", returned: digest("r")))
        case .awaitUsable(let index): return .usable(index)
        case .delete(let index):
            if fails(index, plan) { return .failed(index, "no") }
            return .deleted(index, pending.contains("\(plan.operations[index].key)") ? .pending("a finalizer") : .gone)
        case .runHook(let index): return .hookEnded(index, failure: fails(index, plan) ? "exit 1" : nil)
        case .observeHealth(let keys):
            let reports = keys.map { key in
                let states = health["\(key)"] ?? [.healthy]
                return (key, Health(states[min(observations, states.count - 1)]))
            }
            return .health(Dictionary(uniqueKeysWithValues: reports))
        case .finish: return .begin
        }
    }

    private func fails(_ index: Int, _ plan: Plan) -> Bool { failing.contains("\(plan.operations[index].key)") }
}

func describe(_ effect: SyncMachine.Effect, _ plan: Plan) -> String {
    switch effect {
    case .write(let index): "write \(plan.operations[index].key)"
    case .awaitUsable(let index): "await \(plan.operations[index].key)"
    case .delete(let index): "delete \(plan.operations[index].key)"
    case .runHook(let index): "run \(plan.operations[index].key)"
    case .observeHealth(let keys): "observe " + keys.map(\.name).sorted().joined(separator: " ")
    case .finish: "finish"
    }
}
