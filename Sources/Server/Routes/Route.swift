import HTTPTypes
import Hummingbird

/// One thing that can be asked: how it is registered, guarded and documented, all from here.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// With names in braces: `/api/v1/applications/{name}`.
    let path: String
    /// For generated clients: `getApplication`.
    let id: String
    let summary: String
    var needsToken = true
    var query: [Parameter] = []
    /// The fields of the JSON object that it takes; nil where it takes none.
    var body: [Schema.Field]?
    var success: HTTPResponse.Status = .ok
    let reply: Schema
    /// The kinds of content beside JSON, each with what it is.
    var otherContent: [String: String] = [:]
    var isText = false
    let handle: @Sendable (Call) async throws -> Reply

    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let note: String
    }

    /// The names in braces, in order.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { String($0.dropFirst().dropLast()) }
    }

    func matches(_ other: String) -> Bool {
        let (own, given) = (path.split(separator: "/"), other.split(separator: "/"))
        return own.count == given.count && zip(own, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

/// Everything that can be asked.
struct RouteTable: Sendable {
    let routes: [Route]

    var openRoutes: Set<String> { Set(routes.filter { !$0.needsToken }.map(\.path)) }

    /// nil where nothing is at that path.
    func methods(ofPath path: String) -> [HTTPRequest.Method]? {
        let found = routes.filter { $0.matches(path) }.map(\.method)
        return found.isEmpty ? nil : found
    }

    func isKnown(_ method: HTTPRequest.Method) -> Bool { routes.contains { $0.method == method } }

    func register(on router: Router<APIContext>, _ services: Services) {
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                let call = Call(route: route, services: services, request: request, context: context)
                try call.checkQuery()
                return try await route.handle(call).response(route.success)
            }
        }
    }
}
