import CoreMetrics
import HostTarget
import KubernetesClient
import KubernetesTarget
import Logging
import Manifests
import Model
import Operator
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
    private let remoteBases: RemoteRepositories?

    /// Throws before anything is written, but for the data directory.
    static func make(_ command: ServeCommand) async throws -> ServeAssembly {
        let logger = Self.logger
        let data = try directory(command.dataDir)
        let repository = try repository(command)
        let targets = try await ServeTargets.open(command, logger: logger)
        do {
            let store = try await Store.open(at: data + "/plumb.db")
            let metrics = MetricsRegistry()
            MetricsSystem.bootstrap(metrics)
            var settings = OperatorSettings(repository: repository, reference: try reference(command), path: command.path)
            settings.interval = command.interval.duration
            settings.isObserver = command.observe
            settings.targetFlags = targets.flags(command)
            let remoteBases = try command.remoteBases.repositories(
                in: data, secrets: SecretsDirectory(command.secretsDir))
            settings.remoteTrees = remoteBases?.trees
            let `operator` = Operator(
                settings: settings, store: store, catalog: PlumbTarget(store: store), targets: targets.all,
                writer: { try await targets.writer(of: $0) },
                followers: followers(secrets: SecretsDirectory(command.secretsDir), data: data, logger: logger), logger: logger)
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
                remoteBases: remoteBases)
        } catch {
            await targets.close()
            throw error
        }
    }

    func close() async {
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
        secrets: SecretsDirectory, data: String, logger: Logger
    ) -> @Sendable (RepositoryKey, Duration) async throws -> RepositoryFollower {
        { key, interval in
            let credentials = try await secrets.credentials(key.secret)
            let identity = Digest(records: [[key.url, key.secret ?? ""] + key.keys.map { "\($0)" }]).short
            return try RepositoryFollower(
                url: try GitURL(key.url), credentials: credentials, trusting: key.keys,
                store: "\(data)/repositories/\(identity)",
                interval: interval, logger: logger)
        }
    }
}
