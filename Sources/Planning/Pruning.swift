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
            if let reason = notOurs(live, entry, desiredUIDs, input) {
                result.forgotten[key] = reason
            } else if !(live.isTerminating && entry.state == .deleting) {
                result.operations.append(deletion(of: live, entry, input))
            }
        }
        return result
    }

    /// Why this object is not the one that this application put there; nil if it is.
    private static func notOurs(
        _ live: ObservedResource, _ entry: Inventory.Entry, _ desiredUIDs: Set<String>, _ input: PlanInput
    ) -> String? {
        if desiredUIDs.contains(live.uid) { return "the same object is in the source under another name" }
        switch live.owner {
        case .other(let name): return "it belongs to the application \(input.identity.shown(name)) now"
        case .nobody where input.inventory.hasTakenIn(live): break
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
        return Operation(
            .delete, live.key, cause: entry.origin == nil ? .removed : .release, state: state(of: live, entry, input),
            uid: live.uid,
            order: order, origin: entry.origin)
    }

    private static func state(of live: ObservedResource, _ entry: Inventory.Entry, _ input: PlanInput) -> Operation.State {
        if entry.isKept { return .kept(entry.origin == nil ? "plumb.dev/prune: disabled" : "helm.sh/resource-policy: keep") }
        if !input.policy.prune { return .kept("pruning is off") }
        if let (dependent, why) = dependent(on: live.key, input) {
            return .blocked("deleting it would delete \(dependent), which \(why)")
        }
        if input.taken.contains(live.key), input.policy.adopt == .hold { return .held("it is in \(entry.origin ?? "a release")") }
        return .ready
    }

    /// An object that would go along and must not: it is in the source still, or is kept, or is somebody else's now.
    private static func dependent(on key: ResourceKey, _ input: PlanInput) -> (ResourceKey, why: String)? {
        guard let isInside = contents(of: key) else { return nil }
        let definitions = Set(input.desired.map(\.key).filter { $0.kind == key.kind && $0.group == key.group })
        // An instance of another definition of the source is none of this one's.
        let desired = input.desired.filter {
            isInside($0.key) && (key.kind == "Namespace" || $0.requires.isDisjoint(with: definitions))
        }
        if let dependent = desired.map(\.key).min() { return (dependent, "is still in the source") }

        let remembered = input.inventory.entries.filter { isInside($0.key) && input.observed[$0.key] != nil }
        if let dependent = remembered.filter(\.value.isKept).keys.min() { return (dependent, "is kept: plumb.dev/prune: disabled") }
        let others = remembered.keys.filter { if case .other? = input.observed[$0]?.owner { true } else { false } }
        return others.min().map { ($0, "belongs to another application now") }
    }

    /// Which keys go along when this is deleted: what is in the Namespace, what is of the kind that the definition
    /// defines. nil where nothing does.
    static func contents(of key: ResourceKey) -> ((ResourceKey) -> Bool)? {
        switch (key.group, key.kind) {
        case ("", "Namespace"):
            return { $0.namespace == key.name }
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            // The name of a definition is `<plural>.<group>`; of the plural the kind can only be guessed.
            let parts = key.name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            return { $0.group == parts[1] && Plural.matches(parts[0], kind: $0.kind) }
        default:
            return nil
        }
    }
}
