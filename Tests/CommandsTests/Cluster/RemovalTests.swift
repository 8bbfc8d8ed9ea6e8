import Manifests
import TestSupport
import Testing

/// `plumb delete`; `plumb release` is with adoption.
@Suite struct RemovalTests {
    @Test func `delete shows what it would do, and does it in reverse order with --yes`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.manyKinds + [Samples.configMap("first", annotations: "plumb.dev/sync-wave: \"-5\"")])
            try await app.apply()
            let inventory = try await app.inventoryPath()
            let asked = try await app.writes {
                let outcome = try await app.leave("delete", exits: 2)
                #expect(outcome.changes("delete").count == Samples.manyKinds.count + 1)
            }
            #expect(asked.writes.isEmpty)
            let requests = try await app.writes {
                let outcome = try await app.leave("delete", "--yes")
                #expect(outcome.results("deleted").count == Samples.manyKinds.count + 1)
            }
            let order = requests.deletions.map(\.resource)
            #expect(requests.deletions.last?.name == "first")
            let workloads: Set = ["deployments", "cronjobs", "ingresses"]
            #expect(Set(order.prefix(3)) == workloads, "\(order)")
            #expect(requests.deletions.allSatisfy { $0.requiredUID != nil })
            #expect(try await !app.isThere(inventory))
            let gone = try await app.leave("delete", exits: 1, "--yes")
            #expect(gone.errors.contains("There is no application"))
        }
    }

    @Test func `what others own by now, or asks to stay, is not deleted`() async throws {
        try await ClusterApp.with { app in
            let other = try app.sibling()
            try app.source(
                Samples.configMap("a"), Samples.configMap("taken"),
                Samples.configMap("kept", annotations: "plumb.dev/prune: disabled"),
                Samples.configMap("remade"))
            try await app.apply()
            try other.source(Samples.configMap("taken"))
            try await other.apply("--approve", try await other.plan(exits: 3).digest)
            try await app.kubectl("delete", "configmap/remade")
            try await app.server.apply(Samples.configMap("remade"), at: app.path("configmaps", "remade"))
            let requests = try await app.writes { try await app.leave("delete", "--yes") }
            #expect(requests.deletions.map(\.name) == ["a"])
            let kept = try await app.get(app.path("configmaps", "kept"))
            #expect(kept.at("metadata", "labels")?["plumb.dev/application"] == nil)
            try await other.plan(exits: 0)
        }
    }

    @Test func `what cannot end yet stays in the inventory until it has`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("stuck"))
            try await app.apply()
            let path = app.path("configmaps", "stuck")
            try await app.patch(path, #"{"metadata":{"finalizers":["example.com/wait"]}}"#)
            let outcome = try await app.leave("delete", exits: 1, "--yes", "--timeout", "2s")
            #expect(outcome.text.contains("it waits for example.com/wait"), "\(outcome)")
            #expect(try await app.inventory() == ["stuck": "deleting"])
            async let removed = app.leave("delete", "--yes", "--timeout", "60s")
            try await app.patch(path, #"{"metadata":{"finalizers":null}}"#)
            _ = try await removed
            #expect(try await !app.isThere(path))
        }
    }

    @Test func `a pruned object that cannot end yet is told, and does not come back`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("stuck"))
            try await app.apply()
            let path = app.path("configmaps", "stuck")
            try await app.patch(path, #"{"metadata":{"finalizers":["example.com/wait"]}}"#)
            try app.source(Samples.configMap("a"))
            #expect(try await app.apply().results("deleting") == ["ConfigMap stuck"])
            let again = try await app.writes { try await app.apply() }
            #expect(again.objects.isEmpty)
            try await app.patch(path, #"{"metadata":{"finalizers":null}}"#)
            try await app.apply()
            #expect(try await app.inventory() == ["a": "applied"])
            try await app.plan(exits: 0)
        }
    }
}
