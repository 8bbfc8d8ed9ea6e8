import Manifests
import TestSupport
import Testing

/// `ignore` of a field: never set, and never let fall back to its default.
@Suite struct IgnoreTests {
    private static let ignore = "  ignore: [{group: apps, kind: Deployment, paths: [/spec/replicas]}]"

    private static func replicas(_ app: ClusterApp) async throws -> Int64? {
        try await app.get(app.path("deployments", "web", group: "apps/v1")).at("spec", "replicas")?.integer
    }

    @Test(arguments: [4, 7])
    func `an ignored field stays as it is, also when it leaves the files`(live: Int) async throws {
        try await ClusterApp.with { app in
            let app = try app.with(settings: Self.ignore)
            try app.source(Samples.deployment(replicas: "replicas: 4"))
            try await app.apply()
            if live != 4 {
                try await app.patch(app.path("deployments", "web", group: "apps/v1"), #"{"spec":{"replicas":\#(live)}}"#)
                let requests = try await app.writes {
                    try await app.plan(exits: 0)
                    try await app.apply()
                }
                #expect(requests.writes.isEmpty)
            }
            for (replicas, image) in [("replicas: 4", "nginx:2"), ("replicas: 5", "nginx:2"), ("", "nginx:2"), ("", "nginx:3")] {
                try app.source(Samples.deployment(replicas: replicas, image: image))
                try await app.apply()
                #expect(try await Self.replicas(app) == Int64(live), "\(replicas) \(image)")
                try await app.plan(exits: 0)
            }
        }
    }

    @Test func `a field that is ignored from now on stays as it is`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.deployment(replicas: "replicas: 4"))
            try await app.apply()
            let app = try app.with(settings: Self.ignore)
            try await app.apply()
            #expect(try await Self.replicas(app) == 4)
            try app.source(Samples.deployment(replicas: ""))
            try await app.apply()
            #expect(try await Self.replicas(app) == 4)
            try await app.patch(app.path("deployments", "web", group: "apps/v1"), #"{"spec":{"replicas":9}}"#)
            try await app.apply()
            #expect(try await Self.replicas(app) == 9)
        }
    }

    @Test func `an object that is adopted keeps its ignored fields`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.deployment(replicas: "replicas: 6"))
            try await app.kubectl("apply", "--validate=false", "-f", app.source + "/objects.yaml")
            let app = try app.with(settings: Self.ignore)
            try app.source(Samples.deployment(replicas: "", image: "nginx:2"))
            try await app.apply("--adopt")
            #expect(try await Self.replicas(app) == 6)
            try app.source(Samples.deployment(replicas: "replicas: 1", image: "nginx:2"))
            try await app.apply()
            #expect(try await Self.replicas(app) == 6)
        }
    }
}
