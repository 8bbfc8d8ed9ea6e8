import Manifests
import Model
import Rendering
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An application, and the files it is made of.
struct LoadedApplication {
    var application: Application
    var snapshot: Snapshot
    private let repository: GitSource?
    /// Where remote bases come from.
    private var remote: RemoteRepositories?

    private init(application: Application, snapshot: Snapshot, repository: GitSource?) {
        self.application = application
        self.snapshot = snapshot
        self.repository = repository
    }

    func close() async {
        await repository?.close()
        await remote?.close()
    }

    /// `options` are those of a sync; without them nothing is applied, and the name says nothing.
    ///
    /// Throws `notFound`, `invalid` and what reading a repository throws.
    static func load(_ source: SourceOptions, _ options: SyncOptions?) async throws -> LoadedApplication {
        let remote = try source.remoteBases.repositories(in: Directories.cache, secrets: SecretsDirectory(source.secretsDir))
        var loaded =
            if let file = source.file {
                try await load(file: file, secrets: source.secretsDir, options)
            } else {
                try await load(directory: source.directory ?? ".", options)
            }
        loaded.remote = remote
        return loaded
    }

    /// A source without manifests is not an error.
    func manifests(_ context: RenderContext) async throws -> [Manifest] {
        var context = context
        context.remoteTrees = remote?.trees
        return try await Rendering.manifests(
            of: application.source, in: snapshot.tree, substitute: application.substitute, context: context)
    }

    private static func load(directory: String, _ options: SyncOptions?) async throws -> LoadedApplication {
        let opened = try await OpenedSource.open(location: directory)
        var application = Application(name: try name(options, directory: directory) ?? "")
        application.source.path = opened.path.description
        application.sync.prune = !(options?.noPrune ?? false)
        if options?.adopt ?? false { application.sync.adopt = .allow }
        return LoadedApplication(application: application, snapshot: opened.snapshot, repository: opened.repository)
    }

    private static func load(file: String, secrets: String?, _ options: SyncOptions?) async throws -> LoadedApplication {
        var application = try await ApplicationFile.read(file)
        if let options {
            guard options.name == nil || options.name == application.name else {
                throw PlumbError(
                    .usage,
                    "--name is \((options.name ?? "").quoted), and the Application in \(file) is \(application.name.quoted).",
                    remedy: "Leave --name out: with -f the application's own settings rule.")
            }
            if options.noPrune { application.sync.prune = false }
            if options.adopt { application.sync.adopt = .allow }
        }
        if let name = application.source.repository {
            throw PlumbError(
                .unsupported, "\(file) takes its files from the Repository \(name), which only an operator knows.",
                remedy: "Name the repository inline, under git.")
        }
        let directory = URL(fileURLWithPath: file).deletingLastPathComponent().path
        let opened =
            if let git = application.source.git {
                try await OpenedSource.open(git, credentials: try SecretsDirectory(secrets).credentials(git.secret))
            } else {
                try await OpenedSource.open(root: directory)
            }
        application.source.path = try opened.path.resolving(application.source.path).description
        return LoadedApplication(application: application, snapshot: opened.snapshot, repository: opened.repository)
    }

    /// nil for what cannot name an application, where none is needed.
    private static func name(_ options: SyncOptions?, directory: String) throws -> String? {
        if let given = options?.name { return given }
        let path = URL(fileURLWithPath: directory).standardizedFileURL.path
        var name = path.split(separator: "/").last.map(String.init) ?? ""
        if name.hasSuffix(".git") { name.removeLast(4) }
        do {
            try ApplicationName.validate(name)
        } catch {
            if options == nil { return nil }
            throw PlumbError(
                .usage, "The directory's name \(name.quoted) cannot name an application.", remedy: "Give it a name with --name.")
        }
        return name
    }
}
