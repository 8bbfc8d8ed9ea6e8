import Engine
import Manifests
import Model

/// How a sync went, for people and for programs.
struct ReportOutput {
    let report: SyncReport
    let place: String

    var value: Value {
        var value = PlanOutput(plan: report.plan, place: place).value
        value["operations"] = .array(
            report.plan.operations.enumerated().map { index, operation in
                var value = operation.value
                value["result"] = .string(result(index))
                value["message"] = report.messages[index].map(Value.string)
                value["health"] = report.health[operation.key].map { .string($0.status.rawValue) }
                return value
            })
        value["phase"] = .string(phase)
        value["message"] = report.failure.map(Value.string)
        return value
    }

    var text: String {
        var table = Table(header: ["RESULT", "RESOURCE", "NOTE"])
        for (index, operation) in report.plan.operations.enumerated() where operation.action != .unchanged || operation.isKept {
            table.rows.append([result(index), operation.key.description, note(index, operation)])
        }
        var lines = table.rows.isEmpty ? [] : [table.text, ""]
        lines += report.plan.forgotten.sorted { $0.key < $1.key }.map {
            "\($0.key) left the inventory and was not touched: \($0.value)."
        }
        lines += report.plan.notes
        lines.append(summary)
        if let failure = report.failure { lines.append("It failed: \(failure).") }
        if report.isHeld {
            let reasons = Set(
                report.plan.held.compactMap { operation in operation.state.reason.map { "\(operation.action.rawValue): \($0)" } })
            lines.append("Held until approved:")
            lines += reasons.sorted().map { "  \($0)." }
            lines.append("Approve with: --approve \(report.plan.digest)")
        }
        return lines.joined(separator: "\n")
    }

    private var phase: String { report.hasFailed ? "Failed" : report.isHeld ? "Held" : "Succeeded" }

    /// `created`, `unchanged`, `held`, `failed`, …
    private func result(_ index: Int) -> String {
        let operation = report.plan.operations[index]
        guard operation.isDue else { return operation.action == .unchanged ? "unchanged" : operation.state.name }
        switch report.statuses[index] {
        case "done": return Self.past(operation.action)
        case "pending": return "deleting"
        case let status?: return status
        case nil: return "not run"
        }
    }

    /// What went wrong, or how it is; once it was done, nobody needs to know what it waited for.
    private func note(_ index: Int, _ operation: Operation) -> String {
        if let message = report.messages[index] { return message }
        guard operation.isDue else { return PlanOutput.why(operation) }
        let health = report.health[operation.key].map { $0.status.rawValue + ($0.message.map { ": \($0)" } ?? "") }
        return ([PlanOutput.cause(operation)] + [health].compactMap(\.self)).joined(separator: "; ")
    }

    private var summary: String {
        var counts: [String: Int] = [:]
        for index in report.plan.operations.indices { counts[result(index), default: 0] += 1 }
        let order = [
            "created", "updated", "adopted", "replaced", "run", "deleted", "deleting", "unchanged", "held", "kept", "blocked",
            "failed", "not run",
        ]
        let parts = order.compactMap { word in counts[word].map { "\($0) \(word)" } }
        let unmanaged = report.plan.unmanaged > 0 ? ", \(report.plan.unmanaged) unmanaged" : ""
        return "\(report.plan.identity.name) on \(place): " + (parts.isEmpty ? "nothing to do" : parts.joined(separator: ", "))
            + unmanaged + "."
    }

    private static func past(_ action: Operation.Action) -> String {
        switch action {
        case .create: "created"
        case .update: "updated"
        case .replace: "replaced"
        case .adopt: "adopted"
        case .delete: "deleted"
        case .run: "run"
        case .unchanged: "unchanged"
        }
    }
}
