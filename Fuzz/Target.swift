import Helm
import Manifests
import Model
import Template

/// What reads files of strangers.
enum Target: String, CaseIterable {
    case yaml, template, archive

    func read(_ bytes: [UInt8]) throws {
        switch self {
        case .yaml: _ = try ManifestReader.manifests(inFile: bytes, file: "fuzz.yaml")
        case .template: try run(bytes)
        case .archive: _ = try Chart.load(archive: gzip(bytes), path: "fuzz.tgz")
        }
    }

    /// As a chart's template, with a few values and bounds that a moment is enough for.
    private func run(_ bytes: [UInt8]) throws {
        var templates = TemplateSet()
        try templates.add("fuzz", bytes, functions: Functions.all)
        var limits = Execution.Limits()
        (limits.steps, limits.bytes, limits.depth) = (20_000, 1 << 20, 50)
        _ = try Execution(templates, limits: limits).run("fuzz", GoValue(Self.values))
    }

    private static let values: Value = [
        "text": "some text", "number": 3, "fraction": 1.5, "yes": true, "nothing": .null, "list": [1, "two", ["three": 3]],
        "map": ["key": "value", "inner": ["a": 1]],
    ]

    /// Of every second input as it is, of the others as what is in the archive: no fuzzer guesses a checksum.
    private func gzip(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.first, !first.isMultiple(of: 2) else { return Array(bytes.dropFirst()) }
        let content = bytes.dropFirst().prefix(0xFFFF)
        let (low, high) = (UInt8(content.count & 0xFF), UInt8(content.count >> 8))
        // A header, one stored block, and room for the checksum and the size.
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 1, low, high, ~low, ~high] + content + Array(repeating: 0, count: 8)
    }
}
