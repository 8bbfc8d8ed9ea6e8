import Manifests
import Model
import Testing

@testable import Rendering

/// What templates made, changed by a kustomization of the Application.
struct PostRenderTests {
    private static let chart = [
        "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        "web/crds/d.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: d.example.com}\n",
        "web/templates/all.yaml": """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: ${N}
          template: {spec: {containers: [{name: app, image: "docker.io/library/nginx:1"}]}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {size: "${N}"}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate, annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "5"}}
        spec: {template: {spec: {containers: [{name: app, image: "docker.io/library/nginx:1"}], volumes: [{configMap: {name: settings}}]}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: try, annotations: {helm.sh/hook: test}}
        """,
    ]

    private func render(_ kustomization: String, substitute: [String: String] = ["N": "3"]) async throws -> [Manifest] {
        var settings = HelmSettings()
        settings.postRender = try YAML.parse(Array(kustomization.utf8), file: "k").first?.value.object
        return try await Rendering.manifests(
            of: Application.Source(path: "web", renderer: .helm(settings)), in: try MemoryTree(Self.chart), substitute: substitute)
    }

    private func object(_ kind: String, _ kustomization: String) async throws -> Value? {
        try await render(kustomization).first { $0.kind == kind }?.value
    }

    @Test func imagesAreReplacedInHooksToo() async throws {
        let kustomization = "images: [{name: docker.io/library/nginx, newName: mirror.example.com/nginx, newTag: '2'}]"
        for kind in ["Deployment", "Job"] {
            let containers = try await object(kind, kustomization)?.at("spec", "template", "spec", "containers")
            #expect(containers?[0]?["image"] == "mirror.example.com/nginx:2", "\(kind)")
        }
    }

    @Test func orderHooksAndDefinitionsAreAsTheyWere() async throws {
        let plain = try await render("labels: [{pairs: {team: a}}]")
        #expect(
            plain.map(\.kind) == ["CustomResourceDefinition", "ConfigMap", "Service", "Deployment", "Job"],
            "the order in which Helm installs, and not Kustomize's")
        #expect(plain[0].labels.isEmpty, "what is in crds is not what templates made")
        #expect(plain[1].labels["team"] == "a")
        let job = try #require(plain.last)
        #expect(job.annotation("helm.sh/hook") == "pre-install,pre-upgrade" && job.annotation("helm.sh/hook-weight") == "5")
        #expect(job.origin.file == "web/templates/all.yaml")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var kustomization: String
        var kind: String
        var path: ValuePath
        var value: Value?
        var testDescription: String { kustomization }
    }

    @Test(arguments: [
        Case(
            kustomization:
                "patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}'}]",
            kind: "Deployment", path: ValuePath(keys: "spec", "paused"), value: true),
        Case(
            kustomization: "patches: [{target: {kind: Deployment}, patch: '- {op: remove, path: /spec/replicas}'}]",
            kind: "Deployment", path: ValuePath(keys: "spec", "replicas"), value: nil),
        Case(
            kustomization: "replicas: [{name: web, count: 7}]", kind: "Deployment", path: ValuePath(keys: "spec", "replicas"),
            value: 7),
        Case(
            kustomization: "commonAnnotations: {a: b}", kind: "Service", path: ValuePath(keys: "metadata", "annotations", "a"),
            value: "b"),
        Case(kustomization: "namePrefix: eu-", kind: "ConfigMap", path: ValuePath(keys: "metadata", "name"), value: "eu-settings"),
        Case(kustomization: "namespace: blue", kind: "Service", path: ValuePath(keys: "metadata", "namespace"), value: "blue"),
        Case(
            kustomization: """
                replacements:
                - source: {kind: Service, name: web}
                  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.service], options: {create: true}}]
                """, kind: "ConfigMap", path: ValuePath(keys: "data", "service"), value: "web"),
    ])
    func everyFieldThatNeedsNoFilesCounts(_ test: Case) async throws {
        #expect(try await object(test.kind, test.kustomization)?.get(test.path) == test.value)
    }

    @Test func referencesFollowAChangedName() async throws {
        let volumes = try await object("Job", "nameSuffix: -eu")?.at("spec", "template", "spec", "volumes")
        #expect(volumes?[0]?.at("configMap", "name") == "settings-eu")
    }

    /// A plain scalar becomes a number, one in quotes stays a string, as without a kustomization.
    @Test func variablesAreFilledInAfterwards() async throws {
        let manifests = try await render("commonAnnotations: {from: '${N}'}")
        let deployment = manifests.first { $0.kind == "Deployment" }
        #expect(deployment?.value.at("spec", "replicas") == 3 && deployment?.annotation("from") == "3")
        #expect(manifests.first { $0.kind == "ConfigMap" }?.value.at("data", "size") == "3")
    }

    @Test func aPatchMayDeleteAnObject() async throws {
        let delete = "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, $patch: delete}'}]"
        #expect(try await render(delete).map(\.kind) == ["CustomResourceDefinition", "ConfigMap", "Deployment", "Job"])
    }

    @Test(arguments: [
        ("resources: [a.yaml]", "The field \"resources\" adds objects or reads files"),
        ("configMapGenerator: [{name: a, literals: [b=c]}]", "The field \"configMapGenerator\""),
        ("helmCharts: [{name: a}]", "The field \"helmCharts\""),
        ("transformers: [a.yaml]", "The field \"transformers\""),
        ("patches: [{path: a.yaml}]", "patches[0] reads the file \"a.yaml\""),
        ("patchesStrategicMerge: [a.yaml]", "patchesStrategicMerge[0] reads the file \"a.yaml\""),
        ("replacements: [{path: a.yaml}]", "replacements[0] reads the file \"a.yaml\""),
        ("kind: Component\nnamePrefix: a", "A Component is part of another"),
        ("image: []", "no field \"image\""),
        ("patches: [{patch: '{apiVersion: v1, kind: Secret, metadata: {name: none}, data: {}}'}]", "no such object"),
    ])
    func whatItCannotDoIsRefusedByName(_ kustomization: String, _ words: String) async throws {
        let error = await #expect(throws: PlumbError.self) { try await render(kustomization) }
        #expect(error?.message.contains(words) == true, "\(error as Any)")
        #expect(error?.origin?.file == "render.helm.postRender.kustomize", "\(error as Any)")
    }
}
