package import Manifests

/// Helm's hooks in Plumb's words; the annotations themselves stay in the manifests.
package enum HelmHooks {
    package static let annotation = "helm.sh/hook"

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
