package import Model

/// What to do about a hook, from what the inventory remembers and what is live.
///
/// A hook counts as complete only if it was seen complete, or deletes itself when finished and was seen running. One
/// that vanished otherwise has failed.
package enum HookDecision: Sendable, Hashable {
    case create
    /// What is there is from an earlier operation, or has failed before: it goes first.
    case replace
    case wait
    /// An earlier operation's hook is running. It is waited for, never killed.
    case waitForEarlier
    case succeed
    case fail(String)
    /// Something newer is wanted, and nothing of this one ever ran: it is not made, or taken away.
    case abandon

    package static func next(
        recorded: Inventory.SyncRecord.HookState?, live: HookProgress?, isOfThisOperation: Bool, deletesItself: Bool,
        isSuperseded: Bool = false
    ) -> HookDecision {
        if recorded == .succeeded { return .succeed }
        let isBegun = live != nil && isOfThisOperation
        if isSuperseded, !isBegun { return .abandon }
        guard let live else {
            guard recorded == .running else { return .create }
            return deletesItself ? .succeed : .fail("it vanished before it was seen complete")
        }
        guard isOfThisOperation else {
            return live.isUnderWay ? .waitForEarlier : .replace
        }
        switch live {
        case .pending where isSuperseded: return .abandon
        case .pending, .running: return .wait
        case .succeeded: return .succeed
        case .failed(let message): return recorded == .failed ? .replace : .fail(message)
        }
    }
}
