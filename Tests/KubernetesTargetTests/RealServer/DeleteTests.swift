import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

struct DeleteTests {
    @Test func deletesWhatItWroteAndNothingElse() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let key = try #require(try await app.sync(Samples.configMap).first).key
            let uid = try #require(app.inventory.entries[key]?.uid)
            let path = "/api/v1/namespaces/\(cluster.namespace)/configmaps"
            #expect(
                try await app.target.delete(key, uid: "another", app.context) == .notOurs("Another object is called \(key) now."))
            let other = Syncing(cluster, name: "other")
            #expect(
                try await other.target.delete(key, uid: uid, other.context)
                    == .notOurs("\(key) belongs to \(app.identity.fullName)."))
            #expect(try await cluster.server.request("GET", "\(path)/settings").status == 200)
            #expect(try await app.target.delete(key, uid: uid, app.context) == .gone)
            #expect(try await cluster.server.request("GET", "\(path)/settings").status == 404)
            #expect(try await app.target.delete(key, uid: uid, app.context) == .gone)
        }
    }

    @Test func aFinalizerMakesADeletionPending() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let key = try #require(
                try await app.sync(
                    Samples.configMap.replacing("{name: settings}", with: "{name: settings, finalizers: [example.org/wait]}")
                ).first
            ).key
            let uid = try #require(app.inventory.entries[key]?.uid)
            #expect(try await app.target.delete(key, uid: uid, app.context) == .pending("it waits for example.org/wait"))
            #expect(try await app.target.delete(key, uid: uid, app.context) == .pending("it waits for example.org/wait"))
            #expect(try await app.observe(Samples.configMap)[key]?.isTerminating == true)
            try await cluster.patch(
                "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings", #"{"metadata":{"finalizers":null}}"#)
            #expect(try await app.target.delete(key, uid: uid, app.context) == .gone)
        }
    }

    @Test func aKindThatTheServerDoesNotHaveHasNoObjects() async throws {
        try await Cluster.with { cluster in
            let app = Syncing(cluster)
            let key = ResourceKey(group: "gone.example.org", kind: "Widget", namespace: cluster.namespace, name: "one")
            let deletion = try await app.target.delete(key, uid: "u", app.context)
            #expect(deletion == .gone)
            let health = try await app.target.health(of: [key])
            #expect(health == [key: Health(.missing, "It does not exist.")])
        }
    }

    @Test func releasingChangesNothingButTheMarks() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try await app.sync(Samples.deployment() + "\n---\n" + Samples.configMap)
            for object in desired {
                let key = object.key
                let path =
                    key.kind == "Deployment"
                    ? "/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web"
                    : "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings"
                let before = try await cluster.get(path)
                let uid = try #require(app.inventory.entries[key]?.uid)
                try await app.target.release(key, uid: "another", app.context)
                #expect(try await cluster.get(path) == before)
                try await app.target.release(key, uid: uid, app.context)
                let after = try await cluster.get(path)
                #expect(after.at("metadata", "uid") == before.at("metadata", "uid"))
                // Of a Deployment the server counts a changed annotation as a new generation; its Pods stay.
                if key.kind != "Deployment" {
                    #expect(after.at("metadata", "generation") == before.at("metadata", "generation"))
                }
                #expect(after["spec"] == before["spec"] && after["data"] == before["data"])
                #expect(!after.json.contains("plumb"), "\(after.json)")
                // Another tool's server-side apply meets no conflict, and what it leaves out stays.
                if key.kind == "ConfigMap" {
                    let response = try await cluster.server.request(
                        "PATCH", "\(path)?fieldManager=next",
                        body: "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {color: blue}}",
                        contentType: "application/apply-patch+yaml")
                    #expect(response.status == 200 || response.status == 409, "\(response.body)")
                }
            }
        }
    }
}
