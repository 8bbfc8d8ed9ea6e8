import Manifests
import Model
import Testing

@testable import Rendering

/// What a directory is taken for, and what is read of it.
@Suite struct DetectionTests {
    private static func map(_ name: String) -> String { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n" }

    private static func names(_ files: [String: String], path: String = ".") async throws -> [String] {
        try await Rendering.manifests(of: Application.Source(path: path), in: try MemoryTree(files)).map(\.name)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var files: [String]
        var renderer: Application.Renderer

        init(_ name: String, _ files: [String], _ renderer: Application.Renderer) {
            testDescription = name
            self.files = files
            self.renderer = renderer
        }
    }

    @Test(arguments: [
        Case("YAML", ["a.yaml"], .plain),
        Case("no file at the top", ["x/a.yaml"], .plain),
        Case("kustomization.yaml", ["a.yaml", "kustomization.yaml"], .kustomize),
        Case("kustomization.yml", ["kustomization.yml"], .kustomize),
        Case("Kustomization", ["Kustomization"], .kustomize),
        Case("a kustomization further down", ["x/kustomization.yaml", "a.yaml"], .plain),
        Case("Chart.yaml", ["Chart.yaml", "templates/a.yaml"], .helm(HelmSettings())),
        Case("a chart beside a kustomization", ["kustomization.yaml", "Chart.yaml"], .helm(HelmSettings())),
        Case("a kustomization beside a compose file", ["kustomization.yaml", "compose.yaml"], .kustomize),
        Case("a chart further down", ["charts/x/Chart.yaml", "a.yaml"], .plain),
    ])
    func aDirectoryIsTakenForWhatItsFilesSay(_ test: Case) async throws {
        let tree = try MemoryTree(Dictionary(uniqueKeysWithValues: test.files.map { ($0, "") }))
        #expect(try await Detection.renderer(of: .root, in: tree) == test.renderer)
    }

    @Test(arguments: [
        ("compose.yaml", "The source is a Compose project", "not a target of this version"),
        ("docker-compose.yml", "The source is a Compose project", "not a target of this version"),
        ("main.tf", "The source is a Terraform module", "not a target of this version"),
    ])
    func whatIsNotRenderedIsRefusedByName(files: String, sentence: String, remedy: String) async throws {
        let tree = try MemoryTree(Dictionary(uniqueKeysWithValues: files.split(separator: " ").map { (String($0), "") }))
        let error = await #expect(throws: PlumbError.self) { try await Detection.renderer(of: .root, in: tree) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains(sentence) == true && error?.remedy?.contains(remedy) == true, "\(error as Any)")
    }

    @Test func aFileAndNothingAreNoSource() async throws {
        let tree = try MemoryTree(["a/b.yaml": ""])
        let file = await #expect(throws: PlumbError.self) { try await Detection.renderer(of: TreePath("a/b.yaml"), in: tree) }
        #expect(file?.message == "The source a/b.yaml is a file, and a source is a directory.")
        let archive = try MemoryTree(["a/web-1.0.0.tgz": ""])
        #expect(try await Detection.renderer(of: TreePath("a/web-1.0.0.tgz"), in: archive) == .helm(HelmSettings()))
        let nothing = await #expect(throws: PlumbError.self) { try await Detection.renderer(of: TreePath("c"), in: tree) }
        #expect(nothing?.code == .notFound && nothing?.message.contains("There is no directory c") == true)
    }

    // MARK: Plain directories

    @Test func filesAreReadInTheOrderOfTheirPaths() async throws {
        let names = try await Self.names([
            "b.yaml": Self.map("b1") + "---\n" + Self.map("b2"), "a/z.yml": Self.map("az"),
            "a/b/c.json": #"{"apiVersion":"v1","kind":"X","metadata":{"name":"abc"}}"#,
            "Z.YAML": Self.map("upper"), "README.md": "text", "notes.txt": "a: b", ".hidden.yaml": "not: read",
            ".git/config.yaml": "not: read",
        ])
        #expect(names == ["upper", "abc", "az", "b1", "b2"])
    }

    @Test func aDirectoryMayBeNamedLikeAFile() async throws {
        #expect(try await Self.names(["conf.yaml/a.yaml": Self.map("a")]) == ["a"])
    }

    @Test func onlyThePathIsRead() async throws {
        #expect(
            try await Self.names(
                ["apps/a/a.yaml": Self.map("a"), "apps/b/b.yaml": Self.map("b"), "x.yaml": "broken: ["], path: "apps/a") == ["a"])
    }

    @Test func emptyDocumentsAndDirectoriesAreNoError() async throws {
        #expect(try await Self.names(["a.yaml": "---\n# nothing\n---\n", "b.json": " "]).isEmpty)
    }

    @Test func theContentOfAHostFileIsNoManifest() async throws {
        let file = """
            apiVersion: host.plumb.dev/v1alpha1
            kind: File
            metadata: {name: settings}
            spec: {path: etc/settings.yaml, source: files/settings.yaml}
            """
        #expect(try await Self.names(["a.yaml": file, "files/settings.yaml": "port: 80"]) == ["settings"])
        // Another file of that kind still is one.
        await #expect(throws: (any Error).self) { try await Self.names(["a.yaml": file, "files/other.yaml": "port: 80"]) }
    }

    @Test(arguments: [
        ("a.yaml", "b.yaml", "b.yaml:1: ConfigMap \"x\" is there twice; the other one is in a.yaml:1."),
        ("a.yaml", "sub/a.yml", "sub/a.yml:1: ConfigMap \"x\" is there twice; the other one is in a.yaml:1."),
    ])
    func oneObjectIsThereOnce(first: String, second: String, sentence: String) async throws {
        let error = await #expect(throws: PlumbError.self) { try await Self.names([first: Self.map("x"), second: Self.map("x")]) }
        #expect("\(error as Any)".contains(sentence), "\(error as Any)")
    }

    @Test func equalNamesOfOtherKindsAndNamespacesAreOthers() async throws {
        let names = try await Self.names([
            "a.yaml": Self.map("x"), "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: other}\n",
            "c.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n",
            "d.yaml": "apiVersion: a/v1\nkind: ConfigMap\nmetadata: {name: x}\n",
        ])
        #expect(names.count == 4)
    }

    @Test func variablesAreFilledInBeforeObjectsAreCompared() async throws {
        let error = await #expect(throws: PlumbError.self) {
            try await SubstitutionTests.render(["a.yaml": Self.map("\"${N}\""), "b.yaml": Self.map("x")], ["N": "x"])
        }
        #expect("\(error as Any)".contains("is there twice"), "\(error as Any)")
    }
}
