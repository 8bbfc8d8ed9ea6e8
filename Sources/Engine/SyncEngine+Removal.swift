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
        let hooks = try await deletionHooks(of: inventory)
        let context = context(inventory.identity, inventory, [], rendered: Inventory.SyncRecord.removal)
        let observed = try await target.observe(hooks, context)
        let plan = try Planner.removal(of: inventory, hooks: hooks, observed: observed, now: Self.timestamp)
        return PlannedSync(plan: plan, context: context, desired: hooks, observed: observed)
    }

    /// Deletes as planned, waits for what takes its time, and forgets the application when nothing of it is left.
    ///
    /// Superseded, it begins nothing more: what is left then stays, and the inventory with it. What does not go away by itself
    /// is no error; it is reported with its reason, and nobody waits for it.
    /// - Parameter hookDeadline: How long a hook may take; as long as a deletion where none is given.
    package func remove(
        _ name: String, deadline: Duration, hookDeadline: Duration? = nil, supersession: Supersession? = nil
    ) async throws -> SyncReport {
        let (planned, inventory) = try await leased(name, until: .now + deadline) {
            try await removalPlan(of: name)
        } change: { planned, inventory in
            inventory.beginRemoval(planned)
        }
        progress(.planned(planned.plan))
        let deadlines = Deadlines(applied: deadline, healthy: hookDeadline ?? deadline)
        var run = RemovalRun(self, planned, inventory, deadlines, supersession)
        do {
            try await run.run()
        } catch {
            try await givingBackLease(&run.inventory) { _ in throw error }
        }
        var left = run.inventory
        left.lease = nil
        if left.entries.isEmpty, run.areHooksOver {
            left.sync = nil
            left.synced = nil
        }
        _ = try await save(left)
        return run.report
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
    func givingBackLease(_ inventory: inout Inventory, _ body: (inout Inventory) async throws -> Void) async throws {
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
}

protocol HasInventory {
    var inventory: Inventory { get }
}

extension PlannedSync: HasInventory {}

extension Inventory: HasInventory {
    package var inventory: Inventory { self }
}
