import Dispatch
import Glibc
import TestSupport
import Testing

@testable import FileWatching

/// Something done below a directory, and the path that is to be told.
struct ChangeCase: Sendable, CustomStringConvertible {
    let description: String
    var before: [String] = []
    let watched: String
    let act: [String]
    var told: String? = nil
}

/// Each line of `before` and `act` is one step of a shell in a fresh directory, which has the file `file` and `directory/one`.
private let cases = [
    ChangeCase(description: "content", watched: "file", act: ["echo more >> file"]),
    ChangeCase(
        description: "content of the same size, with the old time", watched: "file", act: ["echo ONE > file", "touch -d @0 file"]),
    ChangeCase(description: "mode", watched: "file", act: ["chmod 600 file"]),
    ChangeCase(description: "another in its place", watched: "file", act: ["echo two > other", "mv other file"]),
    ChangeCase(description: "deletion", watched: "file", act: ["rm file"]),
    ChangeCase(description: "moved away", watched: "file", act: ["mv file elsewhere"]),
    ChangeCase(description: "creation", watched: "new", act: ["echo 1 > new"]),
    ChangeCase(description: "creation with parents", watched: "a/b/c/new", act: ["mkdir -p a/b/c", "echo 1 > a/b/c/new"]),
    ChangeCase(
        description: "parents moved in with it", before: ["mkdir -p x/b", "echo 1 > x/b/new"], watched: "a/b/new", act: ["mv x a"]),
    ChangeCase(description: "parents moved away with it", watched: "directory/one", act: ["mv directory elsewhere"]),
    ChangeCase(
        description: "a parent in place of a file", watched: "file/new", act: ["rm file", "mkdir file", "echo 1 > file/new"]),
    ChangeCase(description: "new entry", watched: "directory", act: ["echo 2 > directory/two"], told: "directory/two"),
    ChangeCase(description: "changed entry", watched: "directory", act: ["echo 2 > directory/one"], told: "directory/one"),
    ChangeCase(description: "removed entry", watched: "directory", act: ["rm directory/one"], told: "directory/one"),
    ChangeCase(description: "mode of a directory", watched: "directory", act: ["chmod 700 directory"]),
    ChangeCase(description: "a directory comes with entries", watched: "d", act: ["mkdir d"]),
    ChangeCase(description: "a directory removed", watched: "directory", act: ["rm -r directory"]),
    ChangeCase(description: "a file becomes a directory", watched: "file", act: ["rm file", "mkdir file"]),
    ChangeCase(description: "what a symlink leads to", before: ["ln -s file link"], watched: "link", act: ["echo 2 > file"]),
    ChangeCase(
        description: "a symlink that leads elsewhere", before: ["ln -s file link"], watched: "link",
        act: ["ln -sfn directory/one link"]),
    ChangeCase(
        description: "a parent that is a symlink", before: ["ln -s directory link"], watched: "link/one",
        act: ["echo 2 > directory/one"]),
    ChangeCase(
        description: "a parent that leads elsewhere", before: ["ln -s directory link", "mkdir other", "echo 2 > other/one"],
        watched: "link/one", act: ["ln -s other new", "mv -T new link"]),
    ChangeCase(
        description: "a mounted Secret",
        before: ["mkdir v1 v2", "echo 1 > v1/key", "echo 2 > v2/key", "ln -s v1 ..data", "ln -s ..data/key key"],
        watched: "key", act: ["ln -s v2 ..new", "mv -T ..new ..data"]),
    ChangeCase(
        description: "a link in a circle that is broken", before: ["ln -s b a", "ln -s a b"], watched: "a", act: ["ln -sfn file b"]),
]

struct ChangeTests {
    @Test(arguments: Reports.Means.allCases, cases)
    func isTold(_ means: Reports.Means, _ change: ChangeCase) async throws {
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(["echo one > file", "mkdir directory", "echo one > directory/one"] + change.before, in: directory)
            try await Reports.with(means, ["\(directory)/\(change.watched)"]) { reports in
                try await shell(change.act, in: directory)
                try await reports.wait(for: "\(directory)/\(change.told ?? change.watched)")
            }
        }
    }

    /// Whatever became of it, the path itself is watched on.
    @Test(arguments: Reports.Means.allCases, cases)
    func isWatchedAfterwards(_ means: Reports.Means, _ change: ChangeCase) async throws {
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(["echo one > file", "mkdir directory", "echo one > directory/one"] + change.before, in: directory)
            let path = "\(directory)/\(change.watched)"
            try await Reports.with(means, [path]) { reports in
                try await shell(change.act, in: directory)
                try await reports.wait(for: "\(directory)/\(change.told ?? change.watched)")
                try await shell(["rm -rf '\(path)'", "mkdir -p '\(path)'"], in: directory)
                // Told of the new directory, or of what came before it: then its entries are watched, or will be.
                _ = try await eventually("a report of an entry") {
                    reports.clear()
                    try await shell(["echo 1 >> '\(path)/entry'"], in: directory)
                    try await Task.sleep(for: .milliseconds(50))
                    return reports.paths.contains("\(path)/entry") ? true : nil
                }
            }
        }
    }

    @Test(arguments: Reports.Means.allCases)
    func nothingElseIsTold(_ means: Reports.Means) async throws {
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(["echo 1 > file", "echo 1 > other", "mkdir d", "echo 1 > d/one"], in: directory)
            try await Reports.with(means, ["\(directory)/file", "\(directory)/d/one"]) { reports in
                try await shell(["echo 2 > other", "echo 2 > d/two", "rm d/two", "mkdir d/e", "echo 2 > file"], in: directory)
                try await reports.wait(for: "\(directory)/file")
                #expect(reports.paths == ["\(directory)/file"])
            }
        }
    }
}

/// Runs the steps in one shell.
func shell(_ steps: [String], in directory: String) async throws {
    let status = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            continuation.resume(returning: system("cd '\(directory)' && " + steps.joined(separator: " && ")))
        }
    }
    try #require(status == 0)
}
