import Manifests
import Model
import Synchronization
import Testing

@testable import Rendering

/// What a program prints, as manifests.
struct PluginRenderingTests {
    private static let source = Application.Source(path: "app", renderer: .plugin(PluginSettings(name: "test")))

    private static func context(_ output: String, scope: TreePath = .root) -> RenderContext {
        var context = RenderContext()
        context.plugins = PluginRendering(scope: { _, _ in scope }, run: { _, _, _ in Array(output.utf8) })
        return context
    }

    @Test(arguments: [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ${N}\n",
        #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}},{"apiVersion":"v1","kind":"Secret","metadata":{"name":"${N}"}}]}"#,
    ])
    func yamlAndJSONAreRead(_ output: String) async throws {
        let manifests = try await Rendering.manifests(
            of: Self.source, in: MemoryTree(["app/x": ""]), substitute: ["N": "b"], context: Self.context(output))
        #expect(manifests.map { "\($0.kind) \($0.name)" } == ["ConfigMap a", "Secret b"])
        #expect(manifests[0].origin.file == "the output of the plugin test")
    }

    @Test(arguments: [
        ("# nothing\n---\n", "printed no manifests"), ("Usage: test", "the output of the plugin test:1"),
        ("a: [", "the output of the plugin test"),
    ])
    func whatIsNoManifestIsAnError(_ output: String, _ words: String) async throws {
        let error = await #expect(throws: (any Error).self) {
            try await Rendering.manifests(of: Self.source, in: MemoryTree(["app/x": ""]), context: Self.context(output))
        }
        #expect("\(try #require(error))".contains(words))
    }

    @Test func withoutPluginsTheFlagIsNamed() async throws {
        let error = await #expect(throws: PlumbError.self) {
            try await Rendering.manifests(of: Self.source, in: MemoryTree(["app/x": ""]))
        }
        #expect(error?.code == .unsupported && error?.remedy?.contains("--plugins") == true)
    }

    /// The output is kept as long as nothing in what it may read changes, whatever it does read.
    @Test func theOutputIsKeptByTheWholeOfWhatItMayRead() async throws {
        let runs = Mutex(0)
        func fresh(_ scope: TreePath, _ cache: RenderCache, _ files: [String: String]) async throws -> Bool {
            var context = RenderContext()
            context.plugins = PluginRendering(scope: { _, _ in scope }) { _, _, _ in
                runs.withLock { $0 += 1 }
                return Array("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n".utf8)
            }
            return try await cache.manifests(of: Self.source, in: Digested(tree: MemoryTree(files)), context: context).isFresh
        }
        for (scope, isAffected) in [(TreePath.root, true), (try TreePath("app"), false)] {
            let cache = RenderCache()
            #expect(try await fresh(scope, cache, ["app/x": "1", "lib/y": "1"]))
            #expect(try await !fresh(scope, cache, ["app/x": "1", "lib/y": "1"]))
            #expect(try await fresh(scope, cache, ["app/x": "1", "lib/y": "2"]) == isAffected)
            #expect(try await fresh(scope, cache, ["app/x": "2", "lib/y": "2"]))
        }
        #expect(runs.withLock { $0 } == 5)
    }
}

/// Says of a directory what all below it is.
private struct Digested: FileTree {
    let tree: MemoryTree

    func entry(at path: TreePath) async throws -> TreeEntry? { try await tree.entry(at: path) }
    func list(_ path: TreePath) async throws -> [String] { try await tree.list(path) }
    func read(_ path: TreePath) async throws -> [UInt8] { try await tree.read(path) }

    func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        var parts: [[String]] = []
        for name in try await tree.list(path) {
            let child = path.child(name)
            if case .directory? = try await tree.entry(at: child) {
                parts.append([name, try await subtreeFingerprint(at: child)?.description ?? ""])
            } else {
                parts.append([name, String(decoding: try await tree.read(child), as: UTF8.self)])
            }
        }
        return TreeFingerprint("\(Digest(records: parts))")
    }
}
