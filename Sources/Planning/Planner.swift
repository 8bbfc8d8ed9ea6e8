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
    package var scope: Scope
    /// The full name that this application had before; what still carries it is taken over without asking.
    package var former: String?
    /// Whether this is what the hold in the inventory asks for: going back to the revision that it names.
    package var carriesOutHold: Bool
    /// What the application takes over from another tool, as long as it has not.
    package var release: EarlierRelease?
    /// Whether a chart is installed or upgraded; nil where that is not told apart.
    package var isUpgrade: Bool?
    /// The entries of the inventory that were taken in from it for this plan, and are stored only once it is carried out.
    package var taken: Set<ResourceKey> = []
    /// RFC 3339, UTC; decides whether a `plumb.dev/hold-until` still holds.
    package var now: String

    package init(
        identity: ApplicationIdentity, revision: String, desired: [DesiredObject], observed: [ResourceKey: ObservedResource],
        inventory: Inventory, policy: SyncPolicy, approval: Digest? = nil, scope: Scope = .all, former: String? = nil,
        carriesOutHold: Bool = false,
        now: String
    ) {
        self.identity = identity
        self.revision = revision
        self.desired = desired
        self.observed = observed
        self.inventory = inventory
        self.policy = policy
        self.approval = approval
        self.scope = scope
        self.former = former
        self.carriesOutHold = carriesOutHold
        self.now = now
    }

    package enum Scope: Sendable, Hashable {
        /// Everything that it takes to get to the revision.
        case all
        /// What left the last applied state goes back to it; nothing new comes, nothing goes, and no hook runs.
        case repair
    }
}

/// Pairs what is desired with what is there and what was put there, and says what has to happen, in which order.
package enum Planner {
    /// Throws `invalid` for annotations that mean nothing and for an object that is there twice; the plan itself never
    /// fails, it holds or blocks operations.
    package static func plan(_ input: PlanInput) throws -> Plan {
        let options = try options(of: input.desired)
        let renderedDigest = renderedDigest(of: input.desired)
        // What a deletion had begun is begun anew.
        let isUndone = input.inventory.sync?.isRemoval ?? false
        let isTransition = input.scope == .all && (isUndone || input.inventory.synced?.renderedDigest != renderedDigest)

        var operations = input.desired.compactMap { desired -> Operation? in
            let options = options[desired.key] ?? ResourceOptions()
            return options.isHook ? nil : Pairing.operation(for: desired, options: options, input)
        }
        let pruning = input.scope == .all ? Pruning.operations(input) : Pruning.Result()
        operations += pruning.operations
        if input.scope == .repair { operations.removeAll { $0.cause != .drift && $0.cause != .same } }
        if isTransition {
            operations += HookPlanning.operations(input, options: options)
        }
        Holds.apply(to: &operations, input, remembered: input.inventory.entries.count - pruning.forgotten.count)

        var plan = Plan(
            identity: input.identity, revision: input.revision, renderedDigest: renderedDigest, operations: operations,
            forgotten: pruning.forgotten, isTransition: isTransition)
        if let approval = input.approval, approval == plan.digest { plan.approve() }
        // Only now is it known what is due.
        Prerequisites.blockDependents(&plan.operations)
        Prerequisites.markUnverified(&plan.operations)
        Prerequisites.pullForward(&plan.operations)
        plan.operations.sort(by: runsBefore)
        plan.untaken = Adoption.isHeld(plan.operations, input) ? input.taken : []
        plan.deletionHooks = input.desired.filter { object in
            guard let options = options[object.key], options.apply != .ignore else { return false }
            return !options.hooks.isDisjoint(with: HookPhase.ofRemoval)
        }
        return plan
    }

    /// Of everything desired, wherever it comes from and in whatever order. What is only made where it is missing, such
    /// as the Namespace of `createNamespace`, is no part of it.
    package static func renderedDigest(of desired: [DesiredObject]) -> Digest {
        Digest(records: desired.filter(\.isTracked).map { $0.key.parts + [$0.digest.hex] })
    }

    static func options(of desired: [DesiredObject]) throws -> [ResourceKey: ResourceOptions] {
        var options: [ResourceKey: ResourceOptions] = [:]
        for object in desired {
            guard options[object.key] == nil else {
                let other = desired.first { $0.key == object.key }
                throw PlumbError(
                    .invalid, "\(object.key) is in the source twice\(other.map { ", also at \($0.manifest.origin)" } ?? "").",
                    remedy: "Remove or rename one of the two.", at: object.manifest.origin)
            }
            options[object.key] = try ResourceOptionsReader.options(of: object.manifest)
        }
        return options
    }

    static func runsBefore(_ left: Operation, _ right: Operation) -> Bool {
        left.order == right.order ? left.key < right.key : left.order < right.order
    }
}

extension Plan {
    mutating func approve() {
        for index in operations.indices where operations[index].isHeld { operations[index].state = .ready }
    }
}
