package import Model

/// A chart of a repository, and which of its versions: what a person names.
package struct ChartReference: Sendable, Hashable {
    package let name: String
    /// A version or a range; nil for the newest release.
    package let version: String?
    /// What it has to be; nil: what it was when it was first seen.
    package let digest: Revision.Digest?

    package init(name: String, version: String? = nil, digest: Revision.Digest? = nil) {
        self.name = name
        self.version = version
        self.digest = digest
    }

    /// What an Application names.
    package init(_ chart: Application.ChartSelection) {
        self.init(name: chart.name, version: chart.version, digest: chart.digest)
    }

    package var description: String { version.map { "\(name) \($0)" } ?? name }
}

/// One published version of a chart.
struct ChartRelease: Sendable, Hashable {
    let chart: String
    let version: String
    /// Of the archive; of the manifest, where a registry has it. nil where an index does not say.
    var digest: Revision.Digest?
    /// Where its archive is, as an index has it; empty for a registry.
    var urls: [String] = []

    /// What `podinfo-6.5.4` may stand for: the name of a chart may have a dash in it, and a version too.
    static func candidates(_ text: String) -> [ChartRelease] {
        text.indices.filter { text[$0] == "-" && $0 != text.startIndex }.compactMap { dash in
            let version = String(text[text.index(after: dash)...])
            let isVersion = SemanticVersion(version) != nil || (version.first?.isNumber ?? false)
            return isVersion ? ChartRelease(chart: String(text[..<dash]), version: version) : nil
        }
    }
}

extension Revision {
    /// `podinfo-6.5.4@sha256:…`
    init(_ release: ChartRelease, _ digest: Revision.Digest) {
        self.init(name: "\(release.chart)-\(release.version)", digest: digest)
    }
}
