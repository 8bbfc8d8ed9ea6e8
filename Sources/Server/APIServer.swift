import Hummingbird
import HummingbirdCore
package import Logging
package import Model
import NIOCore
package import Operator
import ServiceLifecycle

/// The HTTP API of a running operator.
///
/// Runs until a graceful shutdown or cancellation; requests that are being answered then are answered. Throws `unreachable`
/// where the address cannot be listened on, and what writing the server file throws.
package struct APIServer: Service {
    /// Bounds on what clients can take of the process.
    package struct Limits: Sendable {
        package var connections = 256
        /// Open at the same time.
        package var eventStreams = 64
        package var bodyBytes = 1 << 20
        /// From a request's head to the end of its body.
        package var bodyTime = Duration.seconds(10)
        /// How long a connection may be without a whole request, and how long a client may take nothing of a response.
        package var idleTime = Duration.seconds(60)
        /// Between two signs of life on an event stream.
        package var heartbeat = Duration.seconds(15)

        package init() {}
    }

    private let address: ListenAddress
    private let token: Secret
    private let file: ServerFile?
    private let limits: Limits
    private let services: Services
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// - Parameters:
    ///   - address: with port 0, `onListening` and the server file say which one it became.
    ///   - token: what every request has to bring, except those for health and metrics.
    ///   - file: is written before `/readyz` is 200, and removed at the end.
    package init(
        interface: any OperatorInterface, address: ListenAddress, token: Secret, file: ServerFile? = nil,
        metrics: MetricsRegistry, version: String, limits: Limits = Limits(), logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.address = address
        self.token = token
        self.file = file
        self.limits = limits
        self.onListening = onListening
        services = Services(
            interface: interface, metrics: metrics, announcement: Announcement(), streams: EventStreams(limit: limits.eventStreams),
            heartbeat: limits.heartbeat, version: version, logger: logger)
    }

    package func run() async throws {
        let (bound, tell) = AsyncStream.makeStream(of: ListenAddress.self, bufferingPolicy: .bufferingNewest(1))
        do {
            try await withThrowingTaskGroup(of: Task.self) { group in
                group.addTask { try await serve(tell) }
                group.addTask { try await announce(bound) }
                defer { group.cancelAll() }
                while let finished = try await group.next(), finished != .serving {}
            }
        } catch {
            try? await file?.remove()
            throw error
        }
        try await file?.remove()
    }

    private enum Task { case serving, announcing }

    private func serve(_ tell: AsyncStream<ListenAddress>.Continuation) async throws -> Task {
        let host = address.host
        let application = Application(
            responder: router().buildResponder(),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [StalledWriteHandler(limit: TimeAmount(limits.idleTime))],
                    idleTimeout: TimeAmount(limits.idleTime),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { channel in
                tell.yield(ListenAddress(host: host, port: channel.localAddress?.port ?? 0))
            },
            logger: quiet(services.logger))
        do {
            try await application.run()
        } catch let error as IOError {
            throw PlumbError(
                .unreachable, "The operator cannot listen on \(address): \(error.description).",
                remedy: "Is one running already? Choose another address with --listen HOST:PORT.")
        }
        return .serving
    }

    private func announce(_ bound: AsyncStream<ListenAddress>) async throws -> Task {
        for await address in bound {
            try await file?.write(url: address.localURL)
            services.announcement.make()
            services.logger.info("Listening", metadata: ["address": "\(address)"])
            await onListening(address)
        }
        return .announcing
    }

    private func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: EnvelopeMiddleware(table: .all, metrics: services.metrics, logger: services.logger))
        router.add(middleware: GuardMiddleware(address: address, openRoutes: RouteTable.all.openRoutes, token: token))
        router.add(middleware: BodyMiddleware(limit: limits.bodyBytes, time: limits.bodyTime))
        RouteTable.all.register(on: router, services)
        return router
    }

    /// The framework's own words about connections and states are of no use to whoever runs Plumb.
    private func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
