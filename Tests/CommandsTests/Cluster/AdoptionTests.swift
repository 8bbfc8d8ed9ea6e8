import Manifests
import TestSupport
import Testing

/// What was there before Plumb, and leaving it again.
@Suite struct AdoptionTests {
    private static let objects = [
        Samples.configMap("settings", "color: red, size: \"1\""), Samples.deployment(),
        // kubectl's own server-side apply needs the protocol said.
        Samples.service().replacing("port: 80", with: "port: 80, protocol: TCP"),
    ]

    private static func paths(_ app: ClusterApp) -> [String] {
        [app.path("configmaps", "settings"), app.path("deployments", "web", group: "apps/v1"), app.path("services", "web")]
    }

    @Test(arguments: [(false, true), (false, false), (true, true), (true, false)])
    func `objects of kubectl are taken over with consent and given back, and none is made anew`(
        serverSide: Bool, flag: Bool
    ) async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects)
            try await app.kubectl(
                "apply", serverSide ? "--server-side" : "--server-side=false", "--validate=false", "-f",
                app.source + "/objects.yaml")
            let uids = try await Self.paths(app).asyncMap { try await app.uid($0) }
            let template = try await app.get(Self.paths(app)[1]).at("spec", "template")

            // The files have moved on since: a field has gone, another has changed.
            try app.source([Samples.configMap("settings", "color: blue")] + Self.objects.dropFirst())
            let plan = try await app.plan(exits: 3)
            #expect(plan.changes("adopt") == ["ConfigMap settings", "Service web", "apps/Deployment web"])
            #expect(plan.reason("ConfigMap settings") == "it exists already, managed by kubectl")
            let held = try await app.writes { try await app.apply(exits: 3) }
            #expect(held.objects.isEmpty)

            let adopted = flag ? try await app.apply("--adopt") : try await app.apply("--approve", plan.digest)
            #expect(adopted.results("adopted").count == 3)
            #expect(try await Self.paths(app).asyncMap { try await app.uid($0) } == uids)
            let settings = try await app.get(Self.paths(app)[0])
            #expect(settings["data"] == ["color": "blue"])
            #expect(settings.at("metadata", "annotations")?["kubectl.kubernetes.io/last-applied-configuration"] == nil)
            let steady = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(steady.writes.isEmpty)
            try await released(app, uids)
            // Nothing restarts for any of it.
            #expect(try await app.get(Self.paths(app)[1]).at("spec", "template") == template)
        }
    }

    private func released(_ app: ClusterApp, _ uids: [String]) async throws {
        let inventory = try await app.inventoryPath()
        let requests = try await app.writes {
            let outcome = try await app.leave("release")
            #expect(outcome.value["released"]?.array?.count == 3)
        }
        #expect(requests.deletions.isEmpty && requests.objects.count == 3)
        #expect(try await !app.isThere(inventory))
        for (path, uid) in zip(Self.paths(app), uids) {
            let live = try await app.get(path)
            #expect(live.at("metadata", "uid")?.string == uid)
            #expect(live.at("metadata", "labels")?["plumb.dev/application"] == nil)
            #expect(live.at("metadata", "annotations")?["plumb.dev/application"] == nil)
            let managers = live.at("metadata", "managedFields")?.array?.compactMap { $0["manager"]?.string } ?? []
            #expect(!managers.contains { $0.hasPrefix("plumb") })
        }
        // And nobody's it is: to have it again, one has to ask again.
        try await app.plan(exits: 3)
        let gone = try await app.leave("release", exits: 1)
        #expect(gone.errors.contains("There is no application"))
    }

    @Test func `what leaves the files after an adoption leaves the cluster`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.objects)
            try await app.kubectl("apply", "--validate=false", "-f", app.source + "/objects.yaml")
            try await app.apply("--adopt")
            // Deletions wait until everything that stays is healthy.
            try await app.becomeHealthy("web")
            try app.source(Samples.configMap("settings", "size: \"1\""), Samples.deployment())
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.words == ["delete services/web", "patch configmaps/settings"])
            #expect(try await app.get(Self.paths(app)[0])["data"] == ["size": "1"])
        }
    }

    @Test func `what people set by other means is not taken over with the rest`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("settings"))
            try await app.kubectl("apply", "--validate=false", "-f", app.source + "/objects.yaml")
            try await app.patch(app.path("configmaps", "settings"), #"{"data":{"theirs":"1"},"metadata":{"labels":{"team":"a"}}}"#)
            try await app.apply("--adopt")
            let live = try await app.get(app.path("configmaps", "settings"))
            #expect(live["data"] == ["color": "red", "theirs": "1"])
            #expect(live.at("metadata", "labels", "team") == "a")
        }
    }

    @Test func `one object that is there already holds itself alone`() async throws {
        try await ClusterApp.with { app in
            try await app.server.apply(Samples.configMap("there", "color: green"), at: app.path("configmaps", "there"))
            try app.source(Samples.configMap("there"), Samples.configMap("new"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 3)
                #expect(outcome.changes == ["create ConfigMap new: new", "adopt ConfigMap there: existing, held"])
                #expect(outcome.fields.contains("/data/color: green → red by somebody-else"), "\(outcome.fields)")
            }
            #expect(requests.words == ["patch configmaps/new"])
        }
    }
}
