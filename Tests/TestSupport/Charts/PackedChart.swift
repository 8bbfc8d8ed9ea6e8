import Crypto

/// A chart as `helm package` makes it, by `tar`: the same files give the same bytes.
package struct PackedChart: Sendable {
    package let name: String
    package let version: String
    package let bytes: [UInt8]

    /// Of the archive: `sha256` in hexadecimal digits.
    package var digest: String { SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// - Parameters:
    ///   - files: beside the Chart.yaml, by their paths below the chart.
    ///   - more: lines of the Chart.yaml.
    package static func make(
        _ name: String, _ version: String, _ files: [String: String] = [:], more: String = ""
    ) async throws -> PackedChart {
        try await TemporaryDirectory.with("chart") { directory in
            try Files.write("apiVersion: v2\nname: \(name)\nversion: \(version)\n\(more)", to: "\(directory)/\(name)/Chart.yaml")
            for (path, text) in files { try Files.write(text, to: "\(directory)/\(name)/\(path)") }
            try await ProcessRunner.check(
                "tar",
                ["-I", "gzip -n", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "-cf", "chart.tgz", name], in: directory)
            return PackedChart(name: name, version: version, bytes: try Files.bytes("\(directory)/chart.tgz"))
        }
    }

    private init(name: String, version: String, bytes: [UInt8]) {
        self.name = name
        self.version = version
        self.bytes = bytes
    }
}
