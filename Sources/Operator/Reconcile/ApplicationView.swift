package import Engine
package import Manifests
package import Model
import Planning

/// What one look at an application showed: pure, from a plan and what it was made from.
package struct ApplicationView: Sendable {
    package var sync: ApplicationStatus.Sync
    package var resources: [ApplicationStatus.ResourceStatus]
    package var health: Health
    package var unmanaged: Int
    package var drift: [ResourceKey: [FieldChange]]
    package var renderedDigest: Digest?
    package var plan: Plan?

    /// Before the first look.
    package init() {
        sync = .unknown
        resources = []
        health = Health(.unknown, "it was not looked at yet")
        unmanaged = 0
        drift = [:]
    }

    package init(_ planned: PlannedSync) {
        self.init(plan: planned.plan, observed: planned.observed)
    }

    init(plan: Plan, observed: [ResourceKey: ObservedResource]) {
        self.init()
        self.plan = plan
        renderedDigest = plan.renderedDigest
        unmanaged = plan.unmanaged
        resources = plan.operations.filter { $0.action != .run }.map { Self.status(of: $0, observed[$0.key]) }
            .sorted { $0.key < $1.key }
        health = Health.worst(of: resources.filter { $0.isCounted }.map(\.named))
        for operation in plan.operations where operation.cause == .drift {
            drift[operation.key] = operation.fields.isEmpty ? [Self.whole(operation)] : operation.fields
        }
        // A hook that is still due is work of the revision that was not done.
        let isOver = plan.blocked.isEmpty && plan.held.isEmpty && !plan.due.contains { $0.action == .run }
        let isSynced = isOver && resources.allSatisfy { $0.sync == .synced }
        sync = isSynced ? .synced : .outOfSync
    }

    private static func status(of operation: Operation, _ live: ObservedResource?) -> ApplicationStatus.ResourceStatus {
        let health = live?.health ?? Health(.missing, "It does not exist.")
        let isSynced = operation.action == .unchanged && operation.cause == .same || isLeftThere(operation)
        return ApplicationStatus.ResourceStatus(
            key: operation.key, sync: isSynced ? .synced : .outOfSync, health: health, message: operation.state.reason,
            unmanaged: operation.unmanaged)
    }

    /// Removed from the source and kept on purpose: listed, and nothing is out of sync.
    private static func isLeftThere(_ operation: Operation) -> Bool { operation.action == .delete && operation.isKept }

    /// The whole object is gone.
    private static func whole(_ operation: Operation) -> FieldChange {
        FieldChange(path: "", old: "deleted", new: "there", manager: nil)
    }
}

extension ApplicationStatus.ResourceStatus {
    /// What a sync has yet to create is not ill; it is out of sync.
    fileprivate var isCounted: Bool { !(sync == .outOfSync && health.status == .missing) || message == nil }

    /// The health with the resource's name in front, for the application as a whole.
    fileprivate var named: Health {
        guard health.status != .healthy else { return health }
        return Health(health.status, "\(key)" + (health.message.map { ": \($0)" } ?? ""))
    }
}
