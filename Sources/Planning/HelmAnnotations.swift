import Manifests
import Model

/// Helm's annotations for hooks and for what stays, with Helm's own leniency: charts cannot be mended by who uses them.
struct HelmAnnotations {
    private let annotations: Object

    init(_ annotations: Object) { self.annotations = annotations }

    private static let phases: [String: HookPhase] = [
        "pre-install": .preSync, "pre-upgrade": .preSync, "post-install": .postSync, "post-upgrade": .postSync,
        "pre-delete": .preDelete, "post-delete": .postDelete,
    ]
    /// Of a rollback (which is a sync of an earlier revision), and of `helm test`.
    private static let elsewhere: Set<String> = ["pre-rollback", "post-rollback", "test", "test-success", "test-failure"]
    private static let deletePolicies: [String: HookDeletePolicy] = [
        "before-hook-creation": .beforeHookCreation, "hook-succeeded": .hookSucceeded, "hook-failed": .hookFailed,
    ]

    func apply(to options: inout ResourceOptions) {
        if words("helm.sh/resource-policy").contains("keep") { options.prune = false }
        let events = words("helm.sh/hook")
        guard !events.isEmpty else { return }
        // Helm leaves out an object that names an event which it does not know.
        let areKnown = events.allSatisfy { Self.phases[$0] != nil || Self.elsewhere.contains($0) }
        options.hooks = areKnown ? Set(events.compactMap { Self.phases[$0] }) : []
        guard options.isHook else {
            options.apply = .ignore
            return
        }
        // What is no number weighs nothing, as in Helm.
        let weight = annotations["helm.sh/hook-weight"]?.string.flatMap { Int($0) } ?? 0
        options.wave = max(-1_000_000, min(1_000_000, weight))
        let policies = words("helm.sh/hook-delete-policy").compactMap { Self.deletePolicies[$0] }
        if !policies.isEmpty { options.hookDeletePolicies = Set(policies) }
    }

    /// Whether a hook with such a phase is for an upgrade, or for an installation. One whose phases are not Helm's is for both.
    static func runs(_ manifest: Manifest, in phase: HookPhase, isUpgrade: Bool) -> Bool {
        guard manifest.annotation("plumb.dev/hook") == nil, manifest.annotation("argocd.argoproj.io/hook") ?? "" == "" else {
            return true
        }
        let events = HelmAnnotations(manifest.annotations).words("helm.sh/hook").filter { phases[$0] == phase }
        return events.isEmpty || events.contains { $0.hasSuffix(isUpgrade ? "-upgrade" : "-install") }
    }

    private func words(_ key: String) -> [String] {
        (annotations[key]?.string ?? "").split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }.filter { !$0.isEmpty }
    }
}
