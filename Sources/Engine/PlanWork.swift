import Model
import Planning

/// What a child task of the runner does.
enum PlanWork: Sendable {
    case effect(SyncMachine.Effect)
    case lookAtHook(Int, delay: Duration)
    case createHook(Int)
    case cleanUpHook(Int, uid: String, failure: String?)
}

/// What a child task brings back.
enum PlanMessage: Sendable {
    case event(SyncMachine.Event)
    case hookSeen(Int, HookProgress?)
    case hookCreated(Int, WriteResult)
    case hookCleaned(Int, failure: String?, Deletion?)
    case superseded(String)
    case tick
}

extension PlanWork {
    /// Whether it writes; everything else is looking and waiting.
    var isWork: Bool {
        switch self {
        case .effect(.write), .effect(.delete), .createHook, .cleanUpHook: true
        case .effect(.awaitUsable), .effect(.runHook), .effect(.observeHealth), .effect(.finish), .lookAtHook: false
        }
    }

    static func tick() async -> PlanMessage {
        // A cancelled sleep ends early, and the loop looks at the cancellation next.
        try? await Task.sleep(for: .seconds(1))
        return .tick
    }

    @concurrent
    func perform(on target: any Target, plan: Plan, context: SyncContext) async -> PlanMessage {
        do {
            return try await attempt(on: target, plan, context)
        } catch {
            return failure(error)
        }
    }

    private func attempt(on target: any Target, _ plan: Plan, _ context: SyncContext) async throws -> PlanMessage {
        switch self {
        case .effect(.write(let index)):
            guard let write = Write(plan.operations[index]) else { return .event(.failed(index, "there is nothing to write")) }
            return .event(.written(index, try await target.apply(write, context)))
        case .effect(.awaitUsable(let index)):
            if let desired = plan.operations[index].desired { try await Self.poll { try await target.isUsable(desired) } }
            return .event(.usable(index))
        case .effect(.delete(let index)):
            let operation = plan.operations[index]
            return .event(.deleted(index, try await target.delete(operation.key, uid: operation.uid ?? "", context)))
        case .effect(.observeHealth(let keys)):
            return .event(.health(try await observeHealth(of: keys, on: target)))
        case .effect(.runHook(let index)), .lookAtHook(let index, _):
            if case .lookAtHook(_, let delay) = self, delay > .zero { try await Task.sleep(for: delay) }
            return .hookSeen(index, try await target.hookProgress(plan.operations[index].key))
        case .createHook(let index):
            guard let write = Write(plan.operations[index]) else { return .event(.failed(index, "there is nothing to run")) }
            return .hookCreated(index, try await target.apply(write, context))
        case .cleanUpHook(let index, let uid, let failure):
            return .hookCleaned(index, failure: failure, try await target.delete(plan.operations[index].key, uid: uid, context))
        case .effect(.finish):
            return .tick
        }
    }

    /// Returns when all are settled, or after a second with what is known by then.
    private func observeHealth(of keys: Set<ResourceKey>, on target: any Target) async throws -> [ResourceKey: Health] {
        let isSettled: (Health) -> Bool = { [.healthy, .suspended, .degraded].contains($0.status) }
        do {
            let health = try await target.health(of: keys)
            if health.values.allSatisfy(isSettled) { return health }
            try await Task.sleep(for: .milliseconds(500))
            return try await target.health(of: keys)
        } catch {
            // An answer that did not come says nothing about the health: it is asked again until the deadline.
            try await Task.sleep(for: .seconds(1))
            return Dictionary(uniqueKeysWithValues: keys.map { ($0, Health(.unknown, "\(error)")) })
        }
    }

    private static func poll(_ condition: () async throws -> Bool) async throws {
        var pause = Duration.milliseconds(50)
        while try await !condition() {
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    private func failure(_ error: any Error) -> PlanMessage {
        let text = error is CancellationError ? "it was stopped" : "\(error)"
        switch self {
        case .effect(.write(let index)), .effect(.awaitUsable(let index)), .effect(.delete(let index)),
            .effect(.runHook(let index)),
            .createHook(let index), .lookAtHook(let index, _):
            return .event(.failed(index, text))
        case .cleanUpHook(let index, _, let failure):
            return .hookCleaned(index, failure: failure ?? "it could not be deleted: \(text)", nil)
        case .effect(.observeHealth(let keys)):
            return .event(.health(Dictionary(uniqueKeysWithValues: keys.map { ($0, Health(.unknown, text)) })))
        case .effect(.finish): return .tick
        }
    }
}
