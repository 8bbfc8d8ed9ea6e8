import Model

extension Operator {
    func status(of record: Record) -> ApplicationStatus {
        var status = ApplicationStatus(name: record.name)
        let view = record.view
        let trouble = trouble(of: record)
        status.target = record.target.isEmpty ? nil : record.target
        status.place = targets[record.target]?.place
        status.namespace = record.declared?.target.namespace
        status.sync = trouble == nil ? view.sync : .unknown
        status.unmanaged = view.unmanaged
        status.revisions = record.rendered.map { [$0.revision.description] } ?? []
        status.renderedDigest = view.renderedDigest
        status.health = view.health
        status.operation = record.machine.memory.operation
        status.resources = view.resources
        status.hold = hold(of: record)
        status.isOrphan = record.declared == nil && root.hasLooked
        status.drift = view.drift.keys.sorted().flatMap { key in
            (view.drift[key] ?? []).map {
                DriftRecord(
                    key: key, change: $0, since: record.driftSince[key] ?? "",
                    isContested: record.contests.contest(over: key, now: .now) != nil)
            }
        }
        status.conditions = conditions(of: status, record, trouble)
        status.why = WhySentence.text(
            of: status, inventory: record.inventoryName, flags: settings.targetFlags[record.target] ?? "", unreadable: trouble,
            stale: staleness(of: record), retryIn: remaining(record.machine.phase, backingOff: true),
            healthyIn: remaining(record.machine.phase, backingOff: false))
        return status
    }

    /// Since when, and why, nothing newer of its repository is known; nil where that is read.
    private func staleness(of record: Record) -> String? {
        guard let declared = record.declared ?? (record.name == rootRecordName ? rootApplication : nil),
            let key = declared.source.isRelative ? root.key : try? repository(of: declared.source)?.key,
            let failure = failingRepositories[key]
        else { return nil }
        return "\(key.url) cannot be read since \(failure.since): \(failure.message)"
    }

    /// Why nothing can be said of it; nil while it can.
    func trouble(of record: Record) -> String? {
        if record.declared == nil { return root.hasLooked ? record.orphanReason : "it was not looked at yet" }
        if let defect = record.defect ?? record.machine.unreadable { return defect }
        if let state = targetStates[record.target], let error = state.error { return error }
        if record.name == rootRecordName, let error = root.error { return error }
        return record.view.plan == nil ? "it was not looked at yet" : nil
    }

    private func hold(of record: Record) -> Hold? {
        if record.declared == nil {
            guard root.hasLooked else { return nil }
            return Hold(reason: .orphan, message: record.orphanReason, since: record.orphanSince ?? "")
        }
        guard var hold = record.machine.hold else { return nil }
        if hold.reason == .dependency, let declared = record.declared { hold = unreadyDependency(of: declared, hold.since) ?? hold }
        guard record.isLeaving else { return hold }
        hold.message += "; it left the repository with onRemoval: delete, and goes with its objects when it goes on"
        return hold
    }

    private func remaining(_ phase: ApplicationMachine.Phase, backingOff: Bool) -> Duration? {
        switch phase {
        case .backingOff(let until) where backingOff: until - .now
        case .waiting(let deadline) where !backingOff: deadline - .now
        case .idle, .running, .waiting, .backingOff: nil
        }
    }

    private func conditions(
        of status: ApplicationStatus, _ record: Record, _ trouble: String?
    ) -> [ApplicationStatus.Condition] {
        let isWell = status.sync == .synced && status.health.status == .healthy
        let isMoving = record.machine.phase != .idle || queue.isUnderWay(record.name) || queue.isWaiting(record.name)
        let failure = status.operation.flatMap { $0.phase == .failed && !isWell ? $0.message : nil }
        func condition(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) -> ApplicationStatus.Condition {
            ApplicationStatus.Condition(
                type: type, isTrue: isTrue, reason: reason, message: message, observedGeneration: record.generation)
        }
        let reason =
            status.hold.map { "Held\($0.reason.rawValue.capitalisedFirst)" } ?? (isWell ? "Succeeded" : status.sync.rawValue)
        return [
            condition(
                "Ready", isWell && status.hold == nil, reason,
                status.hold?.message ?? trouble ?? failure ?? status.health.message ?? ""),
            condition("Reconciling", isMoving, isMoving ? "Progressing" : "Idle", isMoving ? status.operation?.message ?? "" : ""),
            condition(
                "Stalled", status.hold != nil || trouble != nil || failure != nil,
                status.hold != nil ? reason : trouble != nil ? "Unreadable" : failure != nil ? "Failed" : "Progressing",
                status.hold?.message ?? trouble ?? failure ?? ""),
        ]
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
