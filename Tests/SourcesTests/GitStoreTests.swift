import Model
import Sources
import TestSupport
import Testing

/// What may happen to the copy and the process behind it.
@Suite struct GitStoreTests {
    @Test func outlivesTheDeathOfItsReader() async throws {
        try await Scratch.with { scratch in
            let files = Dictionary(uniqueKeysWithValues: (0..<400).map { ("f/\($0)", String(repeating: "\($0) ", count: 2000)) })
            try await scratch.repository.commit(files)
            try await scratch.source { source in
                let tree = try await source.snapshot(at: try await source.resolve()).tree
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<400 {
                        group.addTask {
                            let text = try await tree.text("f/\(number)")
                            #expect(text == files["f/\(number)"])
                        }
                    }
                    // Once while they read: a question that was asked is asked again.
                    group.addTask { try await Self.killReader(of: scratch) }
                    try await group.waitForAll()
                }
                try await Self.killReader(of: scratch)
                try await scratch.repository.commit(["new": "1"])
                let newer = try await source.snapshot(at: try await source.resolve()).tree
                #expect(try await newer.text("new") == "1")
            }
        }
    }

    /// Its process is found by the path of this test's own repository.
    private static func killReader(of scratch: Scratch) async throws {
        let found = try await ProcessRunner.run("pgrep", ["-f", "git-dir=\(scratch.repository.path) cat-file"])
        for process in found.stdout.split(separator: "\n") { _ = try await ProcessRunner.run("kill", ["-9", String(process)]) }
    }

    @Test func endsItsProcess() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            let name = "git-dir=\(scratch.repository.path) cat-file"
            func isRunning() async throws -> Bool { try await ProcessRunner.run("pgrep", ["-f", name]).succeeded }
            try await scratch.source(limits: GitLimits(idle: .milliseconds(200))) { source in
                let tree = try await source.snapshot(at: try await source.resolve()).tree
                try await eventually("the idle process ends") { try await isRunning() ? nil : () }
                #expect(try await tree.text("a") == "1")
            }
            try await eventually("the process ends with its owner") { try await isRunning() ? nil : () }
        }
    }

    @Test(arguments: [
        "rm repository.git/HEAD", "for p in repository.git/objects/pack/*.pack; do echo rubbish > $p; done",
        "rm -r repository.git/objects/pack/*",
        "echo rubbish > repository.git/config", "rm repository.git/refs/plumb/snapshots/*", "rm -r repository.git/objects",
        "find repository.git -type f -exec truncate -s 0 {} +",
    ])
    func isFetchedAnewWhenDamaged(command: String) async throws {
        try await Scratch.with { scratch in
            let url = "file://\(scratch.repository.path)"
            func read(_ source: GitSource, _ expected: String) async throws {
                let tree = try await source.snapshot(at: try await source.resolve()).tree
                #expect(try await tree.text("d/a") == expected)
            }
            func damage() async throws {
                try await ProcessRunner.check("sh", ["-c", "cd \(scratch.directory)/store/* && chmod -R u+w . && \(command)"])
            }
            try await scratch.repository.commit(["d/a": "1"])
            try await scratch.source(url) { try await read($0, "1") }
            try await damage()
            try await scratch.source(url) { source in
                try await read(source, "1")
                try await damage()
                try await scratch.repository.commit(["d/a": "2"])
                try await read(source, "2")
            }
        }
    }

    @Test func belongsToOneAtATime() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await scratch.source { first in
                _ = try await first.resolve()
                try await scratch.source { second async throws in
                    #expect(await failure { _ = try await second.resolve() }?.code == .conflict)
                }
                // Being refused takes nothing from the one that has it.
                #expect(try await first.snapshot(at: try await first.resolve()).tree.text("a") == "1")
            }
            try await scratch.source { third in _ = try await third.resolve() }
        }
    }

    @Test func servesManyAtOnce() async throws {
        try await Scratch.with { scratch in
            var revisions: [Revision] = []
            for number in 0..<3 {
                revisions.append(
                    Revision(name: "main", digest: try Revision.Digest(try await scratch.repository.commit(["a": "\(number)"]))))
            }
            let known = revisions
            try await scratch.source("file://\(scratch.repository.path)") { source in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<60 {
                        group.addTask {
                            _ = try await source.resolve()
                            let text = try await source.snapshot(at: known[number % 3]).tree.text("a")
                            #expect(text == "\(number % 3)")
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func namesSubmodulesAndLeavesTheRestReadable() async throws {
        try await Scratch.with { scratch in
            let other = try await TestRepository.create(in: scratch.directory, name: "other")
            try await other.commit(["x": "1"])
            try await scratch.repository.commit(["a": "1"])
            try await scratch.repository.submodule(other.path, at: "lib/other")
            try await scratch.tree { tree async throws in
                for path in ["lib/other", "lib/other/x"] {
                    let error = await failure { _ = try await tree.text(path) }
                    #expect(error?.code == .unsupported)
                    #expect(error?.message.contains("lib/other is a Git submodule") == true)
                }
                #expect(try await tree.list("lib") == ["other"])
            }
        }
    }
}
