import HTTPTypes
import Manifests
import Model
import Operator

/// Applications: how they are, and what can be done with them.
enum ApplicationRoutes {
    static let reading: [Route] = [
        Route(
            method: .get, path: "/api/v1/applications", id: "listApplications", summary: "All applications, sorted by name.",
            reply: Schemas.list(of: "Application")
        ) { call in .list(await call.interface.applications().map(\.value)) },
        Route(
            method: .get, path: "/api/v1/applications/{name}", id: "getApplication", summary: "One application.",
            reply: .named("Application")
        ) { call in .json(try await call.interface.application(try call.name).value) },
        Route(
            method: .get, path: "/api/v1/applications/{name}/plan", id: "getPlan",
            summary: "The plan that waits for approval, or else what a sync would do now.", reply: .named("Plan")
        ) { call in
            let place = try await call.interface.application(try call.name).place
            return .json(try await call.interface.plan(of: try call.name).value(place: place))
        },
        Route(
            method: .get, path: "/api/v1/applications/{name}/history", id: "getHistory",
            summary: "The revisions that it was brought to, newest first.", query: [limit(20)], reply: Schemas.list(of: "History")
        ) { call in .list(try await call.interface.history(of: try call.name, limit: try call.limit(usual: 20)).map(\.value)) },
    ]

    static let acting: [Route] = [
        action("sync", "syncApplication", "Sync it now, also what is synced by hand.") { call, _ in
            .json(try await call.interface.sync(try call.name, by: try call.person).value)
        },
        action("refresh", "refreshApplication", "Look at its repository now.", success: .ok, reply: "Repository") { call, _ in
            .json(try await call.interface.refresh(try call.name).value)
        },
        action(
            "suspend", "suspendApplication", "Let it stand still until it is resumed.",
            fields: [.optional("reason", .string, "Why, for whoever asks.")], success: .ok, reply: "Application"
        ) { call, fields in
            let reason = fields["reason"]?.string
            if let reason, reason.unicodeScalars.count > 500 {
                throw PlumbError(.invalid, "The reason is longer than 500 characters.")
            }
            try await call.interface.suspend(try call.name, reason: reason, by: try call.person)
            return .json(try await call.interface.application(try call.name).value)
        },
        action("resume", "resumeApplication", "Let it go on.", success: .ok, reply: "Application") { call, _ in
            try await call.interface.resume(try call.name, by: try call.person)
            return .json(try await call.interface.application(try call.name).value)
        },
        action(
            "approve", "approvePlan", "Do what its plan holds.",
            fields: [.field("plan", .string, "The plan's digest, sha256:….")]
        ) { call, fields in
            let text = fields["plan"]?.string ?? ""
            guard let plan = Digest(parsing: text) else {
                throw PlumbError(
                    .invalid, "\(text.quoted) is not the digest of a plan.", remedy: "Write all of it: sha256: and 64 digits.")
            }
            return .json(try await call.interface.approve(try call.name, plan: plan, by: try call.person).value)
        },
        action(
            "rollback", "rollbackApplication", "Go back to an earlier revision, and stay there until something else is rendered.",
            fields: [.field("revision", .string, "As the history shows it, or the commit's digits.")]
        ) { call, fields in
            let revision = fields["revision"]?.string ?? ""
            return .json(try await call.interface.rollback(try call.name, to: revision, by: try call.person).value)
        },
    ]

    static func limit(_ usual: Int) -> Route.Parameter {
        Route.Parameter(name: "limit", schema: .integer, note: "From 1 to \(Call.largestLimit); without it \(usual).")
    }

    private static func action(
        _ verb: String, _ id: String, _ summary: String, fields: [Schema.Field] = [], success: HTTPResponse.Status = .accepted,
        reply: String = "Operation", _ handle: @escaping @Sendable (Call, Object) async throws -> Reply
    ) -> Route {
        Route(
            method: .post, path: "/api/v1/applications/{name}/\(verb)", id: id, summary: summary, body: fields, success: success,
            reply: .named(reply)
        ) { call in try await handle(call, try await call.fields()) }
    }
}
