import Manifests
import Model
import Testing

@testable import Helm

/// Whether a chart makes a difference between the revisions of its release, and which of them are the same.
@Suite struct ReleaseInputsTests {
    private static func chart(_ files: [String: String]) async throws -> Chart {
        let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
        return try await Chart.load(from: try MemoryTree(["Chart.yaml": chart].merging(files) { $1 }), at: .root)
    }

    static let templates: [(text: String, expected: Bool)] = [
        ("{{ .Release.Name }}", false),
        ("{{ .Release.Namespace }} {{ .Release.Service }}", false),
        ("{{ if .Release.IsInstall }}x{{ end }}", true),
        ("{{ $.Release.IsUpgrade }}", true),
        ("{{ .Release.Revision }}", true),
        ("{{ toYaml .Release }}", true),
        ("{{ toYaml $.Release}}", true),
        ("{{ .Release", true),
        ("helm.sh/hook: pre-install", true),
        ("helm.sh/hook: post-upgrade", true),
        ("helm.sh/hook: pre-delete", false),
    ]

    @Test(arguments: templates) func `templates tell`(text: String, expected: Bool) async throws {
        #expect(try await Self.chart(["templates/a.yaml": text]).tellsRevisionsApart([]) == expected)
        let inner = "apiVersion: v2\nname: sub\nversion: 1.0.0\n"
        #expect(
            try await Self.chart(["charts/sub/Chart.yaml": inner, "charts/sub/templates/a.yaml": text]).tellsRevisionsApart([])
                == expected)
    }

    @Test func `values tell as well, the chart's and the user's`() async throws {
        let values = "extra: '{{ .Release.IsInstall }}'\n"
        #expect(try await Self.chart(["values.yaml": values]).tellsRevisionsApart([]))
        let chart = try await Self.chart([:])
        #expect(try chart.tellsRevisionsApart([.file(Array(values.utf8), name: "v.yaml")]))
        #expect(try !chart.tellsRevisionsApart([.set("a=b")]))
    }

    @Test func `the inputs are the chart, all that is in it, and the values`() async throws {
        let base = [
            "templates/a.yaml": "a", "values.yaml": "a: 1\n", "files/x": "x",
            "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", "charts/sub/templates/a.yaml": "s",
        ]
        func inputs(_ change: [String: String], _ values: [ValuesSource] = []) async throws -> Digest {
            try await Self.chart(base.merging(change) { $1 }).inputs(values)
        }
        let first = try await inputs([:])
        #expect(try await inputs([:]) == first)
        #expect(try await inputs([:], [.object(Object())]) == first)
        let others = try await [
            inputs(["templates/a.yaml": "b"]), inputs(["values.yaml": "a: 2\n"]), inputs(["files/x": "y"]),
            inputs(["charts/sub/templates/a.yaml": "t"]), inputs(["templates/b.yaml": ""]), inputs([:], [.set("a=2")]),
            inputs(["Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.1\n"]),
        ]
        #expect(Set(others + [first]).count == others.count + 1)
    }
}
