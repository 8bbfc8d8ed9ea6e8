package import Manifests
package import Model
package import Planning

/// One application at one revision, rendered, and what is asked for it.
package struct SyncRequest: Sendable {
    package var application: Application
    package var manifests: [Manifest]
    /// The files beside the manifests.
    package var tree: any FileTree
    package var revision: String
    package var approval: Digest?
    package var waitForHealth: Bool
    /// What is asked of this sync; nil for one that nothing newer can come to.
    package var supersession: Supersession?
    package var slot: WorkSlot?
    /// UUIDv7; nil for one that is made here. A sync that goes on where another one stopped keeps that one's.
    package var operation: String?
    package var scope = PlanInput.Scope.all
    /// See `PlanInput.carriesOutHold`.
    package var carriesOutHold = false
    /// Which revision of its release a chart is; nil for what does not tell that apart.
    package var release: ReleaseRevision?
    /// The name that this application had before, whose objects and inventory move over to it.
    package var formerName: String?
    /// What the target has prepared before; in place of the manifests.
    package var prepared: [DesiredObject]?
    /// Has the last word on each plan: what it marks as held or kept is not done.
    package var gate: (@Sendable (Plan) -> Plan)?

    package init(
        application: Application, manifests: [Manifest], tree: any FileTree, revision: String, approval: Digest? = nil,
        waitForHealth: Bool = false
    ) {
        self.application = application
        self.manifests = manifests
        self.tree = tree
        self.revision = revision
        self.approval = approval
        self.waitForHealth = waitForHealth
    }
}

/// A plan, and what it was made from.
package struct PlannedSync: Sendable {
    package var plan: Plan
    package var context: SyncContext
    package var desired: [DesiredObject]
    /// By key, of everything desired and everything in the inventory that is there.
    package var observed: [ResourceKey: ObservedResource]

    package var inventory: Inventory { context.inventory }
}

/// How a sync went, operation by operation.
package struct SyncReport: Sendable {
    package var plan: Plan
    /// By the index of the operation in the plan.
    package var statuses: [Int: String]
    package var messages: [Int: String]
    package var health: [ResourceKey: Health]
    /// Why the sync failed as a whole; nil where it did not, or where single operations say why.
    package var failure: String?
    package var hasFailed: Bool
    /// It made way for something newer; what it had begun is done.
    package var isSuperseded: Bool

    package var isHeld: Bool { !plan.held.isEmpty }
}

/// What a sync tells while it runs.
package enum SyncProgress: Sendable {
    case planned(Plan)
    /// Another writer has the application; until then at the latest, if it does not ask for more.
    case waitingForLease(holder: String)
    case started(Operation)
    case finished(Operation, message: String?)
    case failed(Operation, String)
    case waitingForHealth([ResourceKey: Health])
}
