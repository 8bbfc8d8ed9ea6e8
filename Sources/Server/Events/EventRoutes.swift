import HTTPTypes
import Hummingbird
import Manifests
import Model
import Operator

/// What happened, as a list or as a stream.
enum EventRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/events", id: "listEvents",
            summary: "Events in the order of their ids: the first after an id, or the last ones.",
            query: [
                Route.Parameter(name: "application", schema: .string, note: "Only of this application."),
                Route.Parameter(name: "after", schema: .integer, note: "Only those with a larger id."),
                ApplicationRoutes.limit(100),
            ],
            reply: Schemas.list(of: "Event"),
            otherContent: [
                "text/event-stream":
                    "Every event from now on, or after Last-Event-ID or after, as server-sent events without gap or repeat; data is an Event."
            ]
        ) { call in
            let after = try call.eventID(call.query("after"), "after")
            if call.wantsStream { return .stream(try await stream(call, after: after)) }
            let limit = try call.limit(usual: 100)
            return .list(
                try await call.interface.events(of: call.query("application"), after: after, limit: limit).map(\.value))
        }
    ]

    private static func stream(_ call: Call, after: Int64?) async throws -> Response {
        let resumed = try call.eventID(call.request.headers[.lastEventID], "Last-Event-ID")
        let application = call.query("application")
        // Asked before anything is sent, so that an application that there is not is a 404.
        let last = try await call.interface.events(of: application, after: nil, limit: 1).last?.id ?? 0
        let feed = EventFeed(
            interface: call.interface, application: application, after: resumed ?? after ?? last,
            heartbeat: call.services.heartbeat)
        guard let place = call.services.streams.enter() else {
            throw APIError(
                .serviceUnavailable,
                PlumbError(
                    .limit, "\(call.services.streams.limit) event streams are open already, and this operator serves no more.",
                    remedy: "Close one, or ask again and again with ?after=ID."))
        }
        let request = call.request
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { writer in
                defer { place.leave() }
                // Ended when the client goes; what is written then reaches nobody.
                try? await request.body.consumeWithCancellationOnInboundClose { _ in try await feed.run(&writer) }
                try await writer.finish(nil)
            })
    }
}

extension Call {
    fileprivate var wantsStream: Bool {
        request.headers[.accept].map { $0.lowercased().contains("text/event-stream") } ?? false
    }
}
