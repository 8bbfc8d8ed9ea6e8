import Model
import Sources
import TestSupport
import Testing

/// What every tree promises, whatever is behind it.
@Suite struct TreeContractTests {
    /// How the same files are reached.
    enum Way: String, CaseIterable, Sendable { case directory, local, fetched }

    @Test(arguments: Way.allCases) func readsFiles(way: Way) async throws {
        try await Self.with(way) { tree async throws in
            #expect(try await tree.text("apps/web/page.yaml") == "kind: Page\n")
            #expect(try await tree.text("./apps//web/../web/page.yaml") == "kind: Page\n")
            #expect(try await tree.text("README") == "read me\n")
            #expect(try await tree.text("empty") == "")
        }
    }

    @Test(arguments: Way.allCases) func listsNamesByTheirBytes(way: Way) async throws {
        try await Self.with(way) { tree async throws in
            #expect(try await tree.list("names") == ["B", "a", "a-b", "a.b", "ab", "ä"])
            #expect(try await tree.list(".").contains(".git") == false)
            #expect(try await tree.list("links/folder") == ["page.yaml", "run.sh"])
        }
    }

    @Test(arguments: Way.allCases) func tellsWhatAPathIs(way: Way) async throws {
        try await Self.with(way) { tree async throws in
            #expect(try await tree.entry("apps") == .directory)
            #expect(try await tree.entry(".") == .directory)
            #expect(try await tree.entry("apps/web/run.sh") == .file(size: 10, executable: true))
            #expect(try await tree.entry("README") == .file(size: 8, executable: false))
            #expect(try await tree.entry("links/file") == .file(size: 11, executable: false))
            #expect(try await tree.entry("nothing") == nil)
            #expect(try await tree.entry("README/below") == nil)
            #expect(try await tree.entry(".git") == nil)
        }
    }

    @Test(
        arguments: Way.allCases,
        [
            ("links/file", "kind: Page\n"), ("links/folder/page.yaml", "kind: Page\n"), ("links/chain", "kind: Page\n"),
            ("links/up", "read me\n"), ("links/through", "read me\n"),
        ])
    func followsSymlinksInside(way: Way, link: (path: String, text: String)) async throws {
        try await Self.with(way) { tree async throws in
            #expect(try await tree.text(link.path) == link.text)
        }
    }

    struct Refusal: Sendable {
        let path: String
        let code: PlumbError.Code
        /// What the sentence has to name.
        let names: String
    }

    static let refusals = [
        Refusal(path: "links/outside", code: .invalid, names: "links/outside"),
        Refusal(path: "links/absolute", code: .invalid, names: "links/absolute"),
        Refusal(path: "links/sneaky", code: .invalid, names: "links/sneaky"),
        Refusal(path: "links/circle", code: .invalid, names: "links/circle"),
        Refusal(path: "links/self", code: .invalid, names: "links/self"),
        Refusal(path: "links/dangling", code: .notFound, names: "links/dangling"),
        Refusal(path: "nothing", code: .notFound, names: "nothing"),
        Refusal(path: "apps", code: .notFound, names: "apps"),
        Refusal(path: "large", code: .limit, names: "large"),
        Refusal(path: "pointer.bin", code: .unsupported, names: "Git LFS"),
    ]

    @Test(arguments: Way.allCases, refusals) func refusesByName(way: Way, refusal: Refusal) async throws {
        try await Self.with(way) { tree async throws in
            let error = await failure { _ = try await tree.text(refusal.path) }
            #expect(error?.code == refusal.code, "\(error as Any)")
            #expect(error?.message.contains(refusal.names) == true, "\(error as Any)")
            #expect(try await tree.text("README") == "read me\n", "a refusal must not disturb the next reader")
        }
    }

    @Test(arguments: Way.allCases) func listsOnlyDirectories(way: Way) async throws {
        try await Self.with(way) { tree async throws in
            for path in ["README", "nothing"] {
                #expect(await failure { _ = try await tree.list(path) }?.code == .notFound)
            }
        }
    }

    @Test(arguments: Way.allCases) func servesManyReadersAtOnce(way: Way) async throws {
        try await Self.with(way) { tree async throws in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 { group.addTask { try await tree.text("many/\(number % 40)") } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(texts == Set((0..<40).map { "\($0)\n" }))
        }
    }

    /// Made once and only read.
    private static let prepared = Task {
        let directory = try TemporaryDirectory("contract")
        let repository = try await TestRepository.create(in: directory.path)
        try await fill(repository)
        return Prepared(directory: directory, repository: repository)
    }

    private final class Prepared: Sendable {
        let directory: TemporaryDirectory
        let repository: TestRepository

        init(directory: consuming TemporaryDirectory, repository: TestRepository) {
            self.directory = directory
            self.repository = repository
        }
    }

    private static func with(_ way: Way, _ body: (any FileTree) async throws -> Void) async throws {
        let repository = try await prepared.value.repository
        try await TemporaryDirectory.with("contract-store") { store in
            let scratch = Scratch(directory: store, repository: repository)
            switch way {
            case .directory: try await body(try await DirectoryTree(repository.work))
            case .local: try await scratch.tree { try await body($0) }
            case .fetched: try await scratch.tree("file://\(repository.path)") { try await body($0) }
            }
        }
    }

    private static func fill(_ repository: TestRepository) async throws {
        let links = [
            "file": "../apps/web/page.yaml", "folder": "../apps/web", "chain": "file", "up": "../README",
            "through": "folder/../../README",
            "outside": "../../secret", "absolute": "/etc/passwd", "sneaky": "folder/../../../secret", "circle": "circle2",
            "circle2": "circle",
            "self": "self", "dangling": "nowhere",
        ]
        try Files.write(["links/.keep": ""], to: repository.work)
        for (name, target) in links { try await ProcessRunner.check("ln", ["-s", target, "\(repository.work)/links/\(name)"]) }
        try await repository.commit(
            [
                "apps/web/page.yaml": "kind: Page\n", "apps/web/run.sh": "#!/bin/sh\n", "README": "read me\n", "empty": "",
                "names/B": "", "names/a": "", "names/a-b": "", "names/a.b/x": "", "names/ab": "", "names/ä": "",
                "large": String(repeating: "x", count: TreeLimits.fileSize + 1),
                "pointer.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
            ].merging((0..<40).map { ("many/\($0)", "\($0)\n") }) { first, _ in first }, executable: ["apps/web/run.sh"])
    }
}
