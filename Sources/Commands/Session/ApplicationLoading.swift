import Manifests
import Model
import Rendering
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An application, the files it is made of, and what they render to.
struct LoadedApplication {
    var application: Application
    var snapshot: Snapshot
    var manifests: [Manifest]
    private let repository: GitSource?

    func close() async { await repository?.close() }

    /// Throws `notFound`, `invalid` and what reading a repository throws. A source without manifests is not an error.
    static func load(_ source: SourceOptions, _ options: SyncOptions?) async throws -> LoadedApplication {
        if let file = source.file { return try await load(file: file, secrets: source.secretsDir, options) }
        return try await load(directory: source.directory ?? ".", options)
    }

    private static func load(directory: String, _ options: SyncOptions?) async throws -> LoadedApplication {
        let opened = try await OpenedSource.open(location: directory)
        var application = Application(name: try name(options?.name, directory: directory))
        application.source.path = opened.path.description
        application.sync.prune = !(options?.noPrune ?? false)
        if options?.adopt ?? false { application.sync.adopt = .allow }
        return try await render(application, opened)
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
        return try await render(application, opened)
    }

    private static func render(_ application: Application, _ opened: OpenedSource) async throws -> LoadedApplication {
        do {
            let manifests = try await Rendering.manifests(
                of: application.source, in: opened.snapshot.tree, substitute: application.substitute)
            return LoadedApplication(
                application: application, snapshot: opened.snapshot, manifests: manifests, repository: opened.repository)
        } catch {
            await opened.repository?.close()
            throw error
        }
    }

    private static func name(_ given: String?, directory: String) throws -> String {
        if let given { return given }
        let path = URL(fileURLWithPath: directory).standardizedFileURL.path
        var name = path.split(separator: "/").last.map(String.init) ?? ""
        if name.hasSuffix(".git") { name.removeLast(4) }
        do {
            try ApplicationName.validate(name)
        } catch {
            throw PlumbError(
                .usage, "The directory's name \(name.quoted) cannot name an application.", remedy: "Give it a name with --name.")
        }
        return name
    }
}
