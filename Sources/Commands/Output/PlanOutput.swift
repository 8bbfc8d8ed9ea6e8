import Manifests
import Model

/// A plan for people and for programs.
struct PlanOutput {
    let plan: Plan
    let place: String

    var value: Value { plan.value(place: place) }

    // MARK: For people

    var text: String {
        let changes = plan.operations.filter { $0.action != .unchanged || $0.cause == .drift }
        var lines: [String] = []
        if !changes.isEmpty {
            var table = Table(header: ["ACTION", "RESOURCE", "WHY"])
            for operation in changes {
                table.rows.append([operation.action.rawValue, operation.key.description, Self.why(operation)])
                table.rows += operation.fields.prefix(20).map { ["", "  " + $0.path, Self.change($0)] }
                if operation.fields.count > 20 { table.rows.append(["", "  … and \(operation.fields.count - 20) more fields"]) }
            }
            lines.append(table.text)
            lines.append("")
        }
        lines += plan.forgotten.sorted { $0.key < $1.key }.map { "\($0.key) leaves the inventory and is not touched: \($0.value)." }
        lines += plan.notes
        lines.append(summary)
        if !plan.held.isEmpty { lines.append(approval) }
        return lines.joined(separator: "\n")
    }

    /// `2 to create, 1 to delete (held), 5 unchanged`.
    var summary: String {
        var parts: [String] = []
        for action in Operation.Action.allCases where action != .unchanged {
            let all = plan.operations.filter { $0.action == action }
            for (note, count) in [
                ("", all.filter(\.isDue).count), (" (held)", all.filter(\.isHeld).count),
                (" (blocked)", all.filter(\.isBlocked).count),
                (" (kept)", all.filter(\.isKept).count),
            ] where count > 0 {
                parts.append("\(count) to \(action.rawValue)\(note)")
            }
        }
        let unchanged = plan.operations.count { $0.action == .unchanged }
        if unchanged > 0 || parts.isEmpty { parts.append("\(unchanged) unchanged") }
        let unmanaged = plan.unmanaged > 0 ? ", \(plan.unmanaged) unmanaged" : ""
        return "\(plan.identity.name) on \(place): " + parts.joined(separator: ", ") + unmanaged + "."
    }

    private var approval: String {
        let reasons = Set(
            plan.held.compactMap { operation in operation.state.reason.map { "\(operation.action.rawValue): \($0)" } }
        ).sorted()
        return (["Held until approved:"] + reasons.map { "  \($0)." } + ["Approve with: --approve \(plan.digest)"]).joined(
            separator: "\n")
    }

    static func cause(_ operation: Operation) -> String {
        switch operation.cause {
        case .new: "was not there"
        case .changed: "the manifest changed"
        case .drift: operation.action == .create ? "was missing on the target" : "left what was applied"
        case .removed: "is no longer in the source"
        case .removal: "is in the inventory"
        case .existing: "existed already" + (operation.origin.map { ", managed by \($0)" } ?? "")
        case .release: "in \(operation.origin ?? "a release")" + (operation.action == .delete ? ", and not in the source" : "")
        case .foreign: "was another application's"
        case .renamed: "had this application's former name"
        case .replacement: "changed, and asks to be replaced"
        case .hook: operation.options.hooks.map(\.rawValue).sorted().joined(separator: ", ") + " hook"
        case .same: "as applied"
        }
    }

    /// The reason of a hold that many operations share stands once, below the table.
    static func why(_ operation: Operation) -> String {
        let cause = cause(operation)
        switch operation.state {
        case .ready: return cause
        case .unverified(let reason): return "\(cause); unverified: \(reason)"
        case .held(let reason): return operation.action == .adopt ? "held: \(reason)" : "\(cause); held"
        case .blocked(let reason): return "\(cause); blocked: \(reason)"
        case .kept(let reason): return "\(cause); kept: \(reason)"
        }
    }

    private static func change(_ field: FieldChange) -> String {
        let by = field.manager.flatMap { $0 == "unknown" ? nil : " (set by \($0))" } ?? ""
        switch (field.old, field.new) {
        case (nil, let new?): return "+ \(new)\(by)"
        case (let old?, nil): return "- \(old)\(by)"
        case (let old?, let new?): return "\(old) → \(new)\(by)"
        case (nil, nil): return "changed\(by)"
        }
    }
}
