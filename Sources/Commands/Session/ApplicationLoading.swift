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
    let tree: any FileTree
    let revision: @Sendable () async throws -> Revision
    private let repository: GitSource?
    private let library: ChartLibrary
    /// Where remote bases come from.
    private let remote: RemoteRepositories?

    /// For charts that ask for charts.
    var charts: ChartFetching { library.fetching }

    func close() async {
        await repository?.close()
        await library.close()
        await remote?.close()
    }

    /// `options` are those of a sync; without them nothing is applied, and the name says nothing.
    ///
    /// Throws `notFound`, `invalid` and what reading a repository throws.
    static func load(_ source: SourceOptions, _ options: SyncOptions?) async throws -> LoadedApplication {
        let secrets = SecretsDirectory(source.secretsDir)
        let remote = try source.remoteBases.repositories(in: Directories.cache, secrets: secrets)
        let library = ChartLibrary.make(
            directory: Directories.cache + "/charts", secrets: secrets, keepsMemory: false, logger: Session.logger)
        do {
            let (application, opened) = try await load(source, options, secrets, library)
            return LoadedApplication(
                application: application, tree: opened.tree, revision: opened.revision, repository: opened.repository,
                library: library, remote: remote)
        } catch {
            await library.close()
            await remote?.close()
            throw error
        }
    }

    private static func load(
        _ source: SourceOptions, _ options: SyncOptions?, _ secrets: SecretsDirectory, _ library: ChartLibrary
    ) async throws -> (Application, OpenedSource) {
        if let file = source.file { return try await load(file: file, secrets, library, options) }
        if let named = try NamedChart(source) {
            let application = application(try name(options, directory: named.chart.name) ?? "", options)
            return (application, try await open(named.chart, named.repository, secrets, library))
        }
        let directory = source.directory ?? "."
        let opened = try await OpenedSource.open(location: directory, secrets: secrets)
        var application = application(try name(options, directory: directory) ?? "", options)
        application.source.path = opened.path.description
        return (application, opened)
    }

    private static func open(
        _ chart: Application.ChartSelection, _ repository: Application.ChartRepository, _ secrets: SecretsDirectory,
        _ library: ChartLibrary
    ) async throws -> OpenedSource {
        let named = try await repository.secret == nil ? nil : secrets.chartCredentials(repository.secret, for: repository.url)
        return OpenedSource(snapshot: try await library.snapshot(of: chart, in: repository, credentials: named), path: .root)
    }

    /// With the defaults, and what the flags say.
    private static func application(_ name: String, _ options: SyncOptions?) -> Application {
        var application = Application(name: name)
        application.sync.prune = !(options?.noPrune ?? false)
        if options?.adopt ?? false { application.sync.adopt = .allow }
        return application
    }

    /// A source without manifests is not an error.
    func rendered(_ context: RenderContext) async throws -> RenderedSource {
        var context = context
        context.remoteTrees = remote?.trees
        return try await Rendering.rendered(
            application.source, in: tree, substitute: application.substitute, context: context)
    }

    private static func load(
        file: String, _ secrets: SecretsDirectory, _ library: ChartLibrary, _ options: SyncOptions?
    ) async throws -> (Application, OpenedSource) {
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
        let opened = try await open(application.source.place, file: file, secrets, library)
        application.source.path = try opened.path.resolving(application.source.path).description
        return (application, opened)
    }

    private static func open(
        _ place: Application.Place, file: String, _ secrets: SecretsDirectory, _ library: ChartLibrary
    ) async throws -> OpenedSource {
        switch place {
        case .own:
            let directory = URL(fileURLWithPath: file).deletingLastPathComponent().path
            return try await OpenedSource.open(root: directory, secrets: secrets)
        case .git(let git):
            return try await OpenedSource.open(git, credentials: try await secrets.credentials(git.secret, for: git.url))
        case .chart(let chart, let repository): return try await open(chart, repository, secrets, library)
        case .repository(let name, _):
            throw PlumbError(
                .unsupported, "\(file) takes its files from the Repository \(name), which only an operator knows.",
                remedy: "Name the repository inline, under git or helm.")
        }
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
