package import Manifests

/// How a chart is rendered: `render.helm` of a source.
package struct HelmSettings: Sendable, Hashable {
    /// nil for the application's name.
    package var releaseName: String?
    /// Over those of the files.
    package var values = Object()
    /// Paths below the source's directory, or from the top of the source with a leading slash; a later one over an earlier one.
    package var valuesFiles: [String] = []
    /// Over those of the files and under `values`; a later one over an earlier one.
    package var valuesFrom: [ValuesReference] = []
    /// Whether templates may ask what is in the cluster.
    package var looksUp = false
    /// Whether what is in `crds` of the chart is among its objects.
    package var includesDefinitions = true
    /// In place of the cluster's: `1.31`, `v1.31.2`.
    package var kubeVersion: String?
    /// In addition to the cluster's: `monitoring.coreos.com/v1`, `apps/v1/Deployment`.
    package var apiVersions: [String] = []

    /// A kustomization that changes what the templates made: the fields of one, without those that read files.
    package var postRender: Object?

    package init() {}

    /// A ConfigMap or Secret of the release's namespace, and what of it.
    package struct ValuesReference: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case configMap = "ConfigMap"
            case secret = "Secret"
        }

        package var kind: Kind
        package var name: String
        package var key = "values.yaml"
        /// Where the text goes as one value; nil where it is a file of values.
        package var targetPath: String?
        /// The text at `targetPath` stays text, whatever it looks like.
        package var isLiteral = false
        /// Whether the chart does without it where it is not there.
        package var isOptional = false

        package init(kind: Kind, name: String) {
            self.kind = kind
            self.name = name
        }
    }
}

/// Names of releases, as Helm takes them.
package enum ReleaseName {
    /// Throws `invalid`.
    package static func validate(_ name: String, at origin: Origin? = nil) throws {
        let isAllowed: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
        let isName = labels.allSatisfy { label in
            guard let first = label.first, let last = label.last, isAllowed(first), isAllowed(last) else { return false }
            return label.allSatisfy { isAllowed($0) || $0 == 45 }
        }
        guard isName, name.utf8.count <= 53 else {
            throw PlumbError(
                .invalid, "\(name.quoted) cannot name a release.",
                remedy: "Use up to 53 lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit.",
                at: origin)
        }
    }
}
