import TestSupport
import Testing

/// What differs on a cluster that nothing of Plumb has ever been written to.
@Suite struct FreshClusterTests {
    @Test func `a plan with Secrets can be approved before there is a key`() async throws {
        try await KubeServer.with { server in
            try await ClusterApp.with(on: server) { app in
                let app = try app.with(settings: "  sync: {automatic: false}")
                try app.source(Samples.configMap("a"), Self.secret("hunter2"))
                let plan = try await app.plan(exits: 3)
                #expect(try await app.plan(exits: 3).digest == plan.digest)
                let held = try await app.apply(exits: 3)
                #expect(held.digest == plan.digest)
                #expect(try await !app.isThere("/api/v1/namespaces/plumb-system"))

                // Another key or another source is another plan; so is another value, which the digest does not tell by itself.
                try app.source(Samples.configMap("a"), Self.secret("hunter3"))
                #expect(try await app.apply(exits: 3, "--approve", plan.digest).digest != plan.digest)
                try app.source(Samples.configMap("a"), Self.secret("hunter2"))
                try await app.apply("--approve", plan.digest)
                #expect(try await app.inventory() == ["a": "applied", "login": "applied"])

                // From then on there is a key, and the digest names the content.
                try app.source(Samples.configMap("a"), Self.secret("hunter4"))
                let change = try await app.plan(exits: 3)
                try app.source(Samples.configMap("a", "color: blue"), Self.secret("hunter4"))
                #expect(try await app.plan(exits: 3).digest != change.digest)
                try app.source(Samples.configMap("a"), Self.secret("hunter4"))
                try await app.apply("--approve", change.digest)
                try await app.plan(exits: 0)
            }
        }
    }

    private static func secret(_ password: String) -> String {
        "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: \(password)}"
    }
}
