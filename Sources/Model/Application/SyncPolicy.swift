/// How an application is synced; the defaults are the design's.
package struct SyncPolicy: Sendable, Hashable {
    package enum Drift: String, Sendable, Hashable, CaseIterable { case revert, report, ignore }
    package enum Removal: String, Sendable, Hashable, CaseIterable { case keep, delete }
    package enum Adoption: String, Sendable, Hashable, CaseIterable { case hold, allow }
    package enum Preflight: String, Sendable, Hashable, CaseIterable { case updates, always, never }

    package var automatic = true
    package var prune = true
    package var drift = Drift.revert
    package var onRemoval = Removal.keep
    package var adopt = Adoption.hold
    package var preflight = Preflight.updates
    package var deletionBudget = DeletionBudget()
    package var retry = Retry()

    package init() {}

    package struct Retry: Sendable, Hashable {
        package var initial: Duration = .seconds(5)
        package var factor = 2.0
        package var max: Duration = .seconds(300)

        package init() {}
    }
}

/// How much one plan may delete without a person's approval.
package struct DeletionBudget: Sendable, Hashable {
    /// Withheld from this share of the inventory on, if there are more than `smallCount` deletions.
    package var percent = 50
    /// Withheld above this count, whatever the share.
    package var objects = 50
    /// Kinds of which even one deletion is withheld.
    package var kinds: Set<String> = [
        "Namespace", "CustomResourceDefinition", "PersistentVolume", "PersistentVolumeClaim", "StatefulSet",
    ]

    package static let smallCount = 3

    package init() {}
}
