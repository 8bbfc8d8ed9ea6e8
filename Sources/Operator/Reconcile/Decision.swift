package import Model

/// What a reconcile does about a plan: pure, from the plan and what is known of the application.
package enum Decision: Sendable, Hashable {
    /// Nothing is due, or nothing may be done: for this reason, where there is one.
    case settle(Hold?)
    case apply
    /// The new revision waits for this; what drifted goes back meanwhile.
    case repair(Hold?)

    package struct Circumstances: Sendable {
        /// A person's word: suspended.
        package var suspension: Hold?
        /// The operator only watches.
        package var isObserver = false
        /// Why the application's new revisions wait: dependencies, or a target that is not what it was.
        package var gate: Hold?
        /// The same rendered digest failed, and its next attempt is not due yet.
        package var isBackingOff = false

        package init() {}
    }

    package static func next(_ plan: Plan, _ circumstances: Circumstances, time: String) -> Decision {
        let waiting = approval(of: plan, time: time)
        if let suspension = circumstances.suspension { return .settle(suspension) }
        if circumstances.isObserver {
            let isIdle = plan.due.isEmpty && plan.held.isEmpty && plan.blocked.isEmpty
            return .settle(isIdle ? nil : observing(since: time))
        }
        if let gate = circumstances.gate {
            if gate.reason == .target { return .settle(gate) }
            if plan.isTransition { return .repair(gate) }
        }
        let hasWork = !plan.due.isEmpty || !plan.blocked.isEmpty || isToBeRecorded(plan)
        guard hasWork else { return .settle(waiting) }
        // Drift alone was accepted before, and does not wait for what failed.
        if circumstances.isBackingOff, plan.isTransition { return .repair(waiting) }
        return .apply
    }

    static func observing(since time: String) -> Hold { Hold(reason: .suspended, message: observation, since: time) }

    /// What is suspended by the operator's flag is no person's to resume.
    static let observation = "--observe: nothing is written"

    /// What waits for a person, as a hold.
    package static func approval(of plan: Plan, time: String) -> Hold? {
        guard let first = plan.held.first else { return nil }
        let reasons = plan.held.compactMap(\.state.reason)
        let reason = Dictionary(grouping: reasons) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        let count = plan.held.count
        let what = count == 1 ? "\(first.action.rawValue) \(first.key)" : "\(count) operations"
        return Hold(
            reason: .approval, message: "\(what) \(count == 1 ? "waits" : "wait") for approval: \(reason ?? "")", plan: plan.digest,
            since: time)
    }

    /// The revision asks for nothing that is not there, which has to be written down once.
    private static func isToBeRecorded(_ plan: Plan) -> Bool {
        plan.isTransition && plan.blocked.isEmpty && plan.held.allSatisfy { $0.action == .delete }
    }
}
