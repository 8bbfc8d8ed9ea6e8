import Logging
import Model
import Store

/// What targets tell.
extension Operator {
    /// Follows one target until the operator ends. One that cannot tell by itself is looked at from time to time.
    func watch(_ target: any Target) async {
        let name = target.name
        var failures = 0
        while !Task.isCancelled {
            do {
                try await meet(target)
                failures = 0
                await target.watch { await self.changed($0, on: target) }
                guard !Task.isCancelled else { return }
                await changed(.everything, on: target)
                try? await Task.sleep(for: settings.interval)
            } catch {
                failures += 1
                await interrupted(name, "\(error)")
                try? await Task.sleep(for: RetrySchedule.delay(afterFailures: failures, SyncPolicy.Retry()))
            }
        }
    }

    /// Makes sure that this is the place it was, before anything is written to it.
    private func meet(_ target: any Target) async throws {
        let identity = try await target.identity()
        let installation = try await target.installation()
        let stored = try await store.targetMemories().first { $0.name == target.name }?.identity
        var state = targetStates[target.name] ?? TargetState()
        state.identity = identity
        state.installation = installation
        state.remembered = state.remembered ?? stored
        state.isForeign = state.remembered.map { $0 != identity } ?? false
        state.error =
            state.isForeign
            ? "\(target.place) is not what it was: it is \(identity), and this operator's store knows \(state.remembered ?? ""). Nothing is written to it; point the operator back, or start it with another --data-dir."
            : nil
        state.failingSince = state.isForeign ? WallClock.text : nil
        let isAnother = !state.hasLooked || targetStates[target.name]?.isForeign != state.isForeign
        state.hasLooked = true
        targetStates[target.name] = state
        if isAnother { enqueueAll(on: target.name, .start) }
        await findOrphans()
    }

    /// To be called before the first write: from then on it is known what the place is. One that was never written to may still
    /// become another.
    func rememberTarget(_ name: String) async {
        guard let target = targets[name], let state = targetStates[name], state.remembered == nil, let identity = state.identity,
            let installation = state.installation
        else { return }
        targetStates[name]?.remembered = identity
        do {
            try await store.remember(
                TargetMemory(name: name, place: target.place, identity: identity, installation: installation))
        } catch {
            targetStates[name]?.remembered = nil
            logger.warning("A target's identity could not be stored.", metadata: ["target": "\(name)", "error": "\(error)"])
        }
    }

    private func changed(_ change: TargetChange, on target: any Target) async {
        switch change {
        case .resources(let keys):
            for key in keys {
                for name in interested[target.name]?[key] ?? [] { enqueue(name, .drift, .drift) }
                for name in inputs.readers(of: key, on: target.name) { inputChanged(of: name) }
            }
        case .everything: enqueueAll(on: target.name, .drift)
        case .interrupted(let error): await interrupted(target.name, "\(error)")
        case .resumed: await resumed(target)
        }
    }

    /// What it is rendered from may be another; what it has on the target is not.
    private func inputChanged(of name: String) { enqueue(name, .settings, .drift, looks: false) }

    /// A target does not tell of what this process writes itself.
    func wrote(_ keys: Set<ResourceKey>, by writer: String, on target: String) {
        let readers = keys.flatMap { [$0] + $0.listKeys }.reduce(into: Set<String>()) {
            $0.formUnion(inputs.readers(of: $1, on: target))
        }
        for name in readers where name != writer { inputChanged(of: name) }
    }

    private func interrupted(_ name: String, _ message: String) async {
        var state = targetStates[name] ?? TargetState()
        let isNew = state.error == nil
        state.error = message
        state.failingSince = state.failingSince ?? WallClock.text
        targetStates[name] = state
        if isNew {
            await write([
                .record(Event(time: WallClock.text, application: nil, kind: .targetFailed, message: "\(name): \(message)"))
            ])
        }
    }

    private func resumed(_ target: any Target) async {
        do {
            try await meet(target)
            if targetStates[target.name]?.isForeign == false {
                await write([
                    .record(
                        Event(
                            time: WallClock.text, application: nil, kind: .targetRecovered, message: "\(target.name) answers again")
                    )
                ])
            }
        } catch {
            await interrupted(target.name, "\(error)")
        }
    }

    func enqueueAll(on target: String, _ cause: OperationRecord.Cause) {
        for record in records.values where record.target == target && record.declared != nil {
            enqueue(record.name, cause, .interval)
        }
        if target == PlumbNames.target { enqueue(RootState.name, cause, .interval) }
    }

    // MARK: Orphans

    /// Inventories of this installation that nothing declares are listed and held; nothing is done to their objects.
    func findOrphans() async {
        guard root.hasLooked else { return }
        for target in targets.values where target.name != PlumbNames.target {
            // Another place than it was says nothing of this operator's applications.
            guard let state = targetStates[target.name], state.hasLooked, !state.isForeign else { continue }
            do {
                let inventories = try await target.inventories().filter { !$0.entries.isEmpty }
                let names = Set(inventories.map(\.identity.name))
                for record in records.values where record.isOrphan(on: target.name) {
                    let isElsewhere = record.inventoryName != record.name && records[record.inventoryName]?.target == target.name
                    if isElsewhere || !names.contains(record.inventoryName) { await forget(record.name) }
                }
                for inventory in inventories { await orphan(inventory, on: target.name) }
            } catch {
                logger.warning("Orphans could not be looked for.", metadata: ["target": "\(target.name)", "error": "\(error)"])
            }
        }
    }

    /// Lists what nobody declares for this target: under its name, or where that is taken by one on another target, beside it.
    private func orphan(_ inventory: Inventory, on target: String) async {
        let inventoryName = inventory.identity.name
        let taken = records[inventoryName].flatMap { $0.target.isEmpty ? nil : $0.target }
        guard taken != target || records[inventoryName]?.declared == nil else { return }
        let name = taken == nil || taken == target ? inventoryName : "\(inventoryName)@\(target)"
        var record = records[name] ?? Record(name: name, inventoryName: inventoryName, declared: nil, target: target)
        let isNew = record.keys.isEmpty
        record.target = target
        record.keys = Set(inventory.entries.keys)
        record.orphanSince = record.orphanSince ?? WallClock.text
        records[name] = record
        guard isNew else { return }
        await write([
            .record(
                Event(
                    time: WallClock.text, application: name, kind: .orphaned,
                    message: "\(inventory.entries.count) objects are on \(target), and \(record.orphanReason). They are kept."))
        ])
    }
}
