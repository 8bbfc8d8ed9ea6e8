package import Model

/// Taking over what another tool has installed as a release.
enum Adoption {
    /// Whether there is something of the release that this application does not have yet.
    static func isPending(_ input: PlanInput) -> Bool {
        guard let release = input.release else { return false }
        return !input.taken.isEmpty
            || input.desired.contains { desired in
                guard let live = input.observed[desired.key], case .nobody = live.owner else { return false }
                return release.has(live)
            }
    }

    /// Whether the plan leaves the release where it is for now: what was taken in for it is then not remembered.
    static func isHeld(_ operations: [Operation], _ input: PlanInput) -> Bool {
        operations.contains { operation in
            guard operation.isHeld else { return false }
            switch operation.action {
            case .adopt: return operation.cause == .release
            // What the budget withholds of a release that is taken over is withheld from then on.
            case .delete: return input.policy.adopt == .hold && input.taken.contains(operation.key)
            case .run: return input.policy.adopt == .hold && input.release != nil
            case .create, .update, .replace, .unchanged: return false
            }
        }
    }
}

extension Inventory {
    /// Remembers what a release has put on the target and the source does not have, and the objects of hooks that both have.
    /// Returns the keys that are new.
    package mutating func takeIn(_ release: EarlierRelease, besides desired: Set<ResourceKey>) -> Set<ResourceKey> {
        let taken = release.objects.subtracting(desired).union(release.hooks.intersection(desired)).subtracting(entries.keys)
        for key in taken {
            var entry = Entry(state: .applied, isKept: release.kept.contains(key))
            entry.origin = release.place
            entries[key] = entry
        }
        return taken
    }

    /// Writes down which objects were taken in, and forgets those that are not there, or not of the release: to be deleted later, an
    /// object has to carry the release's marks; Helm puts none on the objects of hooks. Returns the keys that stay.
    package mutating func settle(
        _ taken: Set<ResourceKey>, of release: EarlierRelease, _ observed: [ResourceKey: ObservedResource]
    ) -> Set<ResourceKey> {
        taken.filter { key in
            guard let live = observed[key], case .nobody = live.owner, !live.isTerminating,
                release.hooks.contains(key) || live.release == release.name
            else {
                entries[key] = nil
                return false
            }
            entries[key]?.uid = live.uid
            if live.asksToStay { entries[key]?.isKept = true }
            return true
        }
    }

    /// Whether the live object, which carries no application's mark, is one that was taken in.
    func hasTakenIn(_ live: ObservedResource?) -> Bool {
        guard let live, let entry = entries[live.key], entry.origin != nil else { return false }
        return entry.uid == live.uid
    }
}
