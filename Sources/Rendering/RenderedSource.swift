package import Manifests
package import Model

/// What a source became.
package struct RenderedSource: Sendable {
    package var manifests: [Manifest]
    /// Whether it was rendered now.
    package var isFresh: Bool
    /// What of the live objects it depends on.
    package var live: LiveFacts
    /// Which revision of its release a chart is; nil for one that comes out the same in each, and for what is no chart.
    package var release: ReleaseRevision?
}

/// What a chart asks for that makes a difference between an installation and an upgrade.
package struct WantedRevision: Sendable, Hashable {
    package var release: HelmReleaseName
    /// The name of the chart.
    package var chart: String
    /// See `Chart.inputs`.
    package var inputs: Digest
}

/// The same, and the answer.
struct RenderedRelease: Sendable, Hashable {
    var wanted: WantedRevision
    var number: Int

    var revision: ReleaseRevision { ReleaseRevision(number: number, inputs: wanted.inputs) }
}
