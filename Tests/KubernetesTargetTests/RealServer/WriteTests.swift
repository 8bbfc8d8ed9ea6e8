import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

/// Writing on a real server: who may take which fields, what is refused, and how it is told.
struct WriteTests {
    static func error(_ body: () async throws -> Void) async throws -> PlumbError {
        do {
            try await body()
        } catch let error as PlumbError {
            return error
        }
        throw TestSupportError("nothing was thrown")
    }

    @Test func objectsCarryTheMarksOfTheirApplication() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            let live = try await cluster.get("/api/v1/namespaces/\(cluster.namespace)/configmaps/settings")
            #expect(live.at("metadata", "labels")?["plumb.dev/application"]?.string == app.identity.hash)
            #expect(live.at("metadata", "annotations")?["plumb.dev/application"]?.string == app.identity.fullName)
            let managers = (live.at("metadata", "managedFields")?.array ?? []).compactMap { $0["manager"]?.string }
            #expect(managers == ["plumb-\(app.identity.hash)"])
        }
    }

    @Test func aFirstApplyDoesNotForceAndNamesTheOwner() async throws {
        try await Cluster.with { cluster in
            let path = "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings"
            try await cluster.server.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {color: green}}", at: path,
                manager: "their-tool")
            let desired = try #require(try await cluster.prepare(Samples.configMap).first)
            var app = Syncing(cluster)
            let error = try await Self.error { try await app.write(desired, .create) }
            #expect(error.code == .conflict)
            #expect(error.message.contains("their-tool") && error.message.contains(".data.color"), "\(error)")
            #expect(error.origin == Origin(file: "app.yaml", line: 1))
            #expect(try await cluster.get(path).at("data", "color")?.string == "green")
        }
    }

    @Test func anotherApplicationsObjectIsNotTakenByCreating() async throws {
        try await Cluster.with { cluster in
            var first = Syncing(cluster, name: "first")
            try await first.sync(Samples.configMap)
            var second = Syncing(cluster, name: "second")
            let desired = try #require(try await cluster.prepare(Samples.configMap).first)
            let error = try await Self.error { try await second.write(desired, .create) }
            #expect(error.code == .conflict)
            #expect(error.message.contains("plumb-\(first.identity.hash)"), "\(error)")
            #expect(try await second.observe(Samples.configMap).values.first?.owner == .other(first.identity.fullName))
        }
    }

    @Test func anUpdateTakesDeclaredFieldsBack() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try await app.sync(Samples.configMap)
            let path = "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings"
            try await cluster.server.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {color: green}}", at: path,
                manager: "their-tool")
            try await app.write(try #require(desired.first), .update, uid: app.inventory.entries.values.first?.uid)
            #expect(try await cluster.get(path).at("data", "color")?.string == "red")
        }
    }

    @Test func anUpdateDoesNotTouchAnObjectThatCameInItsPlace() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try #require(try await app.sync(Samples.configMap).first)
            let uid = app.inventory.entries[desired.key]?.uid
            let path = "/api/v1/namespaces/\(cluster.namespace)/configmaps"
            try await cluster.server.check("DELETE", "\(path)/settings")
            #expect(try await Self.error { try await app.write(desired, .update, uid: uid) }.code == .conflict)
            #expect(try await cluster.server.request("GET", "\(path)/settings").status == 404)
            try await cluster.server.check("POST", path, body: #"{"metadata":{"name":"settings"},"data":{"color":"their own"}}"#)
            #expect(try await Self.error { try await app.write(desired, .update, uid: uid) }.code == .conflict)
            #expect(try await cluster.get("\(path)/settings").at("data", "color")?.string == "their own")
        }
    }

    @Test func whatLeavesTheManifestLeavesTheObject() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            try await app.sync(Samples.configMap.replacing(", size: \"1\"", with: ""))
            let live = try await cluster.get("/api/v1/namespaces/\(cluster.namespace)/configmaps/settings")
            #expect(live["data"] == ["color": "red"])
        }
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let before: String?
        let yaml: String
        let code: PlumbError.Code
        let words: [String]
        var testDescription: String { name }
    }

    static let refusals = [
        Refusal(
            name: "an immutable field", before: Samples.deployment(),
            yaml: Samples.deployment().replacing("app: web", with: "app: other"), code: .invalid,
            words: ["spec.selector", "plumb.dev/apply: replace"]),
        Refusal(
            name: "a field that the schema does not have", before: nil,
            yaml: Samples.service.replacing("selector:", with: "selektor:"),
            code: .invalid, words: ["selektor"]),
        Refusal(
            name: "a value that validation refuses", before: nil, yaml: Samples.service.replacing("port: 80", with: "port: 700000"),
            code: .invalid, words: ["spec.ports[0].port"]),
        Refusal(
            name: "a namespace that is not there", before: nil,
            yaml: Samples.configMap.replacing("{name: settings}", with: "{name: settings, namespace: does-not-exist}"),
            code: .notFound,
            words: ["does-not-exist", "createNamespace"]),
    ]

    @Test(arguments: refusals)
    func refusalsSayWhatAndWhy(_ refusal: Refusal) async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            if let before = refusal.before { try await app.sync(before) }
            let error = try await Self.error { try await app.sync(refusal.yaml) }
            #expect(error.code == refusal.code, "\(error)")
            for word in refusal.words { #expect("\(error)".contains(word), "\(error)") }
            #expect(error.origin?.file == "app.yaml")
        }
    }

    @Test func aReplacementIsAnotherObject() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let before = try #require(try await app.sync(Samples.deployment()).first)
            let uid = app.inventory.entries[before.key]?.uid
            let after = try #require(
                try await cluster.prepare(Samples.deployment().replacing("app: web", with: "app: other")).first)
            let result = try await app.write(after, .replace, uid: uid)
            #expect(result.uid != uid)
            #expect(try await app.difference(Samples.deployment().replacing("app: web", with: "app: other")) == .same)
        }
    }

    static let hook = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate, annotations: {plumb.dev/hook: PreSync}}
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: app, image: migrate}]}}
        """

    @Test func aHookIsMadeAnewAndMarkedWithItsOperation() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try #require(try await cluster.prepare(Self.hook).first)
            let first = try await app.write(desired, .hook)
            let observed = try #require(try await app.observe(Self.hook)[desired.key])
            #expect(observed.operation == "operation-1" && observed.owner == .this)
            #expect(try await app.target.hookProgress(desired.key) == .running("It has not started."))
            let second = try await app.write(desired, .hook, uid: first.uid)
            #expect(second.uid != first.uid)
            let path = "/apis/batch/v1/namespaces/\(cluster.namespace)/jobs/migrate/status"
            try await cluster.patch(path, #"{"status":{"conditions":[{"type":"Complete","status":"True"}]}}"#)
            #expect(try await app.target.hookProgress(desired.key) == .succeeded)
            try await cluster.server.check(
                "DELETE", "/apis/batch/v1/namespaces/\(cluster.namespace)/jobs/migrate?propagationPolicy=Background")
            #expect(try await app.target.hookProgress(desired.key) == nil)
        }
    }

    @Test(arguments: [("waiting", false), ("running", true)])
    func aHookOfWhichNoContainerStartedIsPending(state: String, hasStarted: Bool) async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try #require(try await cluster.prepare(Self.hook).first)
            let written = try await app.write(desired, .hook)
            let pods = "/api/v1/namespaces/\(cluster.namespace)/pods"
            try await cluster.server.check(
                "POST", pods,
                body: """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "labels": {"controller-uid": "\(written.uid)", "job-name": "migrate"}},
                     "spec": {"containers": [{"name": "app", "image": "migrate"}, {"name": "other", "image": "x"}]}}
                    """)
            try await cluster.patch(
                "\(pods)/p/status",
                #"""
                {"status": {"phase": "Pending", "containerStatuses": [
                  {"name": "app", "image": "migrate", "imageID": "", "ready": false, "restartCount": 0,
                   "state": {"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}},
                  {"name": "other", "image": "x", "imageID": "", "ready": false, "restartCount": 0, "state": {"\#(state)": {}}}]}}
                """#)
            let message = "ImagePullBackOff: no such image"
            #expect(try await app.target.hookProgress(desired.key) == (hasStarted ? .running(message) : .pending(message)))
        }
    }

    @Test func aHookDoesNotTakeAnObjectThatIsThere() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let desired = try #require(try await cluster.prepare(Self.hook).first)
            try await app.write(desired, .hook)
            #expect(try await Self.error { try await app.write(desired, .hook) }.code == .conflict)
        }
    }

    @Test func rehearsalsTellWhatWouldChangeAndWriteNothing() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let before = try #require(try await app.sync(Samples.deployment()).first)
            let live = try await cluster.get("/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web")
            let uid = app.inventory.entries[before.key]?.uid
            let same = try await app.target.rehearse(Write(desired: before, mode: .update, uid: uid), app.context)
            #expect(same?.fields == [])
            let after = try #require(try await cluster.prepare(Samples.deployment(replicas: "3", image: "nginx:2")).first)
            let rehearsal = try await app.target.rehearse(Write(desired: after, mode: .update, uid: uid), app.context)
            #expect(
                rehearsal?.fields.map { "\($0.path): \($0.old ?? "-") → \($0.new ?? "-")" } == [
                    "/spec/replicas: 2 → 3", "/spec/template/spec/containers/[name=app]/image: nginx:1 → nginx:2",
                ])
            #expect(try await cluster.get("/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web") == live)
        }
    }

    @Test func aRehearsalThrowsWhatTheWriteWouldThrow() async throws {
        try await Cluster.with { cluster in
            let app = Syncing(cluster)
            let desired = try #require(try await cluster.prepare(Samples.service.replacing("port: 80", with: "port: 700000")).first)
            let error = try await Self.error {
                _ = try await app.target.rehearse(Write(desired: desired, mode: .create, uid: nil), app.context)
            }
            #expect(error.code == .invalid)
            let elsewhere = try await cluster.prepare(Samples.configMap, namespace: "not-there-yet")
            #expect(
                try await app.target.rehearse(Write(desired: try #require(elsewhere.first), mode: .create, uid: nil), app.context)
                    == nil)
        }
    }
}
