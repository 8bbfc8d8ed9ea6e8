import Model
import Sources
import TestSupport
import Testing

/// A change of a repository, and which of a few paths give another fingerprint after it.
struct FingerprintCase: Sendable, CustomStringConvertible {
    let description: String
    /// Steps of a shell in the work tree.
    let act: String
    let changed: Set<String>
    /// The directories all of which is as it was, where Git says so.
    let subtrees: Set<String>

    static let paths = ["a", "a/file", "a/run", "b", "b/link", "b/linked", "b/linked/file", "nothing"]
    static let all = [
        FingerprintCase(description: "another file", act: "echo 2 > c/file", changed: [], subtrees: ["a"]),
        FingerprintCase(
            description: "content", act: "echo 2 > a/file", changed: ["a/file", "b/link", "b/linked/file"], subtrees: []),
        FingerprintCase(description: "executable bit", act: "chmod -x a/run", changed: ["a/run"], subtrees: []),
        FingerprintCase(description: "a listing that grows", act: "echo 1 > a/new", changed: ["a", "b/linked"], subtrees: []),
        FingerprintCase(description: "a file that comes", act: "echo 1 > nothing", changed: ["nothing"], subtrees: ["a"]),
        FingerprintCase(
            description: "a link that leads elsewhere", act: "ln -sfn ../c/file b/link", changed: ["b/link"], subtrees: ["a"]),
        FingerprintCase(
            description: "a directory behind a link", act: "ln -sfn ../c b/linked", changed: ["b/linked", "b/linked/file"],
            subtrees: ["a"]),
        FingerprintCase(
            description: "a file becomes a directory", act: "rm a/file; mkdir a/file; echo 1 > a/file/x",
            changed: ["a/file", "b/link", "b/linked/file"], subtrees: []),
    ]
}

struct FingerprintTests {
    @Test(arguments: FingerprintCase.all)
    func standsForWhatAReaderGets(_ change: FingerprintCase) async throws {
        try await Scratch.with { scratch in
            let work = scratch.repository.work
            try await scratch.repository.commit(
                ["a/file": "1\n", "a/run": "run\n", "c/file": "c\n", "c/other": "d\n", "b/own": "own\n"], executable: ["a/run"])
            try await shell("ln -s ../a/file b/link; ln -s ../a b/linked", work)
            try await scratch.repository.commit(["round": "1"])
            try await scratch.tree { first in
                let disk = try await DirectoryTree(work)
                let onDisk = try await prints(disk)
                let subtrees = try await subtrees(first)
                #expect(Set(subtrees.keys) == ["a"], "a directory with links in it is not known as a whole")

                try await shell(change.act, work)
                try await scratch.repository.commit(["round": "2"])
                try await scratch.tree(store: "other") { second in
                    let (old, new) = (try await prints(first), try await prints(second))
                    #expect(Set(FingerprintCase.paths.filter { old[$0] != new[$0] }) == change.changed)
                    let now = try await self.subtrees(second)
                    #expect(Set(subtrees.keys.filter { subtrees[$0] == now[$0] }) == change.subtrees)
                }
                let later = try await prints(disk)
                #expect(Set(FingerprintCase.paths.filter { onDisk[$0] != later[$0] }) == change.changed)
            }
        }
    }

    private func prints(_ tree: any FileTree) async throws -> [String: TreeFingerprint?] {
        var prints: [String: TreeFingerprint?] = [:]
        for path in FingerprintCase.paths { prints.updateValue(try await tree.fingerprint(at: try TreePath(path)), forKey: path) }
        return prints
    }

    private func subtrees(_ tree: any FileTree) async throws -> [String: TreeFingerprint] {
        var prints: [String: TreeFingerprint] = [:]
        for path in ["a", "b", "nothing"] { prints[path] = try await tree.subtreeFingerprint(at: try TreePath(path)) }
        return prints
    }

    private func shell(_ script: String, _ directory: String) async throws {
        try await ProcessRunner.check("sh", ["-c", "cd '\(directory)' && \(script)"])
    }
}
