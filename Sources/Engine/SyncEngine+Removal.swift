package import Manifests
package import Model
import Planning

/// Leaving: `plumb delete` takes everything away that the inventory holds, `plumb release` takes nothing away.
extension SyncEngine {
    /// The deletion of all that the application's inventory holds, in reverse order. Writes nothing.
    ///
    /// Throws `notFound` where there is no such application on the target.
    package func removalPlan(of name: String) async throws -> PlannedSync {
        let inventory = try await existingInventory(of: name)
        let context = context(inventory.identity, inventory, [], rendered: nil)
        let observed = try await target.observe([], context)
        let plan = try Planner.removal(of: inventory, observed: observed, now: Self.timestamp)
        return PlannedSync(plan: plan, context: context, desired: [], observed: observed)
    }

    /// Deletes as planned, waits for what takes its time, and forgets the application when nothing of it is left.
    package func remove(_ name: String, deadline: Duration) async throws -> SyncReport {
        let planned = try await heldOff(until: .now + deadline) { try await removalPlan(of: name) }
        progress(.planned(planned.plan))
        var inventory = planned.inventory
        inventory.forget(planned.plan)
        inventory.lease = holder.lease(now: Self.now)
        inventory = try await save(inventory)
        var runner = PlanRunner(
            engine: self, plan: planned.plan, context: planned.context, inventory: inventory, observed: planned.observed,
            deadlines: Deadlines(applied: deadline, healthy: deadline), waitForHealth: false)
        var report = try await runner.run()
        var left = runner.inventory
        try await awaitDeletions(&left, until: .now + deadline)
        try await release(kept: planned.plan, planned.context, &left)
        for (index, operation) in planned.plan.operations.enumerated() where operation.isDue {
            guard left.entries[operation.key] != nil else {
                report.statuses[index] = "done"
                report.messages[index] = nil
                continue
            }
            report.hasFailed = true
        }
        left.lease = nil
        if left.entries.isEmpty {
            left.sync = nil
            left.synced = nil
        }
        _ = try await save(left)
        return report
    }

    /// Takes the marks off every object and drops the inventory. Deletes nothing; returns what was released.
    package func release(_ name: String, deadline: Duration) async throws -> [ResourceKey] {
        let inventory = try await heldOff(until: .now + deadline) { try await existingInventory(of: name) }
        let context = context(inventory.identity, inventory, [], rendered: nil)
        var left = inventory
        left.lease = holder.lease(now: Self.now)
        left = try await save(left)
        let observed = try await target.observe([], context)
        let keys = inventory.entries.keys.sorted()
        for key in keys {
            if let live = observed[key] { try await target.release(key, uid: live.uid, context) }
            left.entries[key] = nil
        }
        left.lease = nil
        left.sync = nil
        left.synced = nil
        _ = try await save(left)
        return keys
    }

    private func existingInventory(of name: String) async throws -> Inventory {
        let identity = ApplicationIdentity(installation: try await target.installation(), name: name)
        if let inventory = try await target.inventory(of: identity) { return inventory }
        let others = try await target.inventories().map(\.identity.name).sorted()
        let known = others.isEmpty ? "There is none at all." : "There are: \(others.prefix(10).joined(separator: ", "))."
        throw PlumbError(.notFound, "There is no application \(name.quoted) on \(target.place).", remedy: known)
    }

    private func heldOff<Result>(until giveUp: ContinuousClock.Instant, _ read: () async throws -> Result) async throws -> Result
    where Result: HasInventory {
        while true {
            let result = try await read()
            guard holder.isHeldOff(by: result.inventory.lease, now: Self.now) else { return result }
            try await waitForLease(result.inventory.lease, until: giveUp)
        }
    }

    /// Deletions that were accepted end when finalizers and processes have; the inventory keeps them until then.
    private func awaitDeletions(_ inventory: inout Inventory, until giveUp: ContinuousClock.Instant) async throws {
        var pause = Duration.milliseconds(50)
        while true {
            let pending = Set(inventory.entries.filter { $0.value.state == .deleting }.keys)
            guard !pending.isEmpty else { return }
            for (key, health) in try await target.health(of: pending) where health.status == .missing {
                inventory.entries[key] = nil
            }
            guard ContinuousClock.now < giveUp, !Task.isCancelled else { return }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// What asks never to be pruned stays, without this application's marks.
    private func release(kept plan: Plan, _ context: SyncContext, _ inventory: inout Inventory) async throws {
        for operation in plan.operations where operation.isKept {
            try await target.release(operation.key, uid: operation.uid ?? "", context)
            inventory.entries[operation.key] = nil
        }
    }
}

protocol HasInventory {
    var inventory: Inventory { get }
}

extension PlannedSync: HasInventory {}

extension Inventory: HasInventory {
    package var inventory: Inventory { self }
}
