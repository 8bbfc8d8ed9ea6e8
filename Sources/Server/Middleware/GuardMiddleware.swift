import Crypto
import HTTPTypes
import Hummingbird
import Model

/// Who may ask: the `Host` has to be meant, and the token has to be right, except on the routes that need none.
struct GuardMiddleware: RouterMiddleware {
    let address: ListenAddress
    let openRoutes: Set<String>
    private let token: SHA256.Digest

    init(address: ListenAddress, openRoutes: Set<String>, token: Secret) {
        self.address = address
        self.openRoutes = openRoutes
        self.token = SHA256.hash(data: Array(token.reveal().utf8))
    }

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard address.permits(authority: request.head.authority) else {
            throw APIError(
                .misdirectedRequest,
                PlumbError(
                    .denied, "This operator listens on loopback, and the request was meant for another host.",
                    remedy: "Ask for localhost or 127.0.0.1."))
        }
        let isOpen = context.endpointPath.map(openRoutes.contains) ?? false
        if !isOpen { try authorize(request) }
        return try await next(request, context)
    }

    private func authorize(_ request: Request) throws {
        let remedy = "Send Authorization: Bearer TOKEN, with the token of the file that server.json in the data directory names."
        guard let given = request.headers[.authorization] else {
            throw APIError(.unauthorized, PlumbError(.unauthorized, "This needs a token.", remedy: remedy))
        }
        let prefix = "bearer "
        guard given.lowercased().hasPrefix(prefix), isRight(given.dropFirst(prefix.count)) else {
            throw APIError(.unauthorized, PlumbError(.unauthorized, "The token is not the one of this operator.", remedy: remedy))
        }
    }

    /// Digests are compared, in constant time: how long it takes says nothing about the token.
    private func isRight(_ given: Substring) -> Bool { SHA256.hash(data: Array(given.utf8)) == token }
}
