import Model
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A snapshot, the path in it that was meant, and the repository that keeps it readable.
struct OpenedSource {
    var tree: any FileTree
    /// Looked for when it is asked for: who only renders has no use for it.
    var revision: @Sendable () async throws -> Revision
    var path: TreePath
    var repository: GitSource?

    init(snapshot: Snapshot, path: TreePath, repository: GitSource? = nil) {
        (tree, self.path, self.repository) = (snapshot.tree, path, repository)
        revision = { snapshot.revision }
    }

    private init(directory root: String, path: TreePath) async throws {
        tree = try await DirectoryTree(root)
        self.path = path
        revision = { try await DirectorySource.revision(root: root, path: path) }
    }

    /// A directory of this machine, or the URL of a repository.
    static func open(location: String, secrets: SecretsDirectory) async throws -> OpenedSource {
        switch try await SourceLocation.of(location) {
        case .directory(let root, let path):
            return try await OpenedSource(directory: root, path: path)
        case .archive(let directory, let name):
            let path = TreePath.root.child(name)
            return OpenedSource(snapshot: try await DirectorySource.snapshot(of: path, in: directory), path: path)
        case .git(let spec):
            return try await open(spec, credentials: try await secrets.credentials(nil, for: "\(spec.url)"))
        }
    }

    /// What a file of this directory means by "this repository": the Git work tree, or the directory itself. `path` is
    /// where its paths start.
    static func open(root directory: String, secrets: SecretsDirectory) async throws -> OpenedSource {
        var opened = try await open(location: directory, secrets: secrets)
        let revision = try await opened.revision()
        opened.revision = { revision }
        if revision.name != "directory" { opened.path = .root }
        return opened
    }

    static func open(_ source: Application.GitSource, credentials: GitCredentials) async throws -> OpenedSource {
        try await open(try GitSpec(source), credentials: credentials, trusting: source.trustedKeys)
    }

    private static func open(
        _ spec: GitSpec, credentials: GitCredentials, trusting keys: [SigningKey] = []
    ) async throws -> OpenedSource {
        let repository = try GitSource(
            url: spec.url, credentials: credentials, trusting: keys, store: Directories.cache + "/repositories")
        do {
            let revision = try await repository.resolve(spec.reference)
            return OpenedSource(snapshot: try await repository.snapshot(at: revision), path: .root, repository: repository)
        } catch {
            await repository.close()
            throw error
        }
    }
}

/// Where Plumb keeps what it can fetch again.
enum Directories {
    static var cache: String {
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/plumb" }
        return (environment["HOME"] ?? "/tmp") + "/.cache/plumb"
    }

    /// Where the operator keeps what it must not lose between two runs.
    static var state: String {
        let environment = ProcessInfo.processInfo.environment
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/plumb" }
        return (environment["HOME"] ?? "/tmp") + "/.local/state/plumb"
    }
}
