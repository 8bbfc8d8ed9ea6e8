import Model

extension OperationRecord.Cause {
    /// Why what a plan has to do is done: not always why it was looked at. A look at what drifts, or at what could not be read before, may
    /// be the first to see a revision.
    static func of(_ plan: Plan, asked: OperationRecord.Cause, isRepair: Bool) -> OperationRecord.Cause {
        if isRepair || (!plan.due.isEmpty && plan.due.allSatisfy { $0.cause == .drift }) { return .drift }
        return asked == .drift ? .revision : asked
    }
}
