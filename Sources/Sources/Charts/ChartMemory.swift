import Manifests
import Model

/// What versions of charts were when they were first seen. What was published does not change, and does not go back. Pure.
struct ChartMemory: Sendable, Hashable {
    /// By chart and version.
    private(set) var digests: [String: String] = [:]
    /// Which version each reference led to last.
    private(set) var led: [String: String] = [:]

    private static let bound = 5000

    /// The release, with its digest; throws `conflict` where it is another than it was, or a reference leads back.
    mutating func check(_ reference: ChartReference, _ release: ChartRelease, in place: String) throws -> Revision {
        guard let digest = release.digest else { throw PlumbError(.failed, "\(release.chart) \(release.version) has no digest.") }
        let version = "\(release.chart) \(release.version)"
        if let wanted = reference.digest {
            guard wanted == digest else {
                throw PlumbError(
                    .conflict, "\(version) in \(place) is \(digest), and has to be \(wanted).",
                    remedy: "Have the version that is meant published again, or name the new digest.")
            }
            digests[version] = digest.hex
        } else if let known = digests[version], known != digest.hex {
            throw PlumbError(
                .conflict,
                "\(version) in \(place) was published again with another content: it was sha256:\(known), and is \(digest).",
                remedy:
                    "Publish what is new as a new version. If the new content is meant, say so with digest: \(digest) beside the version."
            )
        }
        if let before = led[reference.key].flatMap(SemanticVersion.init), let now = SemanticVersion(release.version), now < before,
            let old = led[reference.key]
        {
            throw PlumbError(
                .conflict,
                "\(reference.name) \(old), which \(reference.version ?? "the newest release") led to, is not in \(place) any more; the highest now is \(release.version).",
                remedy: "To go back, name the version: \"\(release.version)\".")
        }
        makeRoom()
        digests[version] = digest.hex
        led[reference.key] = release.version
        return Revision(release, digest)
    }

    /// nil where it was never seen.
    func digest(of chart: String, _ version: String) -> Revision.Digest? {
        digests["\(chart) \(version)"].flatMap { try? Revision.Digest($0) }
    }

    /// What a reference led to last; nil where that is not known.
    func revision(of reference: ChartReference) -> Revision? {
        guard let version = led[reference.key], let digest = digest(of: reference.name, version),
            reference.digest == nil || reference.digest == digest
        else { return nil }
        return Revision(ChartRelease(chart: reference.name, version: version), digest)
    }

    /// What was seen once counts for as long as there is room for it.
    private mutating func makeRoom() {
        if digests.count > Self.bound { digests = [:] }
        if led.count > Self.bound { led = [:] }
    }

    // MARK: On disk

    var value: Value {
        func object(_ table: [String: String]) -> Value {
            .object(Object(table.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        return ["digests": object(digests), "led": object(led)]
    }

    init() {}

    init(_ value: Value) {
        func table(_ key: String) -> [String: String] {
            (value[key]?.object?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value.string }
        }
        (digests, led) = (table("digests"), table("led"))
    }
}

extension ChartReference {
    /// A range, or none; one version leads to itself.
    fileprivate var key: String { "\(name) \(version ?? "*")" }
}
