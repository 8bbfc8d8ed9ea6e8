package import Logging
import Manifests
package import Model
package import Planning

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Observe, plan, gate, apply, verify, record: one application on one target, once.
///
/// It knows no platform and no source; `plumb apply` calls it once and the operator whenever something changed.
package struct SyncEngine: Sendable {
    let target: any Target
    let holder: LeaseHolder
    let logger: Logger
    /// How many operations are under way at once.
    let concurrency: Int
    let progress: @Sendable (SyncProgress) -> Void

    package init(
        target: any Target, holder: LeaseHolder, logger: Logger, concurrency: Int = 32,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.target = target
        self.holder = holder
        self.logger = logger
        self.concurrency = concurrency
        self.progress = progress
    }

    /// What applying would do now. Writes nothing.
    ///
    /// Throws what keeps a plan from being made, and every error that the rehearsal of a write found.
    package func plan(_ request: SyncRequest) async throws -> PlannedSync {
        var planned = try await settledPlan(
            request, from: nil, until: .now + request.application.deadlines.applied, waitsForLease: false)
        if planned.inventory.synced != nil { planned.plan.notes += try await reminder(request) }
        return planned
    }

    /// One sync to its end, from a plan that was just made of the request, or from a new one.
    ///
    /// Held operations are no error; the report has them. Throws what keeps a sync from beginning, with nothing changed.
    package func apply(_ request: SyncRequest, from draft: PlannedSync? = nil) async throws -> SyncReport {
        let giveUp = ContinuousClock.now + request.application.deadlines.applied
        var draft = draft
        while true {
            let planned = try await settledPlan(request, from: draft, until: giveUp, waitsForLease: true)
            draft = nil
            progress(.planned(planned.plan))
            do {
                return try await carryOut(planned, request)
            } catch let error as PlumbError where error.code == .superseded {
                // Somebody saved since the plan was made: what it says may no longer be so.
                guard ContinuousClock.now < giveUp else { throw error }
            }
        }
    }

    /// A plan that complains (of what is held, blocked or refused in the rehearsal) only of what is really so: what another
    /// writer is making looks like somebody else's to a plan that began before it, which is then made anew.
    private func settledPlan(
        _ request: SyncRequest, from given: PlannedSync?, until giveUp: ContinuousClock.Instant, waitsForLease: Bool
    ) async throws -> PlannedSync {
        var given = given
        while true {
            let draft = if let given { given } else { try await self.draft(request) }
            given = nil
            if waitsForLease, holder.isHeldOff(by: draft.inventory.lease, now: Self.now) {
                progress(.planned(draft.plan))
                try await waitForLease(draft.inventory.lease, until: giveUp)
                continue
            }
            do {
                let planned = try await rehearsed(draft, request)
                let complains = !planned.plan.held.isEmpty || !planned.plan.blocked.isEmpty
                guard complains, ContinuousClock.now < giveUp, try await hasMoved(draft) else { return planned }
            } catch let error as PlumbError where error.code == .conflict {
                guard ContinuousClock.now < giveUp, try await hasMoved(draft) else { throw error }
            }
        }
    }

    private func rehearsed(_ draft: PlannedSync, _ request: SyncRequest) async throws -> PlannedSync {
        guard Preflight.isDue(for: draft.plan, request.application.sync.preflight) else { return draft }
        var planned = draft
        planned.plan = try await Preflight(target: target, concurrency: concurrency).rehearse(draft)
        return planned
    }

    /// Whether another writer has saved since `planned` was made: then what it saw was partly before and partly after that.
    private func hasMoved(_ planned: PlannedSync) async throws -> Bool {
        let identity = planned.context.identity
        guard try await target.installation() == identity.installation else { return true }
        return try await target.inventory(of: identity)?.version != planned.inventory.version
    }

    /// Observes and plans, without rehearsing. Writes nothing.
    package func draft(_ request: SyncRequest) async throws -> PlannedSync {
        let installation = try await target.installation()
        let identity = ApplicationIdentity(installation: installation, name: request.application.name)
        let settings = request.application.target
        let placement = Placement(namespace: settings.namespace, createNamespace: settings.createNamespace, tree: request.tree)
        let desired =
            if let prepared = request.prepared { prepared } else {
                try await target.prepare(GeneratedNames.fill(request.manifests), for: placement)
            }
        var inventory = try await inventory(of: identity, formerly: request.formerName)
        if desired.isEmpty, inventory.entries.isEmpty {
            let path = request.application.source.path
            throw PlumbError(
                .invalid, "The source of \(request.application.name)\(path == "." ? "" : " (\(path))") holds no manifests.",
                remedy: "Check the path: an empty source is an application only where there was one before.")
        }
        let predecessor = try await predecessor(of: request, inventory)
        var taken = predecessor.release.map { inventory.takeIn($0, besides: Set(desired.map(\.key))) } ?? []
        var context = context(
            identity, inventory, request.application.ignore, rendered: Planner.renderedDigest(of: desired),
            operation: request.operation)
        let observed = try await target.observe(desired, context)
        if let release = predecessor.release { taken = inventory.settle(taken, of: release, observed) }
        context.inventory = inventory
        var input = PlanInput(
            identity: identity, revision: request.revision, desired: desired, observed: observed, inventory: inventory,
            policy: request.application.sync, approval: request.approval, scope: request.scope,
            former: request.formerName.map { ApplicationIdentity(installation: installation, name: $0).fullName },
            carriesOutHold: request.carriesOutHold, now: Self.timestamp)
        (input.release, input.taken) = (predecessor.release, taken)
        input.isUpgrade = request.release.map { $0.number > 1 }
        var plan = try Planner.plan(input)
        plan.notes = predecessor.notes(on: plan, observed)
        return PlannedSync(plan: request.gate?(plan) ?? plan, context: context, desired: desired, observed: observed)
    }

    /// A person's word moves over with the name: who is suspended does not go on under another one.
    private func inventory(of identity: ApplicationIdentity, formerly former: String?) async throws -> Inventory {
        if let inventory = try await target.inventory(of: identity) { return inventory }
        var inventory = Inventory(identity: identity)
        if let former {
            let before = ApplicationIdentity(installation: identity.installation, name: former)
            let known = try await target.inventory(of: before)
            inventory.hold = known?.hold
            inventory.releases = known?.releases ?? []
        }
        return inventory
    }

    func context(
        _ identity: ApplicationIdentity, _ inventory: Inventory, _ ignore: [IgnoreRule], rendered: Digest?, operation: String? = nil
    ) -> SyncContext {
        // An interrupted sync to the same digest goes on under its own name, so that its hooks are recognised.
        let interrupted = inventory.sync.flatMap { $0.renderedDigest == rendered ? $0.operation : nil }
        let operation = interrupted ?? operation ?? UUIDv7.make(milliseconds: Self.now * 1000)
        return SyncContext(identity: identity, inventory: inventory, ignore: ignore, operation: operation)
    }

    private func carryOut(_ planned: PlannedSync, _ request: SyncRequest) async throws -> SyncReport {
        let plan = planned.plan
        var inventory = planned.inventory
        for key in plan.untaken { inventory.entries[key] = nil }
        let hooks = try HookKeeping(plan, inventory, request)
        let isWritten = !plan.due.isEmpty || hooks != nil
        if isWritten {
            inventory.begin(plan, operation: planned.context.operation)
            inventory.lease = holder.lease(now: Self.now)
            if hooks != nil { inventory.deletionHooks = DeletionHooks.changing }
            inventory = try await save(inventory)
        }
        if let hooks { try await keep(hooks, &inventory) }
        var runner = PlanRunner(
            engine: self, plan: plan, context: planned.context, inventory: inventory, observed: planned.observed,
            deadlines: request.application.deadlines, waitForHealth: request.waitForHealth, supersession: request.supersession,
            slot: request.slot)
        let report = try await runner.run()
        var final = runner.inventory
        final.forget(plan)
        final.end(plan, hasFailed: report.hasFailed, release: request.release)
        if final != runner.inventory || isWritten {
            _ = try await save(final)
        }
        if let former = request.formerName, !report.hasFailed { try await leave(former, to: final) }
        return report
    }

    /// A save that has begun is waited for even if the sync is stopped: what is stored, and the lease in it, has to be known
    /// to whoever saves next.
    func save(_ inventory: Inventory) async throws -> Inventory {
        let target = target
        return try await Task { try await target.save(inventory) }.value
    }

    func waitForLease(_ lease: Inventory.Lease?, until giveUp: ContinuousClock.Instant) async throws {
        let name = lease?.holder ?? "somebody"
        guard ContinuousClock.now < giveUp else {
            throw PlumbError(
                .held, "Another process (\(name)) is writing this application on \(target.place).",
                remedy: "Run the command again when it has finished.")
        }
        progress(.waitingForLease(holder: name))
        try await Task.sleep(for: .milliseconds(500))
    }

    /// In seconds since 1970.
    package static var now: Int64 { Int64(Date().timeIntervalSince1970) }
    package static var timestamp: String { Date().formatted(.iso8601) }
}
