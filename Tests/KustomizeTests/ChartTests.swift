import Kustomize
import Manifests
import Model
import Testing

/// Charts of `helmCharts:`. kubectl asks the program helm for them, so that there is nothing to compare with.
struct ChartTests {
    static let chart = [
        "charts/app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
        "charts/app/values.yaml": "size: 1\ncolor: red\n",
        "charts/app/templates/all.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
        data: {size: "{{ .Values.size }}", color: {{ .Values.color }}, taste: {{ .Values.taste | default "none" }}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: reader}
        spec: {volumes: [{configMap: {name: {{ .Release.Name }}}}]}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: hook, annotations: {helm.sh/hook: pre-install}}
        """,
        "charts/app/crds/crd.yaml":
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\n",
    ]

    private func build(_ kustomization: String, _ further: [String: String] = [:]) async throws -> [Manifest] {
        let files = Self.chart.merging(further) { $1 }.merging(["kustomization.yaml": kustomization]) { $1 }
        return try await Kustomize.build(.root, in: MemoryTree(files))
    }

    private func data(_ kustomization: String, _ further: [String: String] = [:]) async throws -> Value? {
        try await build(kustomization, further).first { $0.kind == "ConfigMap" }?.value["data"]
    }

    @Test func aChartIsCustomizedLikeAnyResource() async throws {
        let manifests = try await build("helmCharts: [{name: app, releaseName: one}]\nnamePrefix: p-\nnamespace: team\n")
        #expect(
            manifests.map { "\($0.kind) \($0.namespace ?? "-")/\($0.name)" } == [
                "ConfigMap team/p-one", "Job team/p-hook", "Pod team/p-reader",
            ])
        let pod = manifests.first { $0.kind == "Pod" }
        #expect(pod?.value.at("spec", "volumes")?[0]?.at("configMap", "name") == "p-one")
    }

    @Test func definitionsAndHooksAreAMatterOfOptions() async throws {
        let manifests = try await build("helmCharts: [{name: app, includeCRDs: true, skipHooks: true}]\n")
        #expect(manifests.map(\.kind) == ["CustomResourceDefinition", "ConfigMap", "Pod"])
        #expect(manifests[1].name == "release-name")
    }

    @Test(
        arguments: [
            ("", ["size": "1", "color": "red", "taste": "none"]),
            (", valuesInline: {size: 2}", ["size": "2", "color": "red", "taste": "none"]),
            (", valuesFile: v.yaml", ["size": "3", "color": "red", "taste": "sweet"]),
            (", valuesFile: v.yaml, valuesInline: {size: 2}", ["size": "2", "color": "red", "taste": "sweet"]),
            (
                ", valuesFile: v.yaml, valuesInline: {size: 2, color: blue}, valuesMerge: merge",
                ["size": "3", "color": "blue", "taste": "sweet"]
            ),
            (
                ", valuesFile: v.yaml, valuesInline: {size: 2}, valuesMerge: replace",
                ["size": "2", "color": "red", "taste": "none"]
            ),
            (
                ", valuesInline: {size: 2}, additionalValuesFiles: [v.yaml]", ["size": "3", "color": "red", "taste": "sweet"]
            ),
        ] as [(String, Value)])
    func valuesCountInTheirOrder(_ options: String, _ expected: Value) async throws {
        #expect(try await data("helmCharts: [{name: app\(options)}]\n", ["v.yaml": "size: 3\ntaste: sweet\n"]) == expected)
    }

    @Test func theOldSpellingAndTheGeneratorMeanTheSame() async throws {
        let old = try await data("helmChartInflationGenerator: [{chartName: app, valuesLocal: {size: 5}}]\n")
        let generator = try await data(
            "generators: [g.yaml]\n",
            [
                "g.yaml":
                    "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: app\nvaluesInline: {size: 5}\n"
            ]
        )
        #expect(old == ["size": "5", "color": "red", "taste": "none"])
        #expect(generator == old)
    }

    @Test func aChartOfAVersionHasADirectoryOfItsOwn() async throws {
        let other = Dictionary(
            uniqueKeysWithValues: Self.chart.map { ($0.key.replacing("charts/app", with: "vendor/app-2.0.0/app"), $0.value) })
        let manifests = try await build(
            "helmGlobals: {chartHome: vendor}\nhelmCharts: [{name: app, version: 2.0.0, repo: 'https://example.com'}]\n", other)
        #expect(manifests.count == 3)
    }
}
