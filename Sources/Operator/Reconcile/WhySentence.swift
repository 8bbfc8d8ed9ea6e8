import Manifests
package import Model

/// One sentence about an application: what is wrong, since when, what happens next. Pure.
package enum WhySentence {
    /// - Parameters:
    ///   - inventory: what it is called on its target, where that is another name; `flags`: how the commands name that.
    ///   - stale: why its repository may say something newer.
    package static func text(
        of status: ApplicationStatus, inventory: String? = nil, flags: String = "", unreadable: String?, stale: String? = nil,
        retryIn: Duration?, healthyIn: Duration?
    ) -> String {
        if status.isOrphan {
            let name = inventory ?? status.name
            let (why, remedy) =
                name == status.name
                ? ("nothing declares it", "declare it again, or run") : ("it is declared for another target now", "run")
            return
                "\(name) has an inventory on \(status.place ?? "its target"), and \(why): \(remedy) \(LeavingCommands.text(name, flags))."
        }
        if let hold = status.hold { return held(status, hold) }
        if let unreadable {
            return "\(status.name) cannot be compared: \(oneLine(unreadable))\(next(retryIn, "it is tried again"))"
        }
        if let operation = status.operation {
            switch operation.phase {
            case .running, .pending:
                return
                    "\(status.name) is being synced since \(operation.startedAt) (\(operation.cause.rawValue)): \(operation.message)."
            case .waiting:
                let health = status.health.message.map { " (\($0))" } ?? ""
                return
                    "\(status.name) is applied and \(status.health.status.rawValue)\(health); it is waited for\(healthyIn.map { " \(DurationText.print(rounded($0))) more" } ?? "")."
            case .failed where status.sync != .synced || status.health.status != .healthy:
                let since = operation.endedAt.map { " at \($0)" } ?? ""
                return
                    "The last sync of \(status.name) failed\(since): \(oneLine(operation.message))\(next(retryIn, "it is tried again"))"
            case .failed, .held, .succeeded, .superseded: break
            }
        }
        if let drift = status.drift.first { return drifted(status, drift) }
        if status.sync == .synced, [.healthy, .suspended].contains(status.health.status) {
            let unmanaged = status.unmanaged > 0 ? ", with \(status.unmanaged) undeclared entries that change behaviour" : ""
            return "\(status.name) is as \(status.revisions.first.map { "\($0) says" } ?? "declared")\(unmanaged)\(newest(stale))."
        }
        if status.sync == .synced {
            let reason = status.health.message.map { ": \(oneLine($0))" } ?? ""
            return "\(status.name) is applied, and \(status.health.status.rawValue)\(reason)."
        }
        return "\(status.name) is \(status.sync.rawValue); it is looked at next."
    }

    private static func held(_ status: ApplicationStatus, _ hold: Hold) -> String {
        let base = "\(status.name) is held since \(hold.since): \(oneLine(hold.message))"
        switch hold.reason {
        case .approval:
            return base
                + "; look with `plumb describe application \(status.name)`, then `plumb approve \(status.name) --plan \(hold.plan?.description ?? "")`."
        case .suspended where hold.message == Decision.observation:
            return base + "; an operator that is started without --observe goes on."
        case .suspended: return base + "; `plumb resume \(status.name)` lets it go on."
        case .rollback: return base + "; `plumb resume \(status.name)` goes back to the newest revision now."
        case .dependency: return base + "; it goes on by itself."
        case .window, .orphan, .target: return base + "."
        }
    }

    private static func drifted(_ status: ApplicationStatus, _ drift: DriftRecord) -> String {
        let others = status.drift.count > 1 ? " and \(status.drift.count - 1) more" : ""
        let who = drift.change.manager ?? "unknown"
        let what = "\(drift.key)\(drift.change.path.isEmpty ? "" : " \(drift.change.path)")"
        return drift.isContested
            ? "\(status.name): \(what)\(others) is contested: \(who) sets it again each time; it is left alone for a while."
            : "\(status.name) has drifted since \(drift.since): \(what)\(others), by \(who)."
    }

    private static func newest(_ stale: String?) -> String {
        stale.map { "; that is the newest that is known, for \(oneLine($0))" } ?? ""
    }

    private static func next(_ delay: Duration?, _ what: String) -> String {
        delay.map { "; \(what) in \(DurationText.print(rounded($0)))." } ?? "."
    }

    private static func rounded(_ duration: Duration) -> Duration { .seconds(max(1, duration.components.seconds)) }

    private static func oneLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
        return line.hasSuffix(".") ? String(line.dropLast()) : line
    }
}

/// How to be rid of an inventory that nothing declares.
enum LeavingCommands {
    static func text(_ name: String, _ flags: String) -> String {
        let rest = flags.isEmpty ? "" : " \(flags)"
        return "`plumb release \(name)\(rest)` (keeps the objects) or `plumb delete \(name)\(rest)`"
    }
}
