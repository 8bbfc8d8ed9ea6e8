import Manifests

/// Reads the fields that name charts, alike in an Application and in a Repository.
enum ChartSourceReader {
    /// `helm` of a Repository.
    static func repository(from helm: ObjectReader, secret: ObjectReader?) throws -> Application.ChartRepository {
        let result = try location(from: helm, secret: secret)
        for key in ["chart", "version", "digest"] { try helm.refuse(key, "it is named by who uses the Repository.") }
        try helm.finish()
        return result
    }

    /// `helm` of a source.
    static func place(from helm: ObjectReader, secret: ObjectReader?) throws -> Application.Place {
        let repository = try location(from: helm, secret: secret)
        let chart = try selection(named: helm.string("chart"), from: helm)
        try helm.finish()
        return .chart(chart, from: repository)
    }

    /// The fields beside `chart`.
    static func selection(named name: String, from reader: ObjectReader) throws -> Application.ChartSelection {
        let isAllowed: (UInt8) -> Bool = {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0)
        }
        guard !name.isEmpty, name.utf8.count <= 250, name.utf8.first != 46, name.utf8.allSatisfy(isAllowed) else {
            throw reader.error("\(name.quoted) cannot name a chart; it has letters, digits, dashes, dots and underscores.")
        }
        var chart = Application.ChartSelection(name: name, version: try reader.optionalString("version"))
        if let version = chart.version { _ = try reader.placing { try VersionRange(version) } }
        if let digest = try reader.optionalString("digest") {
            let hex = digest.hasPrefix("sha256:") ? digest.dropFirst(7) : ""
            guard hex.utf8.count == 64 else { throw reader.error("The digest \(digest.quoted) is not sha256: and 64 digits.") }
            chart.digest = try reader.placing { try Revision.Digest(hex) }
        }
        return chart
    }

    private static func location(from helm: ObjectReader, secret: ObjectReader?) throws -> Application.ChartRepository {
        var result = Application.ChartRepository(url: try helm.string("url"))
        result.secret = try secret.map { try GitSourceReader.secretName(from: $0) }
        result.isInsecure = try helm.optionalBool("insecure") ?? false
        return result
    }
}
