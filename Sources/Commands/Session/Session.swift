import Engine
import Logging
import Manifests
import Model
import Rendering
import Sources

/// What `plan` and `apply` share: the application, rendered, and the target it goes to.
struct Session {
    var request: SyncRequest
    private let opened: OpenedTarget
    private let loaded: LoadedApplication

    var target: any Target { opened.target }

    /// `missingKey` says what to do where a chart draws random values for the first time.
    static func open(
        _ source: SourceOptions, _ sync: SyncOptions, _ options: TargetOptions, missingKey: ChartContext.MissingKey
    ) async throws -> Session {
        var loaded = try await LoadedApplication.load(source, sync)
        let factory = TargetFactory(options: options, logger: Self.logger)
        loaded.application.target.namespace = factory.namespace(loaded.application)
        let (application, charts) = (loaded.application, loaded.charts)
        let opener = TargetOpener { try await factory.target(for: application) }
        do {
            var context = Self.context(application, opener, missingKey, charts)
            context.plugins = try PluginsFlag.rendering(source.plugins)
            let revision = try await loaded.revision()
            let rendered = try await loaded.rendered(context)
            let opened = try await opener.opened()
            // What a person names on the command line is a destination, and is made if it is not there.
            if source.directory != nil, opened.target.name == "kubernetes" { loaded.application.target.createNamespace = true }
            var request = SyncRequest(
                application: loaded.application, manifests: rendered.manifests, tree: loaded.tree,
                revision: revision.description)
            request.release = rendered.release
            request.formerName = loaded.application.renamedFrom
            return Session(request: request, opened: opened, loaded: loaded)
        } catch {
            await opener.close()
            await loaded.close()
            throw error
        }
    }

    private static func context(
        _ application: Application, _ opener: TargetOpener, _ missingKey: ChartContext.MissingKey,
        _ fetching: ChartFetching
    ) -> RenderContext {
        let charts = ChartContext(application: application.name, formerName: application.renamedFrom, missingKey: missingKey) {
            try await opener.opened().target
        }
        return charts.rendering(
            namespace: {
                if let namespace = application.target.namespace { return namespace }
                return try await opener.opened().namespace ?? "default"
            }, zone: { TimeZoneFiles.file($0) }, charts: fetching)
    }

    func close() async {
        await opened.close()
        await loaded.close()
    }

    /// Runs `body` and closes the session on every path.
    static func with(
        _ source: SourceOptions, _ sync: SyncOptions, _ options: TargetOptions, missingKey: ChartContext.MissingKey = .make,
        _ body: (inout Session) async throws -> Void
    ) async throws {
        var session = try await open(source, sync, options, missingKey: missingKey)
        do {
            try await body(&session)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    static var logger: Logger {
        var logger = Logger(label: "plumb") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}

/// Opens a target when it is first asked for: what is wrong with a source is told before what is wrong with the way to its target.
private actor TargetOpener {
    private let open: @Sendable () async throws -> OpenedTarget
    private var target: OpenedTarget?

    init(_ open: @escaping @Sendable () async throws -> OpenedTarget) { self.open = open }

    /// For one caller after the other.
    func opened() async throws -> OpenedTarget {
        if let target { return target }
        let new = try await open()
        target = new
        return new
    }

    func close() async { await target?.close() }
}
