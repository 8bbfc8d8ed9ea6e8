import Manifests

/// Everything about one application, for people.
struct ApplicationDescription {
    let application: Value
    let events: [Value]
    /// Of the plan that waits for approval.
    var notes: [String] = []
    /// Since 1970.
    let now: Duration

    var text: String {
        let sections = [head] + [notes.joined(separator: "\n"), resources, drift, conditions, recent].filter { !$0.isEmpty }
        return sections.joined(separator: "\n\n")
    }

    private var head: String {
        var lines = [("Name", application["name"]?.string ?? "-")]
        let place = [
            application["target"]?.string, application["place"]?.string, application["namespace"]?.string.map { "namespace \($0)" },
        ]
        lines.append(("Target", place.compactMap(\.self).joined(separator: ", ")))
        lines.append(("Sync", StatusText.sync(application)))
        lines.append(("Health", Self.health(application["health"])))
        lines += (application["revisions"]?.array ?? []).map { ("Revision", $0.string ?? "-") }
        if let digest = application["renderedDigest"]?.string { lines.append(("Rendered", digest)) }
        if let operation = application["operation"] { lines += describe(operation) }
        if let hold = application["hold"] { lines += describe(hold: hold) }
        if let why = application["why"]?.string, !why.isEmpty { lines.append(("Why", why)) }
        return lines.map { label, text in
            (label.isEmpty ? "" : label + ":").padded(to: 11) + text
        }.joined(separator: "\n")
    }

    private func describe(_ operation: Value) -> [(String, String)] {
        let phase = operation["phase"]?.string ?? "-"
        let time = operation["endedAt"]?.string ?? operation["startedAt"]?.string
        let message = operation["message"]?.string.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        let cause = operation["cause"]?.string ?? "-"
        return [
            ("Operation", "\(phase) \(AgeText.ago(time, now: now)) (\(cause))\(message)"), ("", operation["id"]?.string ?? ""),
        ]
    }

    private func describe(hold: Value) -> [(String, String)] {
        let reason = hold["reason"]?.string ?? "-"
        var lines = [
            ("Held", "\(reason), for \(AgeText.text(since: hold["since"]?.string, now: now)): \(hold["message"]?.string ?? "")")
        ]
        if let plan = hold["plan"]?.string, let name = application["name"]?.string {
            lines.append(("", "Approve with: plumb approve \(name) --plan \(plan)"))
        }
        return lines
    }

    private var resources: String {
        section(["RESOURCE", "SYNC", "HEALTH", "NOTE"], application["resources"]) { resource in
            let health = resource["health"]
            let unmanaged = (resource["unmanaged"]?.array ?? []).compactMap(\.string)
            let notes = [
                health?["message"]?.string, resource["message"]?.string,
                unmanaged.isEmpty ? nil : "unmanaged: \(unmanaged.joined(separator: ", "))",
            ]
            return [
                StatusText.key(resource["key"]), resource["sync"]?.string ?? "-", health?["status"]?.string ?? "-",
                notes.compactMap(\.self).joined(separator: "; "),
            ]
        }
    }

    private var drift: String {
        section(["DRIFT", "FOR", "CHANGE"], application["drift"]) { drift in
            let contested = drift["contested"]?.bool == true ? "contested: " : ""
            return [
                StatusText.key(drift["key"]), AgeText.text(since: drift["since"]?.string, now: now),
                contested + (StatusText.change(drift) ?? ""),
            ]
        }
    }

    private var conditions: String {
        section(["CONDITION", "STATUS", "REASON", "MESSAGE"], application["conditions"]) { condition in
            ["type", "status", "reason", "message"].map { condition[$0]?.string ?? "" }
        }
    }

    private var recent: String { events.isEmpty ? "" : ListTables.events(events, now: now) }

    private func section(_ header: [String], _ items: Value?, _ row: (Value) -> [String]) -> String {
        ListTables.table(header, items?.array ?? [], none: "") { [row($0)] }
    }

    private static func health(_ value: Value?) -> String {
        (value?["status"]?.string ?? "Unknown") + (value?["message"]?.string.map { ": \($0)" } ?? "")
    }
}

extension String {
    /// With spaces, to at least `width` characters.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
