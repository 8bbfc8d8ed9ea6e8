import Engine
import Logging
import Manifests
import Model

/// What `plan` and `apply` share: the application, rendered, and the target it goes to.
struct Session {
    var request: SyncRequest
    private let opened: OpenedTarget
    private let loaded: LoadedApplication

    var target: any Target { opened.target }

    static func open(_ source: SourceOptions, _ sync: SyncOptions, _ options: TargetOptions) async throws -> Session {
        var loaded = try await LoadedApplication.load(source, sync)
        do {
            let factory = TargetFactory(options: options, logger: Self.logger)
            loaded.application.target.namespace = factory.namespace(loaded.application)
            let opened = try await factory.target(for: loaded.application)
            // What a person names on the command line is a destination, and is made if it is not there.
            if source.directory != nil, opened.target.name == "kubernetes" { loaded.application.target.createNamespace = true }
            var request = SyncRequest(
                application: loaded.application, manifests: loaded.manifests, tree: loaded.snapshot.tree,
                revision: loaded.snapshot.revision.description)
            request.formerName = loaded.application.renamedFrom
            return Session(request: request, opened: opened, loaded: loaded)
        } catch {
            await loaded.close()
            throw error
        }
    }

    func close() async {
        await opened.close()
        await loaded.close()
    }

    /// Runs `body` and closes the session on every path.
    static func with(
        _ source: SourceOptions, _ sync: SyncOptions, _ options: TargetOptions, _ body: (inout Session) async throws -> Void
    ) async throws {
        var session = try await open(source, sync, options)
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
