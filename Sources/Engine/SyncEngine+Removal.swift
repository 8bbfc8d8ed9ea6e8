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
    ///
    /// Superseded, it begins nothing more: what is left then stays, and the inventory with it. What does not go away by itself
    /// is no error; it is reported with its reason, and nobody waits for it.
    package func remove(_ name: String, deadline: Duration, supersession: Supersession? = nil) async throws -> SyncReport {
        let (planned, inventory) = try await leased(name, until: .now + deadline) {
            try await removalPlan(of: name)
        } change: { planned, inventory in
            inventory.forget(planned.plan)
        }
        progress(.planned(planned.plan))
        var runner = PlanRunner(
            engine: self, plan: planned.plan, context: planned.context, inventory: inventory, observed: planned.observed,
            deadlines: Deadlines(applied: deadline, healthy: deadline), waitForHealth: false, supersession: supersession)
        var report = try await runner.run()
        var left = runner.inventory
        let stuck = runner.stuck
        let isSuperseded = report.isSuperseded
        try await givingBackLease(&left) { left in
            guard !isSuperseded else { return }
            let stuck = try await deleteAgain(stuck, planned, &left)
            for operation in planned.plan.operations { stuck[operation.key].map { progress(.failed(operation, $0)) } }
            try await awaitDeletions(&left, besides: Set(stuck.keys), until: .now + deadline)
            try await release(kept: planned.plan, planned.context, &left)
        }
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
        let (inventory, taken) = try await leased(name, until: .now + deadline) { try await existingInventory(of: name) }
        let context = context(inventory.identity, inventory, [], rendered: nil)
        var left = taken
        let keys = inventory.entries.keys.sorted()
        try await givingBackLease(&left) { left in
            let observed = try await target.observe([], context)
            for key in keys {
                if let live = observed[key] { try await target.release(key, uid: live.uid, context) }
                left.entries[key] = nil
            }
        }
        left.lease = nil
        left.sync = nil
        left.synced = nil
        _ = try await save(left)
        return keys
    }

    /// Runs `body`. Where it throws or is stopped, what it has done until then is saved, and nobody has to wait for a lease
    /// that nobody uses.
    private func givingBackLease(_ inventory: inout Inventory, _ body: (inout Inventory) async throws -> Void) async throws {
        do {
            try await body(&inventory)
        } catch {
            inventory.lease = nil
            // The error that led here is the one to report; a lease that cannot be given back runs out.
            _ = try? await save(inventory)
            throw error
        }
    }

    /// What has moved over leaves the inventory of the name before; with nothing left in it, that goes.
    func leave(_ former: String, to inventory: Inventory) async throws {
        let identity = ApplicationIdentity(installation: inventory.identity.installation, name: former)
        guard former != inventory.identity.name, var old = try await target.inventory(of: identity),
            !holder.isHeldOff(by: old.lease, now: Self.now)
        else { return }
        let before = old.entries.count
        old.entries = old.entries.filter { inventory.entries[$0.key] == nil }
        guard old.entries.count < before else { return }
        if old.entries.isEmpty { (old.sync, old.synced, old.hold, old.lease) = (nil, nil, nil, nil) }
        _ = try await save(old)
    }

    private func existingInventory(of name: String) async throws -> Inventory {
        let identity = ApplicationIdentity(installation: try await target.installation(), name: name)
        if let inventory = try await target.inventory(of: identity) { return inventory }
        let others = try await target.inventories().map(\.identity.name).sorted()
        let known = others.isEmpty ? "There is none at all." : "There are: \(others.prefix(10).joined(separator: ", "))."
        throw PlumbError(.notFound, "There is no application \(name.quoted) on \(target.place).", remedy: known)
    }

    /// Reads, waits until nobody else has the lease, and takes it. Whoever saves in between makes it begin again.
    private func leased<Basis: HasInventory>(
        _ name: String, until giveUp: ContinuousClock.Instant, _ read: () async throws -> Basis,
        change: (Basis, inout Inventory) -> Void = { _, _ in }
    ) async throws -> (basis: Basis, inventory: Inventory) {
        while true {
            let basis: Basis
            do {
                basis = try await read()
            } catch let error as PlumbError where error.code == .notFound {
                // An earlier one may have been killed when the inventory was gone and the target not yet left.
                _ = try await save(Inventory(identity: ApplicationIdentity(installation: target.installation(), name: name)))
                throw error
            }
            guard !holder.isHeldOff(by: basis.inventory.lease, now: Self.now) else {
                try await waitForLease(basis.inventory.lease, until: giveUp)
                continue
            }
            var inventory = basis.inventory
            change(basis, &inventory)
            inventory.lease = holder.lease(now: Self.now)
            do {
                return (basis, try await save(inventory))
            } catch let error as PlumbError where error.code == .superseded {
                guard ContinuousClock.now < giveUp else { throw error }
            }
        }
    }

    /// What was in the way of one of them may have gone with another. Returns what still stays, and why.
    private func deleteAgain(
        _ stuck: [ResourceKey: String], _ planned: PlannedSync, _ inventory: inout Inventory
    ) async throws -> [ResourceKey: String] {
        var (left, before) = (stuck, stuck.count + 1)
        while !left.isEmpty, left.count < before {
            before = left.count
            for operation in planned.plan.operations where left[operation.key] != nil {
                let deletion = try await target.delete(operation.key, uid: operation.uid ?? "", planned.context)
                inventory.recordDeletion(of: operation, deletion)
                if case .stuck(let reason) = deletion { left[operation.key] = reason } else { left[operation.key] = nil }
            }
        }
        return left
    }

    /// Deletions that were accepted end when finalizers and processes have; the inventory keeps them until then.
    private func awaitDeletions(
        _ inventory: inout Inventory, besides stuck: Set<ResourceKey>, until giveUp: ContinuousClock.Instant
    ) async throws {
        var pause = Duration.milliseconds(50)
        while true {
            let pending = Set(inventory.entries.filter { $0.value.state == .deleting }.keys).subtracting(stuck)
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
