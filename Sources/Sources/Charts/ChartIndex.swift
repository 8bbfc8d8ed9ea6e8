import Manifests
import Model

/// The `index.yaml` of a chart repository: what it has, and where.
struct ChartIndex: Sendable, Hashable {
    private let charts: [String: [ChartRelease]]

    /// Reads one of at most `limit` bytes. An entry that makes no sense is left out, as Helm does. Throws `invalid` for what is no
    /// index.
    init(_ bytes: [UInt8], from place: String, limit: Int) throws {
        guard let value = try Self.value(bytes, place, limit), case .object(let index) = value,
            index["apiVersion"]?.string != nil
        else {
            throw PlumbError(
                .invalid, "What \(place) answers with is no index of charts: a mapping with apiVersion and entries.",
                remedy: "Check the URL: it is that of a directory with an index.yaml.")
        }
        var charts: [String: [ChartRelease]] = [:]
        for member in index["entries"]?.object?.members ?? [] {
            charts[member.key] = (member.value.array ?? []).compactMap { Self.release($0, of: member.key) }
        }
        self.charts = charts
    }

    var count: Int { charts.values.reduce(0) { $0 + $1.count } }

    /// Throws `notFound`, and `conflict` where it is there twice with different content.
    func release(_ reference: ChartReference, in place: String) throws -> ChartRelease {
        guard let releases = charts[reference.name], !releases.isEmpty else {
            let names = charts.keys.sorted().prefix(10).joined(separator: ", ")
            throw PlumbError(
                .notFound, "\(place) has no chart \(reference.name.quoted).",
                remedy: names.isEmpty ? nil : "There are: \(names)\(charts.count > 10 ? ", …" : "").")
        }
        let versions = releases.map(\.version)
        guard let version = VersionChoice.version(reference.version, among: versions) else {
            throw VersionChoice.failure(reference, among: versions, in: place)
        }
        let found = releases.filter { $0.version == version }
        guard Set(found.map(\.digest)).count == 1 else {
            throw PlumbError(
                .conflict, "\(place) has \(reference.name) \(version) more than once, with different content.",
                remedy: "Have the index made anew, so that each version is there once.")
        }
        return found[0]
    }

    private static func value(_ bytes: [UInt8], _ place: String, _ limit: Int) throws -> Value? {
        do {
            if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return try JSON.parse(bytes) }
            return try YAML.parse(bytes, file: "index.yaml", dialect: .helm, limits: YAML.Limits(bytes: limit)).first?.value
        } catch {
            throw PlumbError(.invalid, "The index of \(place) cannot be read: \(error)")
        }
    }

    private static func release(_ value: Value, of chart: String) -> ChartRelease? {
        guard let version = text(value["version"]), SemanticVersion(version) != nil || version.first?.isNumber == true,
            value["name"]?.string == chart
        else { return nil }
        let urls = (value["urls"]?.array ?? []).compactMap(\.string)
        var release = ChartRelease(chart: chart, version: version, urls: urls)
        if let text = value["digest"]?.string, !text.isEmpty {
            let hex = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
            guard hex.utf8.count == 64, let digest = try? Revision.Digest(hex) else { return nil }
            release.digest = digest
        }
        return urls.isEmpty ? nil : release
    }

    /// `version: 1.0` without quotes is a number.
    private static func text(_ value: Value?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer?, .double?: value?.json
        default: nil
        }
    }
}
