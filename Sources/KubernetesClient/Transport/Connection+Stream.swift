import AsyncHTTPClient
import Manifests
import Model
import NIOCore
import NIOHTTP1

extension Connection {
    /// Sends a request whose answer is a line of JSON for each thing that happens, and gives them to `receive` one by one.
    /// Returns when the server ends the answer.
    ///
    /// - Parameter opened: Called once, before anything is received, when the server has accepted the request.
    /// - Throws: `KubernetesError`, `PlumbError`, or what `opened` and `receive` throw.
    func stream(
        _ request: APIRequest, as user: Impersonation?, opened: () async throws -> Void, receive: (Value) async throws -> Void
    ) async throws {
        let body = try await open(request, as: user)
        try await opened()
        var lines = body.splitLines(omittingEmptySubsequences: true, maximumBufferSize: limits.answerBytes).makeAsyncIterator()
        while let line = try await next(&lines, of: request) {
            guard let frame = try? JSON.parse(Array(line.readableBytesView)) else {
                throw PlumbError(.failed, "\(serverWords) sent something that is not JSON (\(request.summary)).")
            }
            try await receive(frame)
        }
    }

    private func open(_ request: APIRequest, as user: Impersonation?) async throws -> HTTPClientResponse.Body {
        var (credential, generation) = try await credentials.current()
        var hasRenewed = false
        while true {
            let http = try httpRequest(request, nil, credential, user)
            let response = try await translating(request) {
                try await watches.execute(http, deadline: .now() + TimeAmount(limits.requestTime))
            }
            if (200..<300).contains(response.status.code) { return response.body }
            let body = try await translating(request) { try await response.body.prefix(upTo: limits.errorBytes) }
            let error = KubernetesError(ErrorAnswer(response, body), request: request)
            guard error.isUnauthorized, !hasRenewed, let renewed = try await credentials.renewed(after: generation) else {
                throw error
            }
            hasRenewed = true
            (credential, generation) = renewed
        }
    }

    private func next<Lines: AsyncIteratorProtocol>(_ lines: inout Lines, of request: APIRequest) async throws -> ByteBuffer?
    where Lines.Element == ByteBuffer {
        do {
            return try await lines.next(isolation: #isolation)
        } catch {
            throw failure(error, of: request)
        }
    }

    private func translating<Result>(_ request: APIRequest, _ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw failure(error, of: request) }
    }

    private func failure(_ error: any Error, of request: APIRequest) -> any Error {
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        return TransportFailure(error).plumbError(server: serverWords, request: request.summary)
    }
}
