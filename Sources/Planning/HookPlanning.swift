import Manifests
package import Model

/// The hooks of a transition. Each runs once for a rendered digest; one that failed runs again with the next attempt.
enum HookPlanning {
    static func operations(_ input: PlanInput, options: [ResourceKey: ResourceOptions]) -> [Operation] {
        let renderedDigest = Planner.renderedDigest(of: input.desired)
        let record = input.inventory.sync.flatMap { $0.renderedDigest == renderedDigest ? $0 : nil }
        var operations: [Operation] = []
        for desired in input.desired {
            guard let options = options[desired.key], options.isHook, options.apply != .ignore else { continue }
            // A hook that names several phases runs in each.
            for phase in HookPhase.ofSync where options.hooks.contains(phase) {
                if let isUpgrade = input.isUpgrade, !HelmAnnotations.runs(desired.manifest, in: phase, isUpgrade: isUpgrade) {
                    continue
                }
                operations.append(operation(for: desired, options, phase, input, record))
            }
        }
        return operations
    }

    /// What runs when the whole application goes.
    static func ofRemoval(_ input: PlanInput, options: [ResourceKey: ResourceOptions]) -> [Operation] {
        let record = input.inventory.sync.flatMap { $0.isRemoval ? $0 : nil }
        return input.desired.flatMap { desired in
            let options = options[desired.key] ?? ResourceOptions()
            return HookPhase.ofRemoval.filter(options.hooks.contains).map { operation(for: desired, options, $0, input, record) }
        }
    }

    private static func operation(
        for desired: DesiredObject, _ options: ResourceOptions, _ phase: HookPhase, _ input: PlanInput,
        _ record: Inventory.SyncRecord?
    ) -> Operation {
        let position = KindOrder.position(of: desired.key)
        let order = Operation.Order(phase: runPhase(phase), wave: options.wave, tier: position.tier, rank: position.rank)
        let live = input.observed[desired.key]
        var operation = Operation(
            .run, desired.key, cause: .hook, desired: desired, uid: live?.uid, options: options, order: order)
        if record?.hooks[HookRecordKey.text(desired.key, phase)] == .succeeded {
            operation.state = .kept(HookPhase.ofRemoval.contains(phase) ? "it has run" : "it has run for this revision")
        } else if let release = input.release, release.hooksThatRan.contains(desired.key) {
            operation.state = .kept("Helm has run it for revision \(release.revision)")
        } else if case .other(let name)? = live?.owner {
            operation.state = .blocked("an object of that name belongs to the application \(input.identity.shown(name))")
        } else if case .nobody? = live?.owner, !input.inventory.hasTakenIn(live) {
            operation.state = .blocked("an object of that name exists already and is not Plumb's")
        } else if let release = input.release, input.policy.adopt == .hold, Adoption.isPending(input) {
            operation.state = .held("it runs when \(release.place) is taken over")
        }
        return operation
    }

    private static func runPhase(_ phase: HookPhase) -> Operation.Order.Phase {
        switch phase {
        case .preSync: .preSync
        case .sync: .sync
        case .postSync: .postSync
        case .syncFail: .syncFail
        case .preDelete: .preDelete
        case .postDelete: .postDelete
        }
    }
}

/// The name under which an inventory remembers how a hook went.
package enum HookRecordKey {
    package static func text(_ key: ResourceKey, _ phase: HookPhase) -> String { "\(phase.rawValue) \(key)" }

    package static func text(_ operation: Operation) -> String {
        switch operation.order.phase {
        case .preSync: text(operation.key, .preSync)
        case .sync, .prune: text(operation.key, .sync)
        case .postSync: text(operation.key, .postSync)
        case .syncFail: text(operation.key, .syncFail)
        case .preDelete: text(operation.key, .preDelete)
        case .postDelete: text(operation.key, .postDelete)
        }
    }
}
