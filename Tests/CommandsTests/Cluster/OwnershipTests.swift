import Manifests
import TestSupport
import Testing

/// Whose an object is: two applications, a lost inventory, one that came from elsewhere.
@Suite struct OwnershipTests {
    @Test func `an object of another application is held, and both are named`() async throws {
        try await ClusterApp.with { app in
            let other = try app.sibling()
            try app.source(Samples.configMap("shared"))
            try await app.apply()
            try other.source(Samples.configMap("shared", "color: blue"), Samples.configMap("own"))
            let plan = try await other.plan(exits: 3)
            #expect(plan.changes == ["create ConfigMap own: new", "adopt ConfigMap shared: foreign, held"])
            #expect(plan.reason("ConfigMap shared") == "it belongs to the application default/\(app.name)")
            #expect(plan.value["application"]?.string == "default/\(other.name)")
            let requests = try await other.writes { try await other.apply(exits: 3) }
            #expect(requests.words == ["patch configmaps/own"])
            #expect(try await app.get(app.path("configmaps", "shared")).at("data", "color") == "red")
            // Not even somebody who takes over what is there takes it from another application in passing.
            try await other.apply(exits: 3, "--adopt")
        }
    }

    @Test func `an object moves to the application that takes it over, and is not deleted by the old one`() async throws {
        try await ClusterApp.with { app in
            let other = try app.sibling()
            try app.source(Samples.configMap("moving", "color: red, size: \"1\", same: x"), Samples.configMap("staying"))
            try await app.apply()
            let uid = try await app.uid(app.path("configmaps", "moving"))
            try other.source(Samples.configMap("moving", "color: blue, same: x"))
            let digest = try await other.plan(exits: 3).digest
            try await other.apply("--approve", digest)
            try app.source(Samples.configMap("staying"))
            let requests = try await app.writes {
                let plan = try await app.plan(exits: 0)
                #expect(plan.value["forgotten"]?.array?.count == 1)
                try await app.apply()
                try await other.plan(exits: 0)
            }
            #expect(requests.objects.isEmpty)
            #expect(try await app.uid(app.path("configmaps", "moving")) == uid)
            #expect(try await app.inventory() == ["staying": "applied"])
            #expect(try await other.inventory() == ["moving": "applied"])
            #expect(try await app.get(app.path("configmaps", "moving"))["data"] == ["color": "blue", "same": "x"])
            // What the old one owned before is the new one's: nothing of it is left behind.
            try other.source(Samples.configMap("moving", "size: \"1\""))
            try await other.apply()
            #expect(try await app.get(app.path("configmaps", "moving"))["data"] == ["size": "1"])
        }
    }

    @Test func `an object that the old application gives up first is made anew by the other one`() async throws {
        try await ClusterApp.with { app in
            let other = try app.sibling()
            try app.source(Samples.configMap("moving"), Samples.configMap("staying"))
            try await app.apply()
            try app.source(Samples.configMap("staying"))
            try other.source(Samples.configMap("moving"))
            try await app.apply()
            let requests = try await app.writes {
                try await other.apply()
                try await app.apply()
                try await other.apply()
            }
            #expect(requests.words == ["patch configmaps/moving"])
            #expect(try await app.isThere(app.path("configmaps", "moving")))
        }
    }

    @Test func `without its inventory an application deletes nothing and finds what is its own`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"), Samples.configMap("removed"))
            try await app.apply()
            try await app.server.check("DELETE", try await app.inventoryPath())
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.deletions.isEmpty)
            #expect(try await app.isThere(app.path("configmaps", "removed")))
            #expect(try await app.inventory() == ["a": "applied", "b": "applied"])
            try await app.plan(exits: 0)
            try app.source(Samples.configMap("a"))
            #expect(try await app.apply().results("deleted") == ["ConfigMap b"])
        }
    }

    @Test func `an inventory that was restored from a backup is refused, and what the message says helps`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            try await Self.restore(try await app.get(try await app.inventoryPath()), in: app.server, replacing: true)
            try app.source(Samples.configMap("a", "color: blue"))
            let refused = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.errors.contains("is a copy"), "\(outcome)")
            }
            #expect(refused.writes.isEmpty)
            try await app.server.check("DELETE", try await app.inventoryPath())
            let requests = try await app.writes { try await app.apply("--adopt") }
            #expect(requests.words == ["patch configmaps/a"])
        }
    }

    @Test func `the inventory of another cluster is refused, and nothing is changed there`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            try await KubeServer.with { second in
                let there = try Self.move(app, to: second)
                try await second.check(
                    "POST", "/api/v1/namespaces",
                    body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"plumb-system"}}"#)
                for name in ["plumb-installation", try await app.inventoryPath().split(separator: "/").last.map(String.init) ?? ""]
                {
                    try await Self.restore(
                        try await app.get("/api/v1/namespaces/plumb-system/configmaps/\(name)"), in: second, replacing: false)
                }
                try await second.check(
                    "POST", "/api/v1/namespaces",
                    body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(app.namespace)"}}"#)
                try await second.apply(
                    Samples.configMap("b"), at: there.path("configmaps", "b"), manager: "somebody")
                try app.source(Samples.configMap("a"))
                let requests = try await there.writes {
                    for verb in ["plan", "apply"] {
                        let output = try await there.run(there.arguments(verb, []))
                        #expect(output.status == 1 && output.stderr.contains("another cluster"), "\(output)")
                    }
                    try await there.leave("delete", exits: 1, "--yes")
                }
                #expect(requests.writes.isEmpty, "\(requests.writes)")
                #expect(try await there.isThere(there.path("configmaps", "b")))
            }
        }
    }

    /// The same application, with a kubeconfig that leads to another server.
    private static func move(_ app: ClusterApp, to server: KubeServer) throws -> ClusterApp {
        ClusterApp(
            server: server, directory: app.directory, name: app.name, namespace: app.namespace,
            kubeconfig: try server.kubeconfig())
    }

    /// Creates `configMap` as a backup tool does, without what belongs to the original alone.
    private static func restore(_ configMap: Value, in server: KubeServer, replacing: Bool) async throws {
        var copy = configMap
        let name = configMap.at("metadata", "name")?.string ?? ""
        copy["metadata"] = [
            "name": .string(name), "labels": configMap.at("metadata", "labels") ?? [:],
            "annotations": configMap.at("metadata", "annotations") ?? [:],
        ]
        let path = "/api/v1/namespaces/plumb-system/configmaps"
        if replacing { try await server.check("DELETE", "\(path)/\(name)") }
        try await server.check("POST", path, body: String(decoding: JSON.serialize(copy), as: UTF8.self))
    }
}
