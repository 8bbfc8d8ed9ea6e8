package import Engine
package import Model

/// What a sync did, as events; and in one line.
package enum SyncEvents {
    /// The drift that a plan found, before it is reverted.
    package static func drift(_ fields: [ResourceKey: [FieldChange]], of application: String, time: String) -> [Event] {
        fields.keys.sorted().flatMap { key in
            (fields[key] ?? []).map { change in
                // A plan says what it will do; this says what was done to it.
                let done = FieldChange(path: change.path, old: change.new, new: change.old, manager: change.manager)
                return event(.drift, application, key, done, time, message: sentence(change))
            }
        }
    }

    package static func events(of report: SyncReport, application: String, time: String) -> [Event] {
        report.plan.operations.enumerated().flatMap { index, operation -> [Event] in
            guard report.statuses[index] == "done", operation.action != .unchanged else { return [] }
            if operation.cause == .drift {
                let changes = operation.fields.isEmpty ? [FieldChange(path: "", old: "deleted", new: "there")] : operation.fields
                return changes.map {
                    event(.reverted, application, operation.key, $0, time, message: "as it was declared again")
                }
            }
            guard let kind = kind(of: operation.action) else { return [] }
            let change = FieldChange(path: "", old: nil, new: nil)
            return [
                event(kind, application, operation.key, change, time, message: Self.word(of: operation.action))
            ]
        }
    }

    /// `1 created, 2 updated, 1 reverted`; empty where nothing was done.
    package static func summary(of report: SyncReport) -> String {
        var counts: [String: Int] = [:]
        for (index, operation) in report.plan.operations.enumerated() where report.statuses[index] == "done" {
            let word = operation.cause == .drift ? "reverted" : word(of: operation.action)
            counts[word, default: 0] += 1
        }
        return text(counts)
    }

    /// The same of what a plan is about to do.
    package static func summary(of plan: Plan) -> String {
        let due = plan.due
        guard !due.isEmpty else { return "nothing to change" }
        var counts: [String: Int] = [:]
        for operation in due {
            counts[operation.cause == .drift ? "to revert" : "to \(operation.action.rawValue)", default: 0] += 1
        }
        return text(counts)
    }

    private static func text(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private static func word(of action: Operation.Action) -> String {
        switch action {
        case .create: "created"
        case .update: "updated"
        case .replace: "replaced"
        case .adopt: "adopted"
        case .delete: "deleted"
        case .unchanged: "unchanged"
        case .run: "run"
        }
    }

    private static func kind(of action: Operation.Action) -> Event.Kind? {
        switch action {
        case .create, .run: .created
        case .update, .replace: .updated
        case .adopt: .adopted
        case .delete: .deleted
        case .unchanged: nil
        }
    }

    private static func sentence(_ change: FieldChange) -> String {
        change.path.isEmpty ? "it is gone" : "changed by \(change.manager ?? "unknown")"
    }

    private static func event(
        _ kind: Event.Kind, _ application: String, _ key: ResourceKey, _ change: FieldChange, _ time: String, message: String
    ) -> Event {
        Event(
            time: time, application: application, kind: kind, key: key, path: change.path.isEmpty ? nil : change.path,
            old: change.old,
            new: change.new, manager: change.manager, message: message)
    }
}
