import HTTPTypes
import Hummingbird
import Logging
import Metrics
import Model
import NIOCore

/// Around every request: makes an answer of every error, and tells the log and the metrics how it went. The route stands
/// for the address, which may hold anything.
struct EnvelopeMiddleware: RouterMiddleware {
    let table: RouteTable
    let metrics: MetricsRegistry
    let logger: Logger

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var failure: APIError?
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let caught = described(error, request)
            failure = caught
            response = Reply.json(caught.value, caught.status).response
            if caught.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            if let allowed = table.methods(ofPath: request.uri.path), caught.status == .methodNotAllowed {
                response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
            }
            if request.declaresBody { closeSoon(&response, context) }
        }
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentTypeOptions] = "nosniff"
        record(request, context, response.status, failure, ContinuousClock.now - start)
        return response
    }

    private func described(_ error: any Error, _ request: Request) -> APIError {
        guard let error = error as? HTTPError, error.status == .notFound else { return APIError(catching: error) }
        if table.methods(ofPath: request.uri.path) != nil {
            return APIError(.methodNotAllowed, PlumbError(.unsupported, "This address does not take \(request.method.rawValue)."))
        }
        return APIError(PlumbError(.notFound, "There is nothing at this address.", remedy: "See /api/v1/openapi.json."))
    }

    /// Nobody reads what is left of the body, so it has to end some other way. Not at once: the answer would be lost with it.
    private func closeSoon(_ response: inout Response, _ context: APIContext) {
        response.headers[.connection] = "close"
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
    }

    private func record(
        _ request: Request, _ context: APIContext, _ status: HTTPResponse.Status, _ failure: APIError?, _ duration: Duration
    ) {
        let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "none"
        let method = table.isKnown(request.method) ? request.method.rawValue : "other"
        Counter(
            label: MetricCatalog.requests.name, dimensions: [("method", method), ("route", route), ("status", "\(status.code)")],
            factory: metrics
        ).increment()
        Metrics.Timer(label: MetricCatalog.requestSeconds.name, dimensions: [("route", route)], factory: metrics).recordNanoseconds(
            duration.nanoseconds)
        var metadata: Logger.Metadata = [
            "method": "\(method)", "route": "\(route)", "status": "\(status.code)",
            "milliseconds": "\(duration.nanoseconds / 1_000_000)",
        ]
        if let failure { metadata["error"] = "\(failure.error.code.name): \(failure.error.message)" }
        logger.log(level: level(request, status), "Request", metadata: metadata)
    }

    /// Reads come by the hundred; what changes something, and what fails, is worth a line each.
    private func level(_ request: Request, _ status: HTTPResponse.Status) -> Logger.Level {
        if status.code >= 500 && status != .serviceUnavailable { return .warning }
        return request.method == .get ? .debug : .info
    }
}

extension Request {
    /// Whether its head says that a body follows.
    var declaresBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension Duration {
    /// Rounded down; the largest number for more than 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
