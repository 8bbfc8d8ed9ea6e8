package import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One revision of a release, as Helm stores it in a cluster.
package struct ReleaseRecord: Sendable {
    /// Of a record, unzipped, in bytes.
    package static let limit = 16 << 20

    /// The name of its chart.
    package var chart: String
    /// What its user set.
    package var values: Object
    /// What the chart has by itself.
    package var chartValues: Object
    /// What it has put into the cluster, hooks not among them.
    package var manifests: [Manifest]
    /// What ran around that, tests of the release not among them.
    package var hooks: [Manifest]

    /// Reads base64 of JSON, which all but the oldest versions of Helm pack with gzip.
    ///
    /// Throws `invalid` for anything else, and `limit` for more than `limit` bytes. `place` names it in errors.
    package init(_ encoded: [UInt8], place: String) throws {
        let value = try Self.value(encoded, place)
        guard let object = value.object else { throw Self.unreadable(place, "it is no JSON object") }
        chart = value.at("chart", "metadata", "name")?.string ?? ""
        values = object["config"]?.object ?? Object()
        chartValues = value.at("chart", "values")?.object ?? Object()
        do {
            manifests = try Self.manifests(object["manifest"]?.string ?? "", place)
            hooks = try (object["hooks"]?.array ?? []).flatMap { try Self.manifests($0["manifest"]?.string ?? "", place) }
        } catch let error as ManifestError {
            // What it says may quote a Secret.
            throw Self.unreadable(place, "its manifest is no YAML\(error.origin?.line.map { ", at line \($0)" } ?? "")")
        }
        hooks.removeAll { HelmHooks.isTest($0) }
    }

    private static func value(_ encoded: [UInt8], _ place: String) throws -> Value {
        guard let data = Data(base64Encoded: Data(encoded)) else { throw unreadable(place, "it is no base64") }
        var bytes = [UInt8](data)
        if bytes.starts(with: [0x1F, 0x8B, 8]) {
            do {
                bytes = try Inflate.gunzip(bytes, limit: limit)
            } catch let error as PlumbError {
                throw unreadable(
                    place, error.code == .limit ? "it holds more than \(limit >> 20) MiB" : "it is damaged", error.code)
            }
        }
        guard bytes.count <= limit else { throw unreadable(place, "it holds more than \(limit >> 20) MiB", .limit) }
        do { return try JSON.parse(bytes, file: place) } catch { throw unreadable(place, "it is no JSON") }
    }

    /// In the YAML that Helm reads.
    private static func manifests(_ text: String, _ place: String) throws -> [Manifest] {
        try ManifestReader.manifests(in: try YAML.parse(Array(text.utf8), file: place, dialect: .helm), file: place)
    }

    private static func unreadable(_ place: String, _ why: String, _ code: PlumbError.Code = .invalid) -> PlumbError {
        PlumbError(
            code, "What Helm has stored of \(place) cannot be read: \(why). Nothing was changed.",
            remedy: "Repair it with Helm; or, if Helm is not to know the release any more, delete what it has stored.")
    }
}
