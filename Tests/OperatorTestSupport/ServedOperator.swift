package import Logging
package import Model
import Operator
package import Server
import ServiceLifecycle

/// A scripted operator behind a real server on a free port of loopback, for as long as a test's body runs.
package struct ServedOperator: Sendable {
    package let script: ScriptedOperator
    package let url: String
    package let token: String
    package let metrics: MetricsRegistry
    /// Ends the server as SIGTERM does.
    package let stop: @Sendable () async -> Void

    package static func with<Result: Sendable>(
        _ script: ScriptedOperator = ScriptedOperator(applications: [Scripted.healthy("shop")]), host: String = "127.0.0.1",
        limits: APIServer.Limits = APIServer.Limits(), file: ServerFile? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: @escaping @Sendable (ServedOperator) async throws -> Result
    ) async throws -> Result {
        let (bound, tell) = AsyncStream.makeStream(of: ListenAddress.self)
        let token = try await file?.token() ?? Secret(String(repeating: "t", count: 64))
        let metrics = MetricsRegistry()
        let server = APIServer(
            interface: script, address: ListenAddress(host: host, port: 0), token: token, file: file, metrics: metrics,
            version: "1.2.3", limits: limits, logger: logger,
            onListening: { address in
                tell.yield(address)
                tell.finish()
            })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server, successTerminationBehavior: .ignore)], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                // Also when it ends before it listens, which the loop below waits for.
                defer { tell.finish() }
                try await group.run()
            }
            defer { tasks.cancelAll() }
            for await address in bound {
                let served = ServedOperator(
                    script: script, url: address.localURL, token: token.reveal(), metrics: metrics,
                    stop: { await group.triggerGracefulShutdown() })
                return try await body(served)
            }
            try await tasks.waitForAll()
            throw PlumbError(.failed, "The server ended before it listened.")
        }
    }
}
