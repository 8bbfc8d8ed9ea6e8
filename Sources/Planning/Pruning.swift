import Manifests
import Model

/// What the inventory holds and the source no longer does. Only the inventory is ever a reason to delete.
enum Pruning {
    struct Result {
        var operations: [Operation] = []
        var forgotten: [ResourceKey: String] = [:]
    }

    static func operations(_ input: PlanInput) -> Result {
        let desired = Set(input.desired.map(\.key))
        // One object can be reached under two groups: what is desired under either is never deleted under the other.
        let desiredUIDs = Set(desired.compactMap { input.observed[$0]?.uid })
        var result = Result()
        for (key, entry) in input.inventory.entries where !desired.contains(key) {
            guard let live = input.observed[key] else {
                result.forgotten[key] = "it is gone"
                continue
            }
            if let reason = notOurs(live, entry, desiredUIDs) {
                result.forgotten[key] = reason
            } else if !(live.isTerminating && entry.state == .deleting) {
                result.operations.append(deletion(of: live, entry, input))
            }
        }
        return result
    }

    /// Why this object is not the one that this application put there; nil if it is.
    private static func notOurs(_ live: ObservedResource, _ entry: Inventory.Entry, _ desiredUIDs: Set<String>) -> String? {
        if desiredUIDs.contains(live.uid) { return "the same object is in the source under another name" }
        switch live.owner {
        case .other(let name): return "it belongs to the application \(name) now"
        case .nobody: return "it no longer carries this application's mark"
        case .this: break
        }
        if let uid = entry.uid, uid != live.uid { return "another object has its name now" }
        return nil
    }

    private static func deletion(of live: ObservedResource, _ entry: Inventory.Entry, _ input: PlanInput) -> Operation {
        let position = KindOrder.position(of: live.key)
        // Reversed: what was written last goes first.
        let order = Operation.Order(phase: .prune, wave: -entry.wave, tier: -position.tier, rank: -position.rank)
        return Operation(.delete, live.key, cause: .removed, state: state(of: live, entry, input), uid: live.uid, order: order)
    }

    private static func state(of live: ObservedResource, _ entry: Inventory.Entry, _ input: PlanInput) -> Operation.State {
        if entry.isKept { return .kept("plumb.dev/prune: disabled") }
        if !input.policy.prune { return .kept("pruning is off") }
        if let dependent = desiredDependent(on: live.key, input) {
            return .blocked("deleting it would delete \(dependent), which is still in the source")
        }
        return .ready
    }

    /// A desired object that would go along: one in the Namespace, or of the kind that the definition defines.
    private static func desiredDependent(on key: ResourceKey, _ input: PlanInput) -> ResourceKey? {
        switch (key.group, key.kind) {
        case ("", "Namespace"):
            return input.desired.map(\.key).filter { $0.namespace == key.name }.min()
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            // The name of a definition is `<plural>.<group>`; of the plural only the group can be told from here.
            let group = key.name.split(separator: ".", maxSplits: 1).dropFirst().first.map(String.init)
            let plural = key.name.split(separator: ".").first.map(String.init) ?? ""
            return input.desired.map(\.key).filter { $0.group == group && Plural.matches(plural, kind: $0.kind) }.min()
        default:
            return nil
        }
    }
}
