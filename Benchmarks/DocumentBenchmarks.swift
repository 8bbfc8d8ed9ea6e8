import Foundation
import Manifests
import Model
import Rendering
import Yams

/// Reading and writing documents, beside what a Swift program would use otherwise.
enum DocumentBenchmarks {
    static func run() async throws {
        let json = Workload.json(deployments: 1000)
        let ours = try await Stopwatch.median { _ = try JSON.parse(json) }
        let theirs = try await Stopwatch.median { _ = try JSONSerialization.jsonObject(with: Data(json)) }
        row("JSON, 1000 Deployments, parse", json.count, ours, against: ("JSONSerialization", theirs))

        let value = try JSON.parse(json)
        row("JSON, 1000 Deployments, write", json.count, try await Stopwatch.median { _ = JSON.serialize(value) }, against: nil)

        let yaml = Workload.yaml(1000)
        let bytes = Array(yaml.utf8)
        let read = try await Stopwatch.median { _ = try YAML.parse(bytes, file: "bench.yaml") }
        let composed = try await Stopwatch.median(of: 3) { _ = Array(try Yams.compose_all(yaml: yaml)) }
        row("YAML, 4000 manifests, parse", bytes.count, read, against: ("Yams compose", composed))

        let manifests = Workload.manifests(1000)
        let written = try await Stopwatch.median(of: 3) { for manifest in manifests { _ = YAML.serialize(manifest) } }
        row("YAML, 4000 manifests, write", bytes.count, written, against: nil)

        let tree = MemoryTree(
            Dictionary(
                uniqueKeysWithValues: try (0..<1000).map {
                    (try TreePath("app-\($0).yaml"), Array(Workload.yaml(1, prefix: "a\($0)").utf8))
                }))
        let rendered = try await Stopwatch.median(of: 3) { _ = try await Rendering.manifests(of: Application.Source(), in: tree) }
        row("Render a plain directory, 1000 files, 4000 manifests", bytes.count, rendered, against: nil)
    }

    private static func row(_ name: String, _ bytes: Int, _ time: Duration, against other: (name: String, time: Duration)?) {
        let speed = (Double(bytes) / 1e6 / time.seconds).text(1)
        let compared = other.map {
            "\($0.name) \((Double(bytes) / 1e6 / $0.time.seconds).text(1)) MB/s, ratio \(($0.time.seconds / time.seconds).text(1))"
        }
        Report.row(name, "\(speed) MB/s", compared ?? "–")
    }
}
