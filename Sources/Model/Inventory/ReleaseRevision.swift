package import Manifests

/// One state of a chart's release that an application's sync brought to its end: what templates see as `.Release.Revision`.
package struct ReleaseRevision: Sendable, Hashable {
    /// From 1, the installation.
    package var number: Int
    /// Of the chart and the values in version control.
    package var inputs: Digest

    package init(number: Int, inputs: Digest) {
        self.number = number
        self.inputs = inputs
    }
}

extension Inventory {
    /// How many revisions are remembered.
    package static let releasesLimit = 10

    /// The revision that these inputs are: what they were before, else the next one. nil where nothing came to its end yet.
    ///
    /// It does not depend on how often they were tried, so that a rendering stays what it is while nothing changes, and one that is gone
    /// back to is what it was.
    package func releaseNumber(of inputs: Digest) -> Int? {
        if let known = releases.last(where: { $0.inputs == inputs }) { return known.number }
        if let last = releases.last { return last.number + 1 }
        return synced == nil ? nil : 2
    }

    /// After a sync that went through.
    package mutating func remember(_ release: ReleaseRevision) {
        releases.removeAll { $0.inputs == release.inputs }
        releases.append(release)
        releases.sort { $0.number < $1.number }
        releases = releases.suffix(Self.releasesLimit)
    }
}
