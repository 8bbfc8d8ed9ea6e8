/// What annotations on a desired object ask for.
package struct ResourceOptions: Sendable, Hashable {
    package enum Apply: String, Sendable, Hashable, CaseIterable { case always, ifNotPresent, replace, ignore }

    package var wave = 0
    /// Empty for an object that is no hook.
    package var hooks: Set<HookPhase> = []
    package var hookDeletePolicies: Set<HookDeletePolicy> = [.beforeHookCreation]
    package var prune = true
    package var apply = Apply.always

    package init() {}

    package var isHook: Bool { !hooks.isEmpty }
}

package enum HookPhase: String, Sendable, Hashable, CaseIterable {
    case preSync = "PreSync"
    case sync = "Sync"
    case postSync = "PostSync"
    case syncFail = "SyncFail"
    case preDelete = "PreDelete"
    case postDelete = "PostDelete"

    /// Those of a sync, in the order in which they run.
    package static let ofSync: [HookPhase] = [.preSync, .sync, .postSync, .syncFail]
    /// Those of a deletion of the whole application.
    package static let ofRemoval: [HookPhase] = [.preDelete, .postDelete]
}

package enum HookDeletePolicy: String, Sendable, Hashable, CaseIterable {
    case beforeHookCreation = "BeforeHookCreation"
    case hookSucceeded = "HookSucceeded"
    case hookFailed = "HookFailed"
}
