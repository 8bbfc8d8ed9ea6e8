package import Manifests

/// Helm's hooks in Plumb's words; the annotations themselves stay in the manifests.
package enum HelmHooks {
    package static let annotation = "helm.sh/hook"
    package static let deletePolicyAnnotation = "helm.sh/hook-delete-policy"
    package static let weightAnnotation = "helm.sh/hook-weight"

    /// The value of `plumb.dev/hook` for one of `helm.sh/hook`; those of rollbacks and tests have none.
    package static let phases = [
        "pre-install": "PreSync", "pre-upgrade": "PreSync", "post-install": "PostSync", "post-upgrade": "PostSync",
        "pre-delete": "PreDelete", "post-delete": "PostDelete",
    ]

    /// The value of `plumb.dev/hook-delete-policy` for one of `helm.sh/hook-delete-policy`.
    package static let deletePolicies = [
        "before-hook-creation": "BeforeHookCreation", "hook-succeeded": "HookSucceeded", "hook-failed": "HookFailed",
    ]

    private static let tests: Set<String> = ["test", "test-success", "test-failure"]

    /// What `helm.sh/hook` of a manifest names, in its order.
    package static func events(of manifest: Manifest) -> [String] {
        (manifest.annotation(annotation) ?? "").split(separator: ",").map { $0.trimmed.lowercased() }
    }

    /// Whether the object is there for `helm test` alone.
    static func isTest(_ manifest: Manifest) -> Bool {
        let events = events(of: manifest)
        return !events.isEmpty && events.allSatisfy(tests.contains)
    }
}
