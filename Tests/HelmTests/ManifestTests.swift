import Helm
import Manifests
import Model
import Testing

/// The objects of a chart, as they are given on.
struct ManifestTests {
    private func chart(_ files: [String: String]) async throws -> Chart {
        let all = ["Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n"].merging(files) { $1 }
        let tree = try MemoryTree(Dictionary(uniqueKeysWithValues: all.map { ("c/" + $0.key, $0.value) }))
        return try await Chart.load(from: tree, at: try TreePath("c"))
    }

    private func object(_ kind: String, _ name: String, hook: String? = nil) -> String {
        let annotations = hook.map { ", annotations: {helm.sh/hook: '\($0)'}" } ?? ""
        return "apiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name)\(annotations)}\n"
    }

    private let options = RenderOptions(releaseName: "r", namespace: "n")

    @Test func theOrderIsThatOfInstalling() async throws {
        let chart = try await chart([
            "templates/a.yaml": object("Deployment", "d") + "---\n" + object("Widget", "w"),
            "templates/b.yaml": object("Service", "s") + "---\n" + object("Gadget", "g"),
            "templates/c.yaml": object("ConfigMap", "c") + "---\n# nothing\n---\n" + object("Namespace", "ns"),
        ])
        #expect(try chart.manifests(options).map(\.name) == ["ns", "c", "s", "d", "g", "w"])
        #expect(try chart.manifests(options, order: .path).map(\.name) == ["d", "w", "s", "g", "c", "ns"])
    }

    @Test func notesPartialsAndTestsAreNotAmongThem() async throws {
        let chart = try await chart([
            "templates/NOTES.txt": "Thank you.", "templates/_x.tpl": "{{ define \"x\" }}{{ end }}",
            "templates/t.yaml": object("Pod", "tested", hook: "test"),
            "templates/u.yaml": object("Pod", "both", hook: "test, post-install"),
            "templates/h.yaml": object("Job", "hook", hook: "pre-install,pre-upgrade"),
            "templates/empty.yaml": "{{ if false }}x{{ end }}\n",
        ])
        let manifests = try chart.manifests(options, order: .path)
        #expect(manifests.map(\.name) == ["hook", "both"])
        #expect(HelmHooks.events(of: manifests[0]) == ["pre-install", "pre-upgrade"])
    }

    @Test func definitionsComeFirstAndCanBeLeftOut() async throws {
        let chart = try await chart([
            "crds/a.yaml": object("CustomResourceDefinition", "own"), "crds/README.md": "text",
            "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
            "charts/sub/crds/b.yaml": object("CustomResourceDefinition", "inner"), "templates/n.yaml": object("Namespace", "ns"),
        ])
        #expect(try chart.manifests(options).map(\.name) == ["own", "inner", "ns"])
        #expect(try chart.manifests(options, includesDefinitions: false).map(\.name) == ["ns"])
    }

    @Test func definitionsOfAChartThatIsNotUsedAreNotAmongThem() async throws {
        let chart = try await chart([
            "Chart.yaml":
                "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.x, condition: sub.enabled}]\n",
            "values.yaml": "sub: {enabled: false}\n", "crds/a.yaml": object("CustomResourceDefinition", "own"),
            "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
            "charts/sub/crds/b.yaml": object("CustomResourceDefinition", "inner"),
        ])
        #expect(try chart.manifests(options).map(\.name) == ["own"])
        var used = options
        used.values = [.set("sub.enabled=true")]
        #expect(try chart.manifests(used).map(\.name) == ["own", "inner"])
    }

    @Test func whatIsNoObjectNamesTheTemplate() async throws {
        let chart = try await chart(["templates/bad.yaml": "just text"])
        let error = #expect(throws: PlumbError.self) { try chart.manifests(options) }
        #expect(error?.origin?.file == "web/templates/bad.yaml")
    }

    @Test func aChartForAnotherClusterIsRefused() async throws {
        let chart = try await chart([
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: '>=1.30-0'\n",
            "templates/n.yaml": object("Namespace", "ns"),
        ])
        var old = options
        old.capabilities = Capabilities(kubeVersion: "1.29.3")
        #expect(throws: PlumbError.self) { try chart.manifests(old) }
        old.capabilities = Capabilities(kubeVersion: "v1.31.0-gke.1")
        #expect(try chart.manifests(old).count == 1)
    }
}
