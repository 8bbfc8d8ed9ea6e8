import Manifests
import Model
import Synchronization
import Testing

@testable import Rendering

/// A change of a tree, and whether what was rendered of `app` before it may be used on.
struct CacheCase: Sendable, CustomStringConvertible {
    let description: String
    /// nil: the file goes.
    let edit: [String: String?]
    let isFresh: Bool

    static let tree = [
        "app/kustomization.yaml": "resources: [../base, page.yaml]", "app/page.yaml": manifest("page"), "app/NOTES": "read me",
        "base/kustomization.yaml": "resources: [more]", "base/more/kustomization.yaml": "resources: [../../shared/x.yaml]",
        "shared/x.yaml": manifest("x"), "other/y.yaml": manifest("y"),
    ]

    static func manifest(_ name: String) -> String { "{apiVersion: v1, kind: ConfigMap, metadata: {name: \(name)}}" }

    static let all = [
        CacheCase(description: "nothing", edit: [:], isFresh: false),
        CacheCase(description: "another application", edit: ["other/y.yaml": manifest("z")], isFresh: false),
        CacheCase(description: "a file of its own that nobody reads", edit: ["app/NOTES": "again"], isFresh: false),
        CacheCase(description: "its own file", edit: ["app/page.yaml": manifest("page2")], isFresh: true),
        CacheCase(description: "a base", edit: ["base/kustomization.yaml": "resources: [more]\nnamePrefix: a-"], isFresh: true),
        CacheCase(description: "a file of a base of a base", edit: ["shared/x.yaml": manifest("x2")], isFresh: true),
        CacheCase(description: "a listing that grows", edit: ["app/new.yaml": manifest("new")], isFresh: true),
        CacheCase(description: "a file that takes precedence", edit: ["base/more/Kustomization": "resources: []"], isFresh: true),
        CacheCase(description: "a file that goes", edit: ["app/page.yaml": nil], isFresh: true),
    ]
}

struct RenderCacheTests {
    @Test(arguments: CacheCase.all)
    func isRenderedAnewWhenItsInputsChange(_ change: CacheCase) async throws {
        let cache = RenderCache()
        let app = Application.Source(path: "app")
        #expect(try await cache.manifests(of: app, in: MemoryTree(CacheCase.tree)).isFresh)
        var files = CacheCase.tree
        for (path, text) in change.edit { files[path] = text }
        let tree = try MemoryTree(files)
        let fresh = await outcome { try await Rendering.manifests(of: app, in: tree) }
        var isFresh = true
        let cached = await outcome {
            let result = try await cache.manifests(of: app, in: tree)
            isFresh = result.isFresh
            return result.manifests
        }
        #expect(cached == fresh)
        #expect(isFresh == change.isFresh)
    }

    @Test func whatElseItDependsOnIsPartOfTheKey() async throws {
        let cache = RenderCache()
        let tree = try MemoryTree(CacheCase.tree)
        let app = Application.Source(path: "app")
        for _ in 0..<2 { _ = try await cache.manifests(of: app, in: tree) }
        #expect(try await cache.manifests(of: app, in: tree, substitute: ["A": "b"]).isFresh)
        #expect(try await cache.manifests(of: Application.Source(path: "app", renderer: .kustomize), in: tree).isFresh)
        #expect(try await cache.manifests(of: app, in: tree, for: "another").isFresh)
        #expect(try await !cache.manifests(of: app, in: tree).isFresh)
    }

    @Test func isBounded() async throws {
        let cache = RenderCache(maximumEntries: 10)
        let tree = try MemoryTree(CacheCase.tree)
        let app = Application.Source(path: "app")
        for number in 0..<100 {
            _ = try await cache.manifests(of: app, in: tree, for: "\(number)")
            // In use all the time, and so kept.
            #expect(try await !cache.manifests(of: app, in: tree, for: "0").isFresh)
            #expect(cache.count <= 10)
        }
        let tiny = RenderCache(maximumBytes: 100)
        for _ in 0..<2 { #expect(try await tiny.manifests(of: app, in: tree).isFresh) }
        #expect(tiny.count == 0)
    }

    /// A directory on disk that is written while it is rendered.
    @Test func whatChangesMeanwhileIsNotKept() async throws {
        let cache = RenderCache()
        let tree = RestlessTree()
        let app = Application.Source(path: "app", renderer: .plain)
        for _ in 0..<2 { #expect(try await cache.manifests(of: app, in: tree).isFresh) }
    }

    @Test(arguments: 0..<40)
    func theCacheNeverShows(_ seed: UInt64) async throws {
        var random = TreeGenerator(state: seed)
        let cache = RenderCache(maximumEntries: 3)
        var files: [String: String] = [:]
        var reused = 0
        for _ in 0..<60 {
            RandomTree.edit(&files, &random)
            let tree = try SubtreeTree(files, hasSubtrees: seed % 2 == 0)
            for path in RandomTree.directories {
                let app = Application.Source(path: path)
                let fresh = await outcome { try await Rendering.manifests(of: app, in: tree) }
                let cached = await outcome {
                    let result = try await cache.manifests(of: app, in: tree)
                    if !result.isFresh { reused += 1 }
                    return result.manifests
                }
                #expect(cached == fresh)
            }
        }
        #expect(reused > 0)
    }
}

/// What rendering gives: the manifests, or the sentence of the error.
func outcome(_ render: () async throws -> [Manifest]) async -> [String] {
    do { return try await render().map { "\($0.origin) \($0.value.json)" } } catch { return ["\(error)"] }
}

struct TreeGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Small trees in which everything refers to everything, and much is missing.
enum RandomTree {
    static let directories = ["a", "b", "a/c"]
    private static let names = [
        "kustomization.yaml", "Kustomization", "x.yaml", "y.yaml", "notes", "c/kustomization.yaml", "c/z.yaml",
    ]

    static func edit(_ files: inout [String: String], _ random: inout TreeGenerator) {
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let directory = directories.randomElement(using: &random) ?? "a"
            let name = names.randomElement(using: &random) ?? "x.yaml"
            let path = "\(directory)/\(name)"
            if Int.random(in: 0..<4, using: &random) == 0 {
                files[path] = nil
            } else {
                files[path] = name.lowercased().contains("kustomization") ? kustomization(&random) : manifest(&random)
            }
        }
    }

    private static func manifest(_ random: inout TreeGenerator) -> String {
        CacheCase.manifest(["one", "two", "three", "four", "["].randomElement(using: &random) ?? "one")
    }

    private static func kustomization(_ random: inout TreeGenerator) -> String {
        let entries = ["x.yaml", "y.yaml", "c", "../b", "../a", "../a/c", "c/z.yaml", "../x.yaml"]
        let resources = entries.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        let prefix = Bool.random(using: &random) ? "namePrefix: p-\n" : ""
        return "\(prefix)resources: [\(resources.joined(separator: ", "))]"
    }
}

/// A tree that can tell that nothing below a directory changed, as Git's can.
private struct SubtreeTree: FileTree {
    private let tree: MemoryTree
    private let files: [String: String]
    private let hasSubtrees: Bool

    init(_ files: [String: String], hasSubtrees: Bool) throws {
        tree = try MemoryTree(files)
        self.files = files
        self.hasSubtrees = hasSubtrees
    }

    func entry(at path: TreePath) async throws -> TreeEntry? { try await tree.entry(at: path) }
    func list(_ path: TreePath) async throws -> [String] { try await tree.list(path) }
    func read(_ path: TreePath) async throws -> [UInt8] { try await tree.read(path) }

    func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        let below = files.filter { $0.key.hasPrefix("\(path)/") }.sorted { $0.key < $1.key }
        return hasSubtrees && !below.isEmpty ? TreeFingerprint("\(below)") : nil
    }
}

/// One file that is another at every look.
private final class RestlessTree: FileTree {
    private let looks = Atomic<Int>(0)

    private var text: String { CacheCase.manifest("n\(looks.add(1, ordering: .relaxed).newValue)") }

    func entry(at path: TreePath) async throws -> TreeEntry? {
        path.components.count < 2 ? .directory : .file(size: text.utf8.count, executable: false)
    }

    func list(_ path: TreePath) async throws -> [String] { ["x.yaml"] }
    func read(_ path: TreePath) async throws -> [UInt8] { Array(text.utf8) }

    @Test func aRemoteBaseAtAnotherCommitIsRenderedAnew() async throws {
        let cache = RenderCache()
        let tree = try MemoryTree(["kustomization.yaml": "resources: ['https://h/o/r?ref=v1']"])
        let remote = try MemoryTree(["kustomization.yaml": "resources: [m.yaml]", "m.yaml": CacheCase.manifest("m")])
        var context = RenderContext()
        for (commit, isFresh) in [("a", true), ("a", false), ("b", true), ("b", false)] {
            context.remoteTrees = { _, _ in RemoteTree(tree: remote, commit: commit) }
            let result = try await cache.manifests(of: Application.Source(path: "."), in: tree, context: context)
            #expect(result.isFresh == isFresh)
            #expect(result.manifests.map(\.name) == ["m"])
        }
        context.remoteTrees = nil
        await #expect(throws: PlumbError.self) {
            try await cache.manifests(of: Application.Source(path: "."), in: tree, context: context)
        }
    }
}
