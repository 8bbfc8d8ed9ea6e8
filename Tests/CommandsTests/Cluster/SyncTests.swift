import Manifests
import TestSupport
import Testing

@Suite struct SyncTests {
    @Test func `a first apply creates everything, and a second one writes nothing`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.manyKinds)
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes("create").count == Samples.manyKinds.count && plan.changes.count == Samples.manyKinds.count)
            #expect(plan.changes.contains("create apps/Deployment web: new"))
            let first = try await app.writes {
                let applied = try await app.apply()
                #expect(applied.results("created").count == Samples.manyKinds.count)
            }
            #expect(
                first.words == [
                    "patch configmaps/settings", "patch cronjobs/nightly", "patch deployments/web", "patch ingresses/web",
                    "patch rolebindings/reader", "patch roles/reader", "patch secrets/login", "patch serviceaccounts/web",
                    "patch services/web",
                ])
            let second = try await app.writes {
                #expect(try await app.plan(exits: 0).changes.isEmpty)
                let applied = try await app.apply()
                #expect(applied.results("unchanged").count == Samples.manyKinds.count)
                #expect(applied.value["phase"] == "Succeeded")
            }
            #expect(second.writes.isEmpty, "\(second.writes)")
        }
    }

    @Test func `a plan as JSON says what, on what, why and how it stands`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"))
            try await app.apply()
            try app.source(Samples.configMap("a", "color: blue"))
            let plan = try await app.plan(exits: 2)
            #expect(plan.digest.hasPrefix("sha256:") && plan.digest.count == 71)
            #expect(
                plan.operations == [
                    [
                        "action": "update", "key": .string("ConfigMap \(app.namespace)/a"), "cause": "changed", "state": "ready",
                        "fields": [["path": "/data/color", "old": "red", "new": "blue"]],
                    ]
                ])
            let table = try await app.run(app.arguments("plan", []))
            #expect(table.stdout.contains("red → blue") && table.stdout.contains("1 to update"), "\(table.stdout)")
        }
    }

    @Test func `one changed object is one request, and two of the inventory`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"), Samples.deployment())
            try await app.apply()
            try app.source(Samples.configMap("a"), Samples.configMap("b", "color: blue"), Samples.deployment())
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes == ["update ConfigMap b: changed"])
            #expect(plan.fields == ["/data/color: red → blue"])
            let requests = try await app.writes {
                let outcome = try await app.apply()
                #expect(outcome.digest == plan.digest)
            }
            #expect(requests.words == ["patch configmaps/b"])
            #expect(requests.inventory.map(\.verb) == ["update", "update"])
            #expect(try await app.get(app.path("configmaps", "b")).at("data", "color") == "blue")
            try await app.plan(exits: 0)
        }
    }

    @Test func `an object that left the files is deleted by its uid`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            let uid = try await app.uid(app.path("configmaps", "b"))
            try app.source(Samples.configMap("a"))
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes == ["delete ConfigMap b: removed"])
            let requests = try await app.writes {
                let outcome = try await app.apply()
                #expect(outcome.results("deleted") == ["ConfigMap b"])
            }
            #expect(requests.words == ["delete configmaps/b"])
            #expect(requests.deletions.map(\.requiredUID) == [uid])
            #expect(try await app.inventory() == ["a": "applied"])
            try await app.plan(exits: 0)
        }
    }

    @Test func `with --no-prune what left the files is listed and kept`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            try app.source(Samples.configMap("a"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 0, "--no-prune")
                #expect(outcome.changes == ["delete ConfigMap b: removed, kept"])
            }
            #expect(requests.objects.isEmpty)
            #expect(try await app.inventory().keys.sorted() == ["a", "b"])
        }
    }

    @Test func `a namespace that is named on the command line is made, and never deleted`() async throws {
        try await ClusterApp.with { app in
            var app = app
            app.namespace = app.name + "-made"
            try app.source(Samples.configMap("a"))
            #expect(try await app.plan(exits: 2).changes.contains("create Namespace \(app.namespace): new"))
            try await app.apply()
            #expect(try await app.inventory() == ["a": "applied"])
            let requests = try await app.writes { try await app.leave("delete", "--yes") }
            #expect(requests.words == ["delete configmaps/a"])
            #expect(try await app.get("/api/v1/namespaces/\(app.namespace)").at("status", "phase") == "Active")
        }
    }

    @Test func `with --wait the command ends when everything is healthy`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("settings"), Samples.deployment())
            let deployment = app.path("deployments", "web", group: "apps/v1")
            async let applied = app.apply("--wait", "--timeout", "100s")
            try await app.appears(deployment)
            try await app.becomeHealthy("web")
            let outcome = try await applied
            #expect(outcome.operations.allSatisfy { $0["health"] == "Healthy" })
            let requests = try await app.writes { try await app.apply("--wait", "--timeout", "100s") }
            #expect(requests.writes.isEmpty)
        }
    }

    @Test func `with --wait a deadline ends the command and names what is not healthy`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("settings"), Samples.deployment())
            let outcome = try await app.apply(exits: 1, "--wait", "--timeout", "3s")
            let message = outcome.value["message"]?.string ?? ""
            #expect(message.contains("apps/Deployment \(app.namespace)/web is Progressing"), "\(message)")
            #expect(outcome.results("created") == ["ConfigMap settings", "apps/Deployment web"])
            #expect(try await app.inventory() == ["settings": "applied", "web": "applied"])
            // What is applied stays applied, whatever its health.
            try await app.plan(exits: 0)
        }
    }

    @Test func `a failing resource blocks only what depends on it, and the next apply goes on`() async throws {
        try await ClusterApp.with { app in
            let bad = Samples.service("bad").replacing("port: 80", with: "port: 808080")
            let late = Samples.configMap("late", annotations: "plumb.dev/sync-wave: \"2\"")
            try app.source(Samples.configMap("first"), bad, late)
            let outcome = try await app.apply(exits: 1)
            #expect(outcome.results == ["ConfigMap first created", "ConfigMap late blocked", "Service bad failed"], "\(outcome)")
            try app.source(Samples.configMap("first"), Samples.service("bad"), late)
            #expect(try await app.apply().results("created") == ["ConfigMap late", "Service bad"])
            try await app.plan(exits: 0)
        }
    }

    @Test func `no secret is in any output`() async throws {
        try await ClusterApp.with { app in
            func secret(_ password: String) -> String {
                "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: \(password)}"
            }
            try app.source(secret("hunter2"))
            try await app.apply()
            try app.source(secret("correct-horse"))
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes == ["update Secret login: changed"] && plan.fields.count == 1)
            let table = try await app.run(app.arguments("plan", []))
            let applied = try await app.apply()
            let inventory = try await app.get(try await app.inventoryPath())
            let everything = "\(plan.text)\(table.stdout)\(table.stderr)\(applied.text)\(inventory)"
            for word in ["hunter2", "correct-horse", "aHVudGVyMg", "Y29ycmVjdC1ob3JzZQ"] { #expect(!everything.contains(word)) }
        }
    }
}
