import Model
import Planning

/// How a sync shows in the inventory. Pure, so that what a crash leaves behind can be tested step by step.
extension Inventory {
    /// Before the first write: what is about to be there, so that nothing can be written and forgotten.
    mutating func begin(_ planned: Plan, operation: String) {
        for due in planned.due where due.action != .delete {
            guard let desired = due.desired, desired.isTracked else { continue }
            var entry = entries[due.key] ?? Entry(state: .intended)
            if entry.state == .deleting { entry = Entry(state: .intended) }
            entry.wave = due.options.wave
            entry.isKept = !due.options.prune
            if due.action != .update {
                entry.uid = due.action == .create || due.action == .replace || due.action == .run ? nil : due.uid
                entry.state = .intended
            }
            entries[due.key] = entry
        }
        forget(planned)
        if sync?.renderedDigest != planned.renderedDigest, planned.isTransition {
            sync = SyncRecord(operation: operation, renderedDigest: planned.renderedDigest, revision: planned.revision)
        }
    }

    mutating func forget(_ planned: Plan) {
        for key in planned.forgotten.keys { entries[key] = nil }
    }

    mutating func recordWrite(of operation: Operation, _ result: WriteResult) {
        guard let desired = operation.desired, desired.isTracked else { return }
        entries[operation.key] = Entry(
            state: .applied, uid: result.uid, digest: desired.digest, returned: result.returned, wave: operation.options.wave,
            isKept: !operation.options.prune)
    }

    /// Of a hook that an earlier process made and did not come to write down.
    mutating func recordFound(_ operation: Operation, uid: String) {
        guard let desired = operation.desired, entries[operation.key]?.uid == nil else { return }
        entries[operation.key] = Entry(
            state: .applied, uid: uid, digest: desired.digest, wave: operation.options.wave, isKept: !operation.options.prune)
    }

    mutating func recordDeletion(of operation: Operation, _ deletion: Deletion) {
        switch deletion {
        case .gone, .notOurs: entries[operation.key] = nil
        case .pending, .stuck: entries[operation.key]?.state = .deleting
        }
    }

    mutating func recordHook(_ operation: Operation, _ state: SyncRecord.HookState) {
        sync?.hooks[HookRecordKey.text(operation)] = state
    }

    /// After the last step. A sync that went through is what later plans are a transition from.
    mutating func end(_ planned: Plan, hasFailed: Bool, release: ReleaseRevision? = nil) {
        lease = nil
        for operation in planned.operations where entries[operation.key] != nil {
            entries[operation.key]?.isWithheld = operation.action == .delete && operation.isHeld
        }
        // Deletions may wait for approval: everything that the revision asks for is there without them.
        let isComplete = !hasFailed && !planned.operations.contains { ($0.isHeld || $0.isBlocked) && $0.action != .delete }
        guard isComplete, planned.isTransition else { return }
        synced = SyncedRecord(renderedDigest: planned.renderedDigest, revision: planned.revision)
        if let release { remember(release) }
        sync = nil
    }
}
