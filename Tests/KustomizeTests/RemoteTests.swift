import Manifests
import Model
import Testing

@testable import Kustomize

/// Bases of other repositories, which a closure finds.
struct RemoteTests {
    /// An entry of `resources:`, and the repository, path and reference in it; nil for what is no such URL.
    static let entries: [(entry: String, parts: [String]?)] = [
        ("https://github.com/org/repo//a/b?ref=v1.0.0", ["https://github.com/org/repo", "a/b", "v1.0.0"]),
        ("https://github.com/org/repo/a/b?ref=v1", ["https://github.com/org/repo", "a/b", "v1"]),
        ("https://github.com/org/repo?ref=v1", ["https://github.com/org/repo", "", "v1"]),
        ("https://git.example.com/deep/group/repo.git/a?ref=v1", ["https://git.example.com/deep/group/repo.git", "a", "v1"]),
        ("https://git.example.com/deep/group/repo//a?version=v1", ["https://git.example.com/deep/group/repo", "a", "v1"]),
        (
            "https://h.example.com:8443/org/repo//a?timeout=5s&ref=v1&submodules=false",
            ["https://h.example.com:8443/org/repo", "a", "v1"]
        ),
        ("github.com/org/repo/a?ref=v1", ["https://github.com/org/repo", "a", "v1"]),
        ("github.com/org/repo//a", ["https://github.com/org/repo", "a", ""]),
        ("github.com:org/repo//a?ref=v1", ["https://github.com/org/repo", "a", "v1"]),
        ("git::https://h.example.com/org/repo//a?ref=v1", ["https://h.example.com/org/repo", "a", "v1"]),
        ("git@h.example.com:org/repo.git//a?ref=v1", ["git@h.example.com:org/repo.git", "a", "v1"]),
        ("ssh://git@h.example.com/org/repo.git//a?ref=v1", ["ssh://git@h.example.com/org/repo.git", "a", "v1"]),
        ("file:///srv/git/repo.git//a?ref=v1", ["file:///srv/git/repo.git", "a", "v1"]),
        ("file:///srv/git/repo//a?ref=v1", ["file:///srv/git/repo", "a", "v1"]),
        ("https://example.com/org/repo/raw/main/a.yaml", nil),
        ("https://example.com/org/repo//a?ref=v1&depth=1", nil),
        ("https://example.com/repo", nil),
        ("https://example.com", nil),
    ]

    @Test(arguments: entries) func readsURLs(_ entry: (entry: String, parts: [String]?)) {
        #expect(RemoteReference.isRemote(entry.entry))
        #expect(RemoteReference(entry.entry).map { [$0.repository, $0.path, $0.reference] } == entry.parts)
    }

    /// Repositories by URL, each with the files of its one tag `v1`.
    private func build(_ files: [String: String], _ repositories: [String: [String: String]]) async throws -> [Manifest] {
        let trees = try repositories.mapValues { try MemoryTree($0) }
        return try await Kustomize.build(TreePath("app"), in: MemoryTree(files)) { url, reference in
            guard let tree = trees[url], reference == "v1" else { throw PlumbError(.denied, "no \(url) at \(reference)") }
            return RemoteTree(tree: tree, commit: "c0ffee")
        }
    }

    private let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}"

    @Test func basesAndComponentsComeFromOtherRepositories() async throws {
        let manifests = try await build(
            [
                "app/kustomization.yaml": """
                resources: ["https://h/o/one//over?ref=v1"]
                components: ["https://h/o/two//part?ref=v1"]
                namePrefix: p-
                """
            ],
            [
                "https://h/o/one": [
                    "over/kustomization.yaml": "resources: [../base, 'https://h/o/two//base?ref=v1']",
                    "base/kustomization.yaml": "resources: [m.yaml]",
                    "base/m.yaml": map,
                ],
                "https://h/o/two": [
                    "part/kustomization.yaml": "{kind: Component, nameSuffix: -s}",
                    "base/kustomization.yaml": "resources: [n.yaml]",
                    "base/n.yaml": "{apiVersion: v1, kind: Secret, metadata: {name: n}}",
                ],
            ])
        #expect(manifests.map(\.name) == ["p-m-s", "p-n-s"])
        #expect(manifests[0].origin.file == "https://h/o/one?ref=v1//base/m.yaml")
    }

    static let refused: [(resource: String, remote: [String: String], code: PlumbError.Code, says: String)] = [
        ("https://h/o/r//x?ref=v1", ["x/kustomization.yaml": "resources: [../../etc]"], .invalid, "leads out of the source"),
        ("https://h/o/r//../x?ref=v1", [:], .invalid, "leads out of the source"),
        ("https://h/o/r//x", [:], .invalid, "does not say at which tag or commit"),
        ("https://h/o/r//x?ref=v2", [:], .denied, "no https://h/o/r at v2"),
        ("https://h/o/r//x?ref=v1", ["y": ""], .notFound, "no kustomization in https://h/o/r?ref=v1//x"),
        (
            "https://h/o/r//x?ref=v1", ["x/kustomization.yaml": "resources: [a.yaml]"], .notFound,
            "https://h/o/r?ref=v1//x/kustomization.yaml"
        ),
        ("https://h/o/r//x?ref=v1", ["x/kustomization.yaml": "resources: ['https://h/o/r//x?ref=v1']"], .invalid, "in a circle"),
        ("https://h/o/r//x?ref=v1", ["x/kustomization.yaml": "{kind: Component}"], .invalid, "is empty"),
        ("https://h/o/r//x?ref=v1", ["x/kustomization.yaml": "{kind: Component, namePrefix: a}"], .invalid, "is a Component"),
        ("https://h/o/r/x.yaml?ref=v1", [:], .unsupported, "is a remote resource"),
    ]

    @Test(arguments: refused)
    func refuses(_ refusal: (resource: String, remote: [String: String], code: PlumbError.Code, says: String)) async throws {
        let error = await #expect(throws: PlumbError.self) {
            try await build(["app/kustomization.yaml": "resources: ['\(refusal.resource)']"], ["https://h/o/r": refusal.remote])
        }
        #expect(error?.code == refusal.code)
        #expect(error?.description.contains(refusal.says) == true, "\(error?.description ?? "")")
    }

    @Test func depthAndNumberAreBounded() async throws {
        var chain: [String: [String: String]] = [:]
        for level in 0...KustomizeLimits.remoteDepth {
            chain["https://h/o/\(level)"] = ["kustomization.yaml": "resources: ['https://h/o/\(level + 1)?ref=v1']"]
        }
        let deep = await #expect(throws: PlumbError.self) {
            try await build(["app/kustomization.yaml": "resources: ['https://h/o/0?ref=v1']"], chain)
        }
        #expect(deep?.code == .limit)

        let count = KustomizeLimits.remotes + 1
        let many = Dictionary(
            uniqueKeysWithValues: (0..<count).map {
                ("https://h/o/\($0)", ["kustomization.yaml": "resources: [m.yaml]", "m.yaml": map])
            })
        let names = (0..<count).map { "'https://h/o/\($0)?ref=v1'" }.joined(separator: ", ")
        let wide = await #expect(throws: PlumbError.self) {
            try await build(["app/kustomization.yaml": "resources: [\(names)]"], many)
        }
        #expect(wide?.code == .limit)
    }
}
