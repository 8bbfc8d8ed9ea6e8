import Model

/// One bare repository on this machine, and the Git commands on it. What it holds came from `url`.
struct GitStore: Sendable {
    let program: GitProgram
    /// The `--git-dir`.
    let directory: String
    let url: GitURL
    let limits: GitLimits

    private var failure: GitFailure { GitFailure(url: url.description) }

    /// Where each commit that was fetched for a snapshot is held.
    private static let namespace = "refs/plumb/snapshots/"
    /// Where the annotated tag is held by which each of them was asked for, if its signature counts.
    private static let tagNamespace = "refs/plumb/signed/"

    /// Creates the repository: with nothing of the machine's templates, and with `url` as its one remote.
    func create(_ algorithm: Revision.Digest.Algorithm) async throws {
        try await git(
            ["init", "--quiet", "--bare", "--template=", "--object-format=\(algorithm.rawValue)", directory], inStore: false)
        try await git(["config", "remote.origin.url", url.description])
    }

    /// The commits that were fetched before. Throws where the store is no repository.
    func commits() async throws -> [String] {
        let output = try await git(["for-each-ref", "--format=%(refname)", Self.namespace])
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { String($0.dropFirst(Self.namespace.count)) }
    }

    /// Fetches one commit and its directories, without history and, where the server can leave them out, file contents.
    ///
    /// From a server that hands out no commit by its id, all branches and tags come, with their history.
    func fetch(_ commit: String, filtered: Bool) async throws {
        let target = Self.namespace + commit
        let filter = filtered ? "--filter=blob:none" : "--no-filter"
        let outcome = try await run(Self.fetchOptions + ["--depth=1", filter, "origin", "\(commit):\(target)"], limits.fetch)
        if outcome.succeeded { return }
        guard GitFailure.isCapabilityMissing(outcome.errors) else { throw failure.explainStore(outcome.errors) }
        let everything = ["--no-filter", "origin", "+refs/heads/*:refs/plumb/heads/*", "+refs/tags/*:refs/plumb/tags/*"]
        try await git(Self.fetchOptions + everything, limits.fetch)
        let update = try await run(["update-ref", target, commit], limits.query)
        guard update.succeeded else { throw failure.explain("not our ref") }
    }

    /// Fetches a commit again, with all its files.
    func fetchWhole(_ commit: String) async throws {
        try await git(
            Self.fetchOptions + ["--refetch", "--depth=1", "--no-filter", "origin", "+\(commit):\(Self.namespace + commit)"],
            limits.fetch)
    }

    /// Fetches commits without directories and files; `extent` says how many.
    func fetchHistory(of commit: String, to reference: String, _ extent: [String]) async throws {
        try await git(Self.fetchOptions + extent + ["--filter=tree:0", "origin", "+\(commit):\(reference)"], limits.fetch)
    }

    /// Whether history was left out.
    func isShallow() async throws -> Bool { try await git(["rev-parse", "--is-shallow-repository"]).starts(with: "true".utf8) }

    private static let fetchOptions = [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules",
    ]

    /// Fetches the annotated tag `object` of a commit, for as long as the commit is kept.
    func fetchTag(_ object: String, of commit: String) async throws {
        let target = Self.tagNamespace + commit
        let known = try await run(["rev-parse", "--verify", "--quiet", target], limits.query)
        guard String(decoding: known.output.prefix(object.utf8.count), as: UTF8.self) != object else { return }
        let outcome = try await run(
            Self.fetchOptions + ["--depth=1", "--filter=blob:none", "origin", "+\(object):\(target)"], limits.fetch)
        // A server that hands out no object by its id has sent all tags with the commit.
        guard outcome.succeeded || GitFailure.isCapabilityMissing(outcome.errors) else {
            throw failure.explainStore(outcome.errors)
        }
    }

    /// Keeps a commit no longer. Its objects stay until the copy is cleaned up.
    func forget(_ commits: [String]) async throws {
        let lines = commits.flatMap { commit in [Self.namespace, Self.tagNamespace].map { "delete \($0)\(commit)\n" } }.joined()
        try await git(["update-ref", "--stdin"], input: Array(lines.utf8))
    }

    /// The objects below a directory that were left out when it was fetched.
    func missingObjects(below tree: String) async throws -> Set<String> {
        let output = try await git(["rev-list", "--objects", "--no-object-names", "--missing=print", tree], limit: 64 << 20)
        let lines = output.split(separator: 0x0a).filter { $0.first == 0x3f }
        return Set(lines.map { String(decoding: $0.dropFirst(), as: UTF8.self) })
    }

    /// Fetches objects by their ids in one request, as Git itself fetches one that turns out to be missing.
    ///
    /// Returns false where the server hands out no objects by their ids: one that speaks an old version of the protocol,
    /// as any does behind an `sshd` that does not pass `GIT_PROTOCOL` on.
    func fetchObjects(_ ids: [String]) async throws -> Bool {
        guard !ids.isEmpty else { return true }
        let input = Array(ids.joined(separator: "\n").utf8) + [0x0a]
        let outcome = try await run(
            ["-c", "fetch.negotiationAlgorithm=noop"] + Self.fetchOptions + ["--filter=blob:none", "--stdin", "origin"],
            input: input, limits.fetch)
        if outcome.succeeded { return true }
        guard GitFailure.isCapabilityMissing(outcome.errors) else { throw failure.explainStore(outcome.errors) }
        return false
    }

    /// Writes all that is held into one pack. `git repack` would keep what is held no longer, too: in a copy without file
    /// contents it cannot tell, and so it never lets go of anything.
    ///
    /// Returns the hash by which the pack is called: `objects/joined-<hash>.pack`, for `StoreDirectory` to put in its place.
    func pack() async throws -> String {
        let arguments = ["pack-objects", "--quiet", "--all", "--missing=allow-any", "\(directory)/objects/joined"]
        return String(decoding: try await git(arguments, limits.fetch).prefix { $0 != 0x0a }, as: UTF8.self)
    }

    @discardableResult
    private func git(
        _ arguments: [String], input: [UInt8] = [], limit: Int = 8 << 20, inStore: Bool = true, _ deadline: Duration? = nil
    ) async throws -> [UInt8] {
        let outcome = try await run(arguments, input: input, limit: limit, inStore: inStore, deadline ?? limits.query)
        guard outcome.succeeded else { throw failure.explainStore(outcome.errors) }
        return outcome.output
    }

    func run(
        _ arguments: [String], input: [UInt8] = [], limit: Int = 8 << 20, inStore: Bool = true, _ deadline: Duration
    ) async throws -> GitProgram.Outcome {
        try await program.run(
            (inStore ? ["--git-dir=\(directory)"] : []) + arguments, input: input, limit: limit, deadline: deadline)
    }
}
