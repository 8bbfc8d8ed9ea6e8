/// A bare repository for a test to read from, and the clone that the test writes it through.
package struct TestRepository: Sendable {
    /// The bare repository's directory: what a server serves, and a URL itself.
    package let path: String
    /// The clone. Write into it what the functions here do not, then `commit([:])`.
    package let work: String
    /// What git is told in the tests, so that the person's own configuration changes nothing.
    package static let environment = [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Tess Ting", "GIT_AUTHOR_EMAIL": "tess@example.com",
        "GIT_COMMITTER_NAME": "Tess Ting", "GIT_COMMITTER_EMAIL": "tess@example.com",
    ]

    /// The directory's name, as in `app.git`.
    package var name: String { String(path.split(separator: "/").last ?? "") }

    /// An empty repository `NAME.git` below `directory`, whose default branch is `main`. Partial clones are allowed until
    /// `configure("uploadpack.allowFilter", "false")`.
    package static func create(in directory: String, name: String = "app") async throws -> TestRepository {
        let repository = TestRepository(path: "\(directory)/\(name).git", work: "\(directory)/\(name)-work")
        try await run(["init", "-q", "--bare", "-b", "main", repository.path], in: directory)
        try await run(["init", "-q", "-b", "main", repository.work], in: directory)
        try await repository.git("remote", "add", "origin", repository.path)
        try await repository.configure("uploadpack.allowFilter", "true")
        return repository
    }

    /// Writes and deletes files, commits everything in the clone and pushes it.
    /// - Parameters:
    ///   - changes: path → text; nil deletes the file. May be empty: then the commit may be too.
    ///   - executable: those of the paths that get the executable bit.
    ///   - branch: made from the current commit where it does not exist.
    ///   - author: as in `Name <address>`.
    /// - Returns: the commit's hash.
    @discardableResult
    package func commit(
        _ changes: [String: String?], message: String = "Change", branch: String = "main",
        author: String = "Tess Ting <tess@example.com>", executable: Set<String> = []
    ) async throws -> String {
        try await check(out: branch)
        for (file, text) in changes {
            if let text {
                try Files.write(text, to: "\(work)/\(file)", mode: executable.contains(file) ? 0o755 : 0o644)
            } else {
                TemporaryDirectory.remove("\(work)/\(file)")
            }
        }
        try await git("add", "-A")
        try await git("commit", "-q", "--allow-empty", "-m", message, "--author", author)
        try await git("push", "-q", "--force", "origin", "HEAD:refs/heads/\(branch)")
        return try await head(branch)
    }

    /// Commits a symbolic link at `file` that says `target`.
    @discardableResult
    package func symlink(_ file: String, to target: String, branch: String = "main") async throws -> String {
        try await check(out: branch)
        try Files.write("", to: "\(work)/\(file)")
        try await ProcessRunner.check("ln", ["-sfn", "--", target, "\(work)/\(file)"])
        return try await commit([:], message: "Link \(file)", branch: branch)
    }

    /// Commits `url` as a submodule at `file`.
    @discardableResult
    package func submodule(_ url: String, at file: String, branch: String = "main") async throws -> String {
        try await check(out: branch)
        try await git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "--force", url, file)
        return try await commit([:], message: "Add the submodule \(file)", branch: branch)
    }

    /// Tags `commit` (the head of `main` where none is given); with a `message`, as an annotated tag. Moves a tag that exists.
    package func tag(_ name: String, at commit: String? = nil, message: String? = nil) async throws {
        let commit = if let commit { commit } else { try await head() }
        let kind = message.map { ["-a", "-m", $0] } ?? []
        try await git(["tag", "-f"] + kind + [name, commit])
        try await git("push", "-q", "--force", "origin", "refs/tags/\(name)")
    }

    /// Makes or moves a branch.
    package func branch(_ name: String, at commit: String? = nil) async throws {
        let commit = if let commit { commit } else { try await head() }
        try await git("push", "-q", "--force", "origin", "\(commit):refs/heads/\(name)")
    }

    /// Moves `branch` back to an earlier commit, as a force push does.
    package func rewind(_ branch: String = "main", to commit: String) async throws {
        try await check(out: branch)
        try await git("reset", "-q", "--hard", commit)
        try await git("push", "-q", "--force", "origin", "HEAD:refs/heads/\(branch)")
    }

    package func deleteBranch(_ name: String) async throws {
        try await Self.run(["update-ref", "-d", "refs/heads/\(name)"], in: path)
    }

    package func deleteTag(_ name: String) async throws {
        try await Self.run(["update-ref", "-d", "refs/tags/\(name)"], in: path)
    }

    /// The hash of the commit that `branch` is at in the bare repository.
    package func head(_ branch: String = "main") async throws -> String {
        try await Self.run(["rev-parse", "--verify", "-q", "refs/heads/\(branch)"], in: path).trimmed
    }

    /// Sets a configuration key of the bare repository.
    package func configure(_ key: String, _ value: String) async throws {
        try await Self.run(["config", key, value], in: path)
    }

    /// Runs git in the clone, with nothing of the person's own configuration.
    @discardableResult
    package func git(_ arguments: String...) async throws -> String { try await git(arguments) }

    @discardableResult
    private func git(_ arguments: [String]) async throws -> String { try await Self.run(arguments, in: work) }

    private func check(out branch: String) async throws {
        if try await git("symbolic-ref", "--short", "HEAD").trimmed == branch { return }
        let exists = try await !git("for-each-ref", "refs/heads/\(branch)").isEmpty
        try await git(exists ? ["checkout", "-q", branch] : ["checkout", "-q", "-b", branch])
    }

    @discardableResult
    private static func run(_ arguments: [String], in directory: String) async throws -> String {
        try await ProcessRunner.check("git", arguments, environment: environment, in: directory)
    }
}

extension String {
    var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
