import Manifests
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What others do to objects that are applied.
@Suite struct DriftTests {
    /// What somebody does to the Deployment `web`, and the field that the plan has to name for it.
    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let field: String
        let by: @Sendable (ClusterApp) async throws -> Void
    }

    static let changes = [
        Change(testDescription: "kubectl scale", field: "/spec/replicas: 5 → 2") {
            try await $0.kubectl("scale", "deployment/web", "--replicas=5")
        },
        Change(testDescription: "kubectl set image", field: "/image: ") {
            try await $0.kubectl("set", "image", "deployment/web", "app=nginx:evil")
        },
        Change(testDescription: "kubectl set env", field: "/env/") {
            try await $0.kubectl("set", "env", "deployment/web", "MODE=test")
        },
        Change(testDescription: "a merge patch", field: "/spec/replicas") {
            try await $0.patch(path($0), #"{"spec":{"replicas":0}}"#)
        },
        Change(testDescription: "a forced apply", field: "/spec/replicas") {
            try await $0.server.apply(Samples.deployment(replicas: "replicas: 9"), at: path($0), manager: "thief")
        },
        Change(testDescription: "a label that is declared", field: "/spec/template/metadata/labels/tier") {
            try await $0.patch(path($0), #"{"spec":{"template":{"metadata":{"labels":{"app":"web","tier":null}}}}}"#)
        },
    ]

    private static func path(_ app: ClusterApp) -> String { app.path("deployments", "web", group: "apps/v1") }

    @Test(arguments: changes)
    func `a change of a declared field is planned as drift and reverted`(change: Change) async throws {
        try await ClusterApp.with { app in
            try app.source(
                Samples.configMap("settings"),
                Samples.deployment().replacing("labels: {app: web}", with: "labels: {app: web, tier: a}"))
            try await app.apply()
            let before = try await app.get(Self.path(app))
            try await change.by(app)
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes == ["update apps/Deployment web: drift"])
            #expect(!plan.fields.isEmpty && plan.fields.contains { $0.contains(change.field) }, "\(plan.fields)")
            let requests = try await app.writes {
                let outcome = try await app.apply()
                #expect(outcome.results("updated") == ["apps/Deployment web"])
            }
            #expect(requests.words == ["patch deployments/web"])
            let after = try await app.get(Self.path(app))
            #expect(after["spec"] == before["spec"])
            #expect(after.at("metadata", "uid") == before.at("metadata", "uid"))
            let steady = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(steady.writes.isEmpty)
        }
    }

    @Test func `a deleted object comes back, with the others left alone`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.manyKinds)
            try await app.apply()
            try await app.kubectl("delete", "configmap/settings", "service/web")
            #expect(try await app.plan(exits: 2).changes == ["create ConfigMap settings: drift", "create Service web: drift"])
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.words == ["patch configmaps/settings", "patch services/web"])
            try await app.plan(exits: 0)
        }
    }

    @Test func `what nobody declared is left alone, and stays through an update`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.deployment())
            try await app.apply()
            let undeclared = #"{"metadata":{"labels":{"team":"a"},"annotations":{"note":"mine"}}}"#
            try await app.patch(app.path("configmaps", "a"), undeclared)
            try await app.patch(Self.path(app), undeclared)
            try await app.patch(app.path("configmaps", "a"), #"{"data":{"more":"1"}}"#)
            let requests = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(requests.writes.isEmpty)
            try app.source(Samples.configMap("a", "color: blue"), Samples.deployment(image: "nginx:2"))
            try await app.apply()
            for path in [app.path("configmaps", "a"), Self.path(app)] {
                let metadata = try await app.get(path)["metadata"]
                #expect(metadata?.at("labels", "team") == "a" && metadata?.at("annotations", "note") == "mine")
            }
            #expect(try await app.get(app.path("configmaps", "a"))["data"] == ["color": "blue", "more": "1"])
        }
    }

    @Test func `an undeclared container is told, and not taken away`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.deployment())
            try await app.apply()
            try await app.server.check(
                "PATCH", Self.path(app) + "?fieldManager=injector",
                body: #"{"spec":{"template":{"spec":{"containers":[{"name":"sidecar","image":"proxy:1"}]}}}}"#,
                contentType: "application/strategic-merge-patch+json")
            let plan = try await app.plan(exits: 0)
            #expect(plan.value["unmanaged"] == 1)
            let requests = try await app.writes {
                let outcome = try await app.apply()
                #expect(outcome.value["unmanaged"] == 1)
            }
            #expect(requests.writes.isEmpty)
        }
    }

    @Test(arguments: [(3600.0, true), (-3600.0, false)])
    func `an object that is held keeps its drift until the time has come`(until: Double, isHeld: Bool) async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            let time = Date(timeIntervalSinceNow: until).formatted(.iso8601)
            try await app.patch(
                app.path("configmaps", "a"),
                #"{"data":{"color":"green"},"metadata":{"annotations":{"plumb.dev/hold-until":"\#(time)"}}}"#)
            let plan = try await app.plan(exits: isHeld ? 0 : 2)
            #expect(plan.changes == [isHeld ? "unchanged ConfigMap a: drift, kept" : "update ConfigMap a: drift"])
            #expect(plan.fields == ["/data/color: green → red by somebody"])
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.words == (isHeld ? [] : ["patch configmaps/a"]))
            #expect(try await app.get(app.path("configmaps", "a")).at("data", "color") == (isHeld ? "green" : "red"))
        }
    }

    @Test func `a hold whose time cannot be read holds and says so`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"))
            try await app.apply()
            try await app.patch(
                app.path("configmaps", "a"),
                #"{"data":{"color":"green"},"metadata":{"annotations":{"plumb.dev/hold-until":"tomorrow"}}}"#)
            let plan = try await app.plan(exits: 0)
            #expect(plan.reason("ConfigMap a")?.contains("no RFC 3339 time") == true)
        }
    }

    @Test(arguments: ["report", "ignore"])
    func `where drift is not to be reverted, nothing is`(policy: String) async throws {
        try await ClusterApp.with { app in
            let app = try app.with(settings: "  sync: {drift: \(policy)}")
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            try await app.patch(app.path("configmaps", "a"), #"{"data":{"color":"green"}}"#)
            try await app.kubectl("delete", "configmap/b")
            let requests = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(requests.writes.isEmpty)
            // A new revision is another matter.
            try app.source(Samples.configMap("a", "color: blue"), Samples.configMap("b"))
            try await app.apply()
            #expect(try await app.get(app.path("configmaps", "a")).at("data", "color") == "blue")
        }
    }
}
