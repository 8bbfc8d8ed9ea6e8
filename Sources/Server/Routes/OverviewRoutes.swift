import HTTPTypes
import Manifests
import Model
import Operator

/// Repositories, targets, and what is on targets undeclared.
enum OverviewRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/repositories", id: "listRepositories", summary: "All repositories, sorted by name.",
            reply: Schemas.list(of: "Repository")
        ) { call in .list(await call.interface.repositories().map(\.value)) },
        Route(
            method: .post, path: "/api/v1/repositories/{name}/refresh", id: "refreshRepository",
            summary: "Look at a repository now, by its name or its URL with %2F for each slash.", body: [],
            reply: .named("Repository")
        ) { call in
            _ = try await call.fields()
            return .json(try await call.interface.refresh(repository: try call.name).value)
        },
        Route(
            method: .get, path: "/api/v1/targets", id: "listTargets", summary: "All targets, sorted by name.",
            reply: Schemas.list(of: "Target")
        ) { call in .list(await call.interface.targets().map(\.value)) },
        Route(
            method: .get, path: "/api/v1/unmanaged", id: "listUnmanaged",
            summary: "Entries that change behaviour and that nobody declared, by application and resource.",
            reply: Schemas.list(of: "Unmanaged")
        ) { call in .list(unmanaged(in: await call.interface.applications())) },
    ]

    static func unmanaged(in applications: [ApplicationStatus]) -> [Value] {
        applications.flatMap { application in
            application.resources.filter { !$0.unmanaged.isEmpty }.map { resource in
                [
                    "application": .string(application.name), "key": resource.key.value,
                    "paths": .array(resource.unmanaged.map(Value.string)),
                ]
            }
        }
    }
}
