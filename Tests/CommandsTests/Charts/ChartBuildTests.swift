import TestSupport
import Testing

/// `plumb build` of a chart.
struct ChartBuildTests {
    private static let files = [
        "web/Chart.yaml": "apiVersion: v2\nname: web-chart\nversion: 1.0.0\n",
        "web/values.yaml": "color: red\nsize: 1\n",
        "web/crds/d.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: d}\n",
        "web/templates/NOTES.txt": "Thank you, {{ .Release.Name }}.",
        "web/templates/_helpers.tpl": "{{ define \"x\" }}{{ end }}",
        "web/templates/blank.yaml": "{{ if false }}x{{ end }}",
        "web/templates/b.yaml":
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {color: {{ .Values.color }}, size: '{{ .Values.size }}'}\n",
        "web/templates/a.yaml":
            "# {{ .Release.Namespace }} {{ .Capabilities.KubeVersion }}\r\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n\n",
        "values.yaml": "color: blue\nsize: 2\n", "note.txt": "from a file",
    ]

    private func plumb(_ arguments: String...) async throws -> ProcessOutput {
        try await TemporaryDirectory.with("chart") { directory in
            try Files.write(Self.files, to: directory)
            return try await ProcessRunner.run(try PlumbBinary.path(), arguments, in: directory)
        }
    }

    @Test func theObjectsAreInTheOrderOfInstalling() async throws {
        let output = try await plumb("build", "web")
        #expect(output.status == 0 && output.stderr.isEmpty)
        #expect(
            output.stdout == """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: d
                ---
                apiVersion: v1
                data:
                  color: red
                  size: "1"
                kind: ConfigMap
                metadata:
                  name: b
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: a

                """)
        #expect(try await !plumb("build", "web", "--skip-crds").stdout.contains("CustomResourceDefinition"))
    }

    @Test func rawIsWhatEachTemplateBecame() async throws {
        let output = try await plumb(
            "build", "web", "--raw", "--release", "r1", "--namespace", "n1", "--values", "values.yaml", "--set", "size=3",
            "--kube-version", "1.30")
        #expect(
            output.stdout == """
                ---
                # Source: web-chart/templates/NOTES.txt
                Thank you, r1.
                ---
                # Source: web-chart/templates/a.yaml
                # n1 v1.30\r
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}

                ---
                # Source: web-chart/templates/b.yaml
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                data: {color: blue, size: '3'}
                ---
                # Source: web-chart/templates/blank.yaml


                """)
        let definitions = try await plumb("build", "web", "--raw", "--include-crds").stdout
        #expect(definitions.hasPrefix("---\n# Source: web-chart/crds/d.yaml\napiVersion: apiextensions.k8s.io/v1\n"))
        #expect(definitions.contains("Thank you, web."))
    }

    @Test func everyKindOfValueCountsInHelmsOrder() async throws {
        let output = try await plumb(
            "build", "web", "--set-string", "size=07", "--set", "size=3,color=green", "--set-file", "color=note.txt", "--set-json",
            #"size={"a":1}"#)
        #expect(output.stdout.contains("size: \"07\"") && output.stdout.contains("color: from a file"), "\(output.stdout)")
    }

    @Test func aPackedChartIsRenderedAsItsDirectory() async throws {
        try await TemporaryDirectory.with("chart") { directory in
            try Files.write(Self.files, to: directory)
            try await ProcessRunner.check("tar", ["-czf", "web-1.0.0.tgz", "web"], in: directory)
            func build(_ source: String) async throws -> String {
                let output = try await ProcessRunner.run(
                    try PlumbBinary.path(), ["build", source, "--raw", "--release", "r"], in: directory)
                #expect(output.status == 0, "\(output.stderr)")
                return output.stdout
            }
            #expect(try await build("web-1.0.0.tgz") == build("web"))
        }
    }

    @Test func madeUpValuesAreSaidToBe() async throws {
        try await TemporaryDirectory.with("chart") { directory in
            let template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '{{ randAlphaNum 20 }}'}\n"
            try Files.write(
                ["web/Chart.yaml": Self.files["web/Chart.yaml", default: ""], "web/templates/a.yaml": template], to: directory)
            func build() async throws -> ProcessOutput {
                try await ProcessRunner.run(try PlumbBinary.path(), ["build", "web"], in: directory)
            }
            let (first, second) = (try await build(), try await build())
            #expect(first.stderr.contains("made up") && first.status == 0)
            #expect(first.stdout != second.stdout)
        }
    }
}
