package import Manifests
package import Model

/// Everything a plan follows from. Nothing else is looked at: the same input gives the same plan.
package struct PlanInput: Sendable {
    package var identity: ApplicationIdentity
    package var revision: String
    package var desired: [DesiredObject]
    package var observed: [ResourceKey: ObservedResource]
    package var inventory: Inventory
    package var policy: SyncPolicy
    /// The digest that a person approved, if any.
    package var approval: Digest?
    /// RFC 3339, UTC; decides whether a `plumb.dev/hold-until` still holds.
    package var now: String

    package init(
        identity: ApplicationIdentity, revision: String, desired: [DesiredObject], observed: [ResourceKey: ObservedResource],
        inventory: Inventory, policy: SyncPolicy, approval: Digest? = nil, now: String
    ) {
        self.identity = identity
        self.revision = revision
        self.desired = desired
        self.observed = observed
        self.inventory = inventory
        self.policy = policy
        self.approval = approval
        self.now = now
    }
}

/// Pairs what is desired with what is there and what was put there, and says what has to happen, in which order.
package enum Planner {
    /// Throws `invalid` for annotations that mean nothing; the plan itself never fails, it holds or blocks operations.
    package static func plan(_ input: PlanInput) throws -> Plan {
        let options = try Dictionary(
            uniqueKeysWithValues: input.desired.map { ($0.key, try ResourceOptionsReader.options(of: $0.manifest)) })
        let renderedDigest = renderedDigest(of: input.desired)
        let isTransition = input.inventory.synced?.renderedDigest != renderedDigest

        var operations = input.desired.compactMap { desired -> Operation? in
            let options = options[desired.key] ?? ResourceOptions()
            return options.isHook ? nil : Pairing.operation(for: desired, options: options, input)
        }
        let pruning = Pruning.operations(input)
        operations += pruning.operations
        if isTransition {
            operations += HookPlanning.operations(input, options: options)
        }
        Holds.apply(to: &operations, input)
        markUnverified(&operations)
        Prerequisites.pullForward(&operations)

        var plan = Plan(
            identity: input.identity, revision: input.revision, renderedDigest: renderedDigest,
            operations: operations.sorted(by: runsBefore),
            forgotten: pruning.forgotten, isTransition: isTransition)
        if let approval = input.approval, approval == plan.digest { plan.approve() }
        return plan
    }

    /// Of everything desired, wherever it comes from and in whatever order. What is only made where it is missing, such
    /// as the Namespace of `createNamespace`, is no part of it.
    package static func renderedDigest(of desired: [DesiredObject]) -> Digest {
        let lines = desired.filter(\.isTracked).map { "\($0.key) \($0.digest.hex)" }.sorted()
        return Digest(bytes: Array(lines.joined(separator: "\n").utf8))
    }

    private static func runsBefore(_ left: Operation, _ right: Operation) -> Bool {
        left.order == right.order ? left.key < right.key : left.order < right.order
    }

    /// What needs an object that this plan has yet to make cannot be rehearsed before it is there.
    private static func markUnverified(_ operations: inout [Operation]) {
        let made = Set(operations.filter { [.create, .replace].contains($0.action) && $0.isDue }.map(\.key))
        for index in operations.indices where operations[index].state == .ready {
            if let missing = operations[index].desired?.requires.intersection(made).min() {
                operations[index].state = .unverified("\(missing) has to be there first")
            }
        }
    }
}

extension Plan {
    mutating func approve() {
        for index in operations.indices where operations[index].isHeld { operations[index].state = .ready }
    }
}

extension Planner {
    /// Everything that the inventory holds, in reverse order. Asked for by a person, so no budget applies.
    package static func removal(of inventory: Inventory, observed: [ResourceKey: ObservedResource], now: String) throws -> Plan {
        let input = PlanInput(
            identity: inventory.identity, revision: "", desired: [], observed: observed, inventory: inventory, policy: SyncPolicy(), now: now)
        let pruning = Pruning.operations(input)
        return Plan(
            identity: inventory.identity, revision: "", renderedDigest: renderedDigest(of: []),
            operations: pruning.operations.sorted(by: runsBefore), forgotten: pruning.forgotten, isTransition: false)
    }
}
