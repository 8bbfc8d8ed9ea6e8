import Manifests
import TestSupport
import Testing

/// An operator on a cluster that already runs things, and people who change them.
@Suite struct ServeClusterTests {
    static let objects = [Samples.configMap("settings"), Samples.deployment(), Samples.service()]

    @Test func `drift of declared fields and objects goes back, and what nobody declared stays`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            let app = served.app
            try await served.synced()
            let (settings, web) = (app.path("configmaps", "settings"), app.path("deployments", "web", group: "apps/v1"))

            try await app.patch(web, #"{"spec":{"replicas":5}}"#, manager: "a-person")
            _ = try await eventually("replicas are back") {
                try await app.get(web).at("spec", "replicas")?.integer == 2 ? true : nil
            }
            try await app.kubectl("delete", "configmap", "settings")
            try await app.appears(settings)
            try await app.patch(settings, #"{"metadata":{"annotations":{"team":"blue"}},"data":{"extra":"1"}}"#)
            try await app.patch(settings, #"{"data":{"color":"green"}}"#)
            _ = try await eventually("the colour is back") {
                try await app.get(settings).at("data", "color")?.string == "red" ? true : nil
            }
            let live = try await app.get(settings)
            #expect(live.at("metadata", "annotations")?["team"]?.string == "blue" && live.at("data", "extra")?.string == "1")

            let drift = try await eventually("the drift is told") {
                try await served.events().first { $0["type"]?.string == "Drift" && $0["path"]?.string == "/spec/replicas" }
            }
            #expect([drift["old"]?.string, drift["new"]?.string, drift["manager"]?.string] == ["2", "5", "a-person"])
        }
    }

    @Test func `a reconcile that changes nothing asks the server nothing`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            try await served.synced()
            // What the first sync has set off is over when a sync by hand finds nothing more to do.
            _ = try await eventually("it stands still") {
                try await served.plumb("sync", served.app.name, "--wait", "--timeout", "20s").stdout.contains(
                    "nothing had to be changed")
                    ? true : nil
            }
            let start = try await served.app.mark()
            for _ in 0..<5 { _ = try await served.plumb("sync", served.app.name, "--wait", "--timeout", "20s") }
            let commit = try await ServedHost.commit(["README": "nothing of it"], "Elsewhere", in: served.repository)
            try await served.synced(at: commit)
            let entries = try await served.app.server.auditLog.entries(since: start) {
                $0.userAgent.hasPrefix("plumb/") && $0.namespace == served.app.namespace && $0.verb != "watch"
            }
            #expect(entries.isEmpty, "\(entries.map(Requests.words))")
        }
    }

    @Test func `a namespace that runs is watched, taken over with consent, and left, and no object is made anew`() async throws {
        try await ServedCluster.with(Self.objects, flags: ["--observe"]) { served in
            let app = served.app
            try app.source(Self.objects)
            try await app.kubectl("apply", "--validate=false", "-f", app.source + "/objects.yaml")
            let paths = [
                app.path("configmaps", "settings"), app.path("deployments", "web", group: "apps/v1"), app.path("services", "web"),
            ]
            let uids = try await paths.asyncMap { try await app.uid($0) }
            let start = try await app.mark()
            try await served.wait("seen") { $0["resources"]?.array?.count == 3 && $0.at("sync", "status")?.string == "OutOfSync" }
            #expect(try await app.requests(since: start).writes.isEmpty)
            await served.process.kill()

            let writing = try await served.again()
            let held = try await writing.wait("held") { $0.at("hold", "reason")?.string == "approval" }
            #expect(try await app.requests(since: start).objects.isEmpty)
            let digest = try #require(held.at("hold", "plan")?.string)
            #expect(try await writing.plumb("approve", app.name, "--plan", digest).status == 0)
            try await writing.synced()
            await writing.process.kill()

            try await app.leave("release")
            #expect(try await paths.asyncMap { try await app.uid($0) } == uids)
            #expect(try await app.requests(since: start).deletions.isEmpty)
        }
    }

    @Test func `an autoscaler's replicas stay under an ignore rule`() async throws {
        let settings = "  ignore: [{group: apps, kind: Deployment, name: web, paths: [/spec/replicas]}]"
        try await ServedCluster.with(Self.objects, settings: settings) { served in
            let app = served.app
            try await served.synced()
            let web = app.path("deployments", "web", group: "apps/v1")
            try await app.patch(web, #"{"spec":{"replicas":7}}"#, manager: "autoscaler")
            let commit = try await served.commit(
                [Samples.configMap("settings", "color: blue"), Samples.deployment(image: "nginx:2"), Samples.service()],
                "Another image")
            try await served.synced(at: commit)
            #expect(try await app.get(web).at("spec", "replicas")?.integer == 7)
            #expect(try await !served.events().contains { $0["path"]?.string == "/spec/replicas" })
        }
    }

    @Test func `two operators of one installation lose nothing and undo nothing of each other`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            try await served.synced()
            let other = "\(served.app.directory)/other"
            try Files.write("", to: "\(served.app.directory)/second/.keep")
            let second = try await PlumbBinary.start(
                [
                    "serve", "--repository", served.repository, "--kubeconfig", served.app.kubeconfig, "--data-dir", other,
                    "--listen",
                    "127.0.0.1:0",
                ], directory: "\(served.app.directory)/second")
            let start = try await served.app.mark()
            let commit = try await served.commit(
                (0..<6).map { Samples.configMap("c\($0)") } + Self.objects, "More, for both")
            try await served.synced(at: commit)
            _ = try await eventually("the second one says so too") {
                let output = try await ProcessRunner.run(
                    try PlumbBinary.path(), ["get", "application", served.app.name, "-o", "json", "--data-dir", other])
                let status = try JSON.parse(Array(output.stdout.utf8), file: "status")
                return status.at("sync", "status")?.string == "Synced"
                    && status["revisions"]?.array?.first?.string?.hasSuffix(commit) ?? false ? true : nil
            }
            await second.kill()
            let requests = try await served.app.requests(since: start)
            #expect(requests.deletions.isEmpty)
            // A Deployment and a Service have one name.
            #expect(try await served.app.inventory().count == 8)
        }
    }
}
