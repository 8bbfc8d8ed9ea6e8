import CoreMetrics
import HostTarget
import KubernetesClient
import KubernetesTarget
import Logging
import Manifests
import Model
import Operator
import Plugins
import PlumbTarget
import Server
import Sources
import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What an operator consists of, put together from its flags.
struct ServeAssembly {
    let operatorService: OperatorService
    let server: APIServer
    private let store: Store
    private let targets: ServeTargets
    private let library: ChartLibrary
    private let remoteBases: RemoteRepositories?

    /// Throws before anything is written, but for the data directory.
    static func make(_ command: ServeCommand) async throws -> ServeAssembly {
        let logger = Self.logger
        let data = try directory(command.dataDir)
        let repository = try repository(command)
        let targets = try await ServeTargets.open(command, logger: logger)
        let secrets = SecretsDirectory(command.secretsDir)
        let library = ChartLibrary.make(directory: data + "/charts", secrets: secrets, keepsMemory: true, logger: logger)
        do {
            let store = try await Store.open(at: data + "/plumb.db")
            let metrics = MetricsRegistry()
            MetricsSystem.bootstrap(metrics)
            var settings = OperatorSettings(repository: repository, reference: try reference(command), path: command.path)
            settings.interval = command.interval.duration
            settings.isObserver = command.observe
            settings.targetFlags = targets.flags(command)
            // The store is this process's alone, and with it the directory.
            try PluginRunner.clear(data + "/rendering")
            settings.plugins = try PluginsFlag.rendering(command.plugins, workspace: data + "/rendering")
            let remoteBases = try command.remoteBases.repositories(
                in: data, secrets: SecretsDirectory(command.secretsDir))
            settings.remoteTrees = remoteBases?.trees
            let `operator` = Operator(
                settings: settings, store: store, catalog: PlumbTarget(store: store), targets: targets.all,
                writer: { try await targets.writer(of: $0) },
                followers: followers(secrets: secrets, data: data, library: library, logger: logger), charts: library.fetching,
                logger: logger)
            let file = ServerFile(directory: data)
            guard let address = ListenAddress(parsing: command.listen) else {
                throw PlumbError(.usage, "--listen has to be HOST:PORT.")
            }
            let server = APIServer(
                interface: `operator`, address: address, token: try await file.token(), file: file, metrics: metrics,
                version: PlumbVersion.text, logger: logger,
                onListening: { address in
                    Console.error("plumb serve: following \(repository.url); API at \(address.localURL), its token in \(data).")
                })
            return ServeAssembly(
                operatorService: OperatorService(operator: `operator`), server: server, store: store, targets: targets,
                library: library, remoteBases: remoteBases)
        } catch {
            await library.close()
            await targets.close()
            throw error
        }
    }

    func close() async {
        await library.close()
        await targets.close()
        await remoteBases?.close()
        await store.close()
    }

    // MARK: Parts

    private static var logger: Logger {
        var logger = Logger(label: "plumb") { StreamLogHandler.standardError(label: $0) }
        let level = ProcessInfo.processInfo.environment["PLUMB_LOG_LEVEL"].flatMap(Logger.Level.init(rawValue:))
        logger.logLevel = level ?? .notice
        return logger
    }

    private static func directory(_ given: String?) throws -> String {
        let path = given ?? Directories.state
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func repository(_ command: ServeCommand) throws -> RepositoryKey {
        var url = command.repository
        // A directory of this machine is named from where the operator was started.
        if try GitURL(url).kind == .local { url = URL(fileURLWithPath: url).standardizedFileURL.path }
        return RepositoryKey(url: url, secret: command.secret)
    }

    private static func reference(_ command: ServeCommand) throws -> GitReference {
        command.branch.map(GitReference.branch) ?? .head
    }

    private static func followers(
        secrets: SecretsDirectory, data: String, library: ChartLibrary, logger: Logger
    ) -> @Sendable (RepositoryKey, Duration) async throws -> SourceFollower {
        { key, interval in
            if case .charts(let isInsecure) = key.kind {
                let url = try ChartURL(key.url, isInsecure: isInsecure)
                let named = try await key.secret == nil ? nil : secrets.chartCredentials(key.secret, for: key.url)
                return .charts(try await library.follower(of: url, named: named, interval: interval))
            }
            let credentials = try await secrets.credentials(key.secret, for: key.url)
            let identity = Digest(records: [[key.url, key.secret ?? ""] + key.keys.map { "\($0)" }]).short
            return .git(
                try RepositoryFollower(
                    url: try GitURL(key.url), credentials: credentials, trusting: key.keys,
                    store: "\(data)/repositories/\(identity)", interval: interval, logger: logger))
        }
    }
}
