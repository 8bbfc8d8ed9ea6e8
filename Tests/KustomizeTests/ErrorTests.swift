import Kustomize
import Manifests
import Model
import Testing

/// What people read when a kustomization cannot be built: file, field, and what to do.
struct ErrorTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var files: [String: String]
        var code: PlumbError.Code
        var description: String

        init(_ files: [String: String], _ code: PlumbError.Code, _ description: String) {
            (self.files, self.code, self.description) = (files, code, description)
        }

        var testDescription: String { description }
    }

    static let refusals: [Refusal] = [
        Refusal(
            ["kustomization.yaml": "resource: [a.yaml]\n"], .invalid,
            "kustomization.yaml: There is no field \"resource\" in a kustomization.\n  Correct its name, or remove it."
        ),
        Refusal(
            ["kustomization.yaml": "images: [{name: a}, {name: b, newTag: 1.5}]\n"], .invalid,
            "kustomization.yaml: The field images[1].newTag must be a string, but is a number.\n  Put it in quotes."
        ),
        Refusal(
            ["kustomization.yaml": "inventory: {type: ConfigMap}\n"], .unsupported,
            "kustomization.yaml: The field \"inventory\" of a kustomization is not supported.\n"
                + "  Render this kustomization beforehand, or do without the field."
        ),
        Refusal(
            ["kustomization.yaml": "helmCharts: [{name: a, repo: 'https://example.com'}]\n"], .notFound,
            "kustomization.yaml: The chart \"a\" of helmCharts[0] is not at charts/a, and charts are not fetched while rendering.\n"
                + "  Add it to the repository, for example with helm pull --untar, or say with helmGlobals.chartHome where it is."
        ),
        Refusal(
            ["kustomization.yaml": "resources: [github.com/org/app//deploy?ref=v1]\n"], .unsupported,
            "kustomization.yaml: \"github.com/org/app//deploy?ref=v1\" under resources is a remote base, and none may be fetched.\n"
                + "  Copy it into the repository, or permit it with --allow-remote-bases and the beginning of its URL."
        ),
        Refusal(
            [
                "kustomization.yaml": "resources: [a.yaml]\ntransformers: [t.yaml]\n", "a.yaml": Fixture.service,
                "t.yaml":
                    "apiVersion: example.com/v1\nkind: Fn\nmetadata: {name: f, annotations: {config.kubernetes.io/function: 'exec: {path: x}'}}\n",
            ],
            .unsupported,
            "t.yaml:1: Fn f (example.com/v1) is a function that runs a program, which rendering never does.\n"
                + "  Use one of Kustomize's own transformers and generators (apiVersion: builtin), or render this beforehand."
        ),
        Refusal(
            [
                "kustomization.yaml": "vars: [{name: V, objref: {kind: Service, name: web}}]\nresources: [a.yaml]\n",
                "a.yaml": Fixture.service,
            ],
            .invalid,
            "kustomization.yaml: vars[0] refers to Service \"web\", which is not part of the kustomization.\n"
                + "  Correct objref: it needs the apiVersion, too."
        ),
        Refusal(
            ["kustomization.yaml": "configurations: [c.yaml]\n", "c.yaml": "namePrefix: [{path: 1}]\n"], .invalid,
            "c.yaml: The field namePrefix[0].path must be a string, but is a number.\n  Put it in quotes."
        ),
        Refusal(
            ["kustomization.yaml": "resources: ['https://example.com/a.yaml']\n"], .unsupported,
            "kustomization.yaml: \"https://example.com/a.yaml\" under resources is a remote resource, which is never fetched while rendering.\n"
                + "  Copy it into the repository; only directories of Git repositories can be remote."
        ),
        Refusal(
            ["kustomization.yaml": "resources: [a.yaml]\n"], .notFound,
            "kustomization.yaml: \"a.yaml\" under resources does not exist.\n  Add the file, or remove the entry."
        ),
        Refusal(
            ["kustomization.yaml": "resources: [../x]\n"], .invalid,
            "kustomization.yaml: Under resources: The path \"../x\" leads out of the source."
        ),
        Refusal(
            [
                "kustomization.yaml": "resources: [a]\n", "a/kustomization.yaml": "resources: [b]\n",
                "a/b/kustomization.yaml": "resources: [..]\n",
            ],
            .invalid, "These kustomizations name each other in a circle: a → a/b → a.\n  Remove one of the references."
        ),
        Refusal(
            ["kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": "# nothing\n---\n\nkind: Thing\n"], .invalid,
            "a.yaml:4: This Thing has no metadata.name.\n  A kustomization needs the name of every object."
        ),
        Refusal(
            ["kustomization.yaml": "secretGenerator: [{name: s, literals: [hunter2]}]\n"], .invalid,
            "kustomization.yaml: An entry of secretGenerator[0].literals is not key=value."
        ),
    ]

    @Test(arguments: refusals) func saysWhatIsWrong(_ refusal: Refusal) async throws {
        let error = await #expect(throws: PlumbError.self) { try await Kustomize.build(.root, in: MemoryTree(refusal.files)) }
        #expect(error?.code == refusal.code)
        #expect(error?.description == refusal.description)
    }

    @Test func definitionsInACircleAreBounded() async throws {
        let files = [
            "kustomization.yaml": "resources: [a.yaml]\ncrds: [c.yaml]\n", "a.yaml": Fixture.service,
            "c.yaml": """
            example.com.v1.Thing: {Schema: {properties: {kind: {}, apiVersion: {}, metadata: {}, spec: {$ref: example.com.v1.Thing}}}}
            """,
        ]
        let error = await #expect(throws: PlumbError.self) { try await Kustomize.build(.root, in: MemoryTree(files)) }
        #expect(error?.code == .limit)
    }

    @Test func depthIsBounded() async throws {
        var files = ["deep/kustomization.yaml": "resources: [../0]\n"]
        for level in 0...KustomizeLimits.depth { files["\(level)/kustomization.yaml"] = "resources: [../\(level + 1)]\n" }
        let error = await #expect(throws: PlumbError.self) { try await Kustomize.build(TreePath("deep"), in: MemoryTree(files)) }
        #expect(error?.code == .limit)
    }

    @Test func layersAreCountedAsOftenAsTheyAreUsed() async throws {
        var files = ["0/kustomization.yaml": "resources: [a.yaml]\n", "0/a.yaml": Fixture.service]
        for level in 1...20 {
            for side in ["l", "r"] {
                files["\(level)\(side)/kustomization.yaml"] = "resources: [../\(level - 1)]\nnamePrefix: \(side)\n"
            }
            files["\(level)/kustomization.yaml"] = "resources: [../\(level)l, ../\(level)r]\n"
        }
        let error = await #expect(throws: PlumbError.self) { try await Kustomize.build(TreePath("20"), in: MemoryTree(files)) }
        #expect(error?.code == .limit)
    }

    @Test func originsAreFilesAndLines() async throws {
        let tree = try MemoryTree([
            "kustomization.yaml": "resources: [base]\nconfigMapGenerator: [{name: c, literals: [a=b]}]\n",
            "base/kustomization.yaml": "resources: [two.yaml]\nnamePrefix: p-\n",
            "base/two.yaml": Fixture.account + "---\n" + Fixture.claim,
        ])
        let manifests = try await Kustomize.build(.root, in: tree)
        #expect(
            manifests.map { "\($0.kind) \($0.origin)" } == [
                "ServiceAccount base/two.yaml:1", "ConfigMap kustomization.yaml", "PersistentVolumeClaim base/two.yaml:6",
            ])
    }
}
