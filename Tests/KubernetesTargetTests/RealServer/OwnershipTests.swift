import Manifests
import Model
import TestSupport
import Testing

@testable import KubernetesTarget

/// Whose field is whose: paths left to others, and objects taken over from other tools.
struct OwnershipTests {
    static func managers(_ live: Value) -> [String] {
        (live.at("metadata", "managedFields")?.array ?? []).compactMap { $0["manager"]?.string }.sorted()
    }

    static let replicas = IgnoreRule(group: "apps", kind: "Deployment", paths: ["/spec/replicas"])

    @Test func anIgnoredPathKeepsItsLiveValueThoughNobodyElseOwnsIt() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.deployment(replicas: "4"))
            app.ignore = [Self.replicas]
            // The ignored path is left out of what is compared from now on, which is no drift.
            #expect(try await app.difference(Samples.deployment(replicas: "4")) == .changed([]))
            try await app.sync(Samples.deployment(replicas: "", image: "nginx:2"))
            let path = "/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web"
            let live = try await cluster.get(path)
            #expect(live.at("spec", "replicas")?.integer == 4)
            #expect(Self.managers(live) == ["plumb-\(app.identity.hash)", "plumb-ignored"].sorted())
            try await cluster.patch(path, #"{"spec":{"replicas":7}}"#, manager: "autoscaler")
            #expect(try await app.difference(Samples.deployment(replicas: "", image: "nginx:2")) == .same)
            try await app.sync(Samples.deployment(replicas: "4", image: "nginx:3"))
            #expect(try await cluster.get(path).at("spec", "replicas")?.integer == 7)
        }
    }

    @Test func anIgnoredFieldOfAListElementStays() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.deployment(image: "nginx:1"))
            app.ignore = [IgnoreRule(group: "apps", kind: "Deployment", paths: ["/spec/template/spec/containers/[name=app]/image"])]
            let path = "/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web"
            try await app.sync(Samples.deployment(replicas: "3", image: "nginx:2"))
            let live = try await cluster.get(path)
            #expect(live.at("spec", "template", "spec", "containers")?[0]?["image"]?.string == "nginx:1")
            #expect(live.at("spec", "replicas")?.integer == 3)
        }
    }

    @Test func onCreationTheManifestsOwnValueIsUsed() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            app.ignore = [Self.replicas]
            try await app.sync(Samples.deployment(replicas: "5"))
            #expect(
                try await cluster.get("/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web").at("spec", "replicas")?
                    .integer == 5)
            #expect(try await app.difference(Samples.deployment(replicas: "5")) == .same)
        }
    }

    @Test(arguments: ["kubectl-client-side-apply", "kubectl-create", "argocd-controller", "helm"])
    func whatAnEarlierToolLeftGoesWithTheFiles(_ manager: String) async throws {
        try await Cluster.with { cluster in
            let collection = "/api/v1/namespaces/\(cluster.namespace)/configmaps"
            let before = """
                {"metadata":{"name":"settings","labels":{"kustomize.toolkit.fluxcd.io/name":"x","keep":"1"},
                "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","argocd.argoproj.io/tracking-id":"a:b"}},
                "data":{"color":"red","old":"1"}}
                """
            try await cluster.server.check("POST", "\(collection)?fieldManager=\(manager)", body: before)
            let uid = try await cluster.get("\(collection)/settings").uid
            var app = Syncing(cluster)
            let observed = try #require(try await app.observe(Samples.configMap).values.first)
            guard case .nobody(by: .some) = observed.owner else {
                Issue.record("its tool is told: \(observed.owner)")
                return
            }
            let desired = try #require(try await cluster.prepare(Samples.configMap).first)
            try await app.write(desired, .adopt, uid: observed.uid)
            let live = try await cluster.get("\(collection)/settings")
            #expect(live.uid == uid)
            #expect(live["data"] == ["color": "red", "size": "1"])
            #expect(Self.managers(live) == ["plumb-\(app.identity.hash)"])
            #expect(live.at("metadata", "annotations")?.object?.keys == ["plumb.dev/application"])
            #expect(try await app.difference(Samples.configMap) == .same)
        }
    }

    @Test func fieldsOfOtherManagersSurviveAnAdoption() async throws {
        try await Cluster.with { cluster in
            let collection = "/api/v1/namespaces/\(cluster.namespace)/configmaps"
            try await cluster.server.check(
                "POST", "\(collection)?fieldManager=some-controller",
                body: #"{"metadata":{"name":"settings"},"data":{"color":"blue","theirs":"1"}}"#)
            var app = Syncing(cluster)
            let desired = try #require(try await cluster.prepare(Samples.configMap).first)
            try await app.write(desired, .adopt, uid: try await cluster.get("\(collection)/settings").uid)
            #expect(try await cluster.get("\(collection)/settings")["data"] == ["color": "red", "size": "1", "theirs": "1"])
        }
    }
}
