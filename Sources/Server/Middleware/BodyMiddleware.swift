import Hummingbird
import Model
import NIOCore

/// Takes the whole body before anybody works on the request, within a bound on its size and on the time that it takes.
struct BodyMiddleware: RouterMiddleware {
    let limit: Int
    let time: Duration

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.declaresBody else { return try await next(request, context) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var request = request
        request.body = RequestBody(buffer: try await collected(request.body))
        return try await next(request, context)
    }

    private func collected(_ body: RequestBody) async throws -> ByteBuffer {
        let (limit, time) = (limit, time)
        do {
            return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
                group.addTask { try await body.collect(upTo: limit) }
                group.addTask {
                    try await Task.sleep(for: time)
                    throw APIError(.requestTimeout, PlumbError(.timedOut, "The request's body did not come within \(time)."))
                }
                defer { group.cancelAll() }
                guard let buffer = try await group.next() else { throw CancellationError() }
                return buffer
            }
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch let error where !(error is APIError || error is CancellationError) {
            throw APIError(.badRequest, PlumbError(.invalid, "The request's body cannot be read: it is no valid HTTP."))
        }
    }

    private var tooLarge: APIError {
        APIError(.contentTooLarge, PlumbError(.limit, "The request's body is larger than \(limit >> 10) KiB."))
    }
}
