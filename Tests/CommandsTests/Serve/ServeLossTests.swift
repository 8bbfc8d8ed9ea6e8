import Manifests
import Model
import TestSupport
import Testing

/// What is lost, restarted, or somebody else's: the operator deletes nothing that it was not told to delete.
@Suite struct ServeLossTests {
    static let objects = [Samples.configMap("settings"), Samples.service()]

    @Test func `an operator that lost its store finds everything, and writes no object`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            let app = served.app
            try await served.synced()
            await served.process.kill()
            try await ProcessRunner.check("rm", ["-rf", served.data])
            let start = try await app.mark()
            let again = try await served.again()
            try await again.synced()
            let commit = try await again.commit(Self.objects + [Samples.configMap("more")], "More")
            try await again.synced(at: commit)
            await again.process.kill()
            #expect(try await app.requests(since: start).words == ["patch configmaps/more"])
        }
    }

    @Test func `an operator that lost its store and its application deletes nothing`() async throws {
        try await ServedCluster.with(Self.objects, settings: "  sync: {onRemoval: delete}") { served in
            let app = served.app
            try await served.synced()
            await served.process.kill()
            try await ProcessRunner.check("rm", ["-rf", served.data])
            let start = try await app.mark()
            try await ServedHost.commit(
                ["plumb/app.yaml": nil, "plumb/other.yaml": ServedHost.application("other", path: "nowhere")], "It leaves",
                in: served.repository)
            let again = try await served.again()
            let orphan = try await again.wait("an orphan") { $0["orphan"]?.bool == true }
            #expect(orphan["why"]?.string?.contains("--kubeconfig \(app.kubeconfig)") ?? false, "\(orphan.json)")
            await again.process.kill()
            #expect(try await app.requests(since: start).writes.isEmpty)
        }
    }

    @Test func `another installation's objects are held, named, and not touched`() async throws {
        try await KubeServer.with { server in
            try await ServedCluster.with(Self.objects, on: server) { served in
                let app = served.app
                try await served.synced()
                await served.process.kill()
                let (name, inventory) = (try await app.identity().fullName, try await app.inventoryPath())
                let before = try await app.get(inventory)
                // As somebody who sets Plumb up in a cluster that another one's objects were restored to.
                try await server.check("DELETE", "/api/v1/namespaces/plumb-system/configmaps/plumb-installation")
                try await ProcessRunner.check("rm", ["-rf", served.data])
                let start = try await app.mark()
                let again = try await served.again()
                let held = try await again.wait("held") { $0.at("hold", "reason")?.string == "approval" }
                #expect(held["resources"]?.array?.allSatisfy { $0["message"]?.string?.contains(name) ?? false } ?? false, "\(held)")
                try await ServedHost.commit(["plumb/app.yaml": nil, "README": ""], "It leaves", in: served.repository)
                _ = try await eventually("root is told") {
                    try await again.plumb("why", "root").stdout.contains("declared Applications") ? true : nil
                }
                await again.process.kill()
                #expect(try await app.requests(since: start).objects.isEmpty)
                #expect(try await app.get(inventory) == before)
            }
        }
    }

    @Test func `an API server that is restarted is followed again, and what changed meanwhile goes back`() async throws {
        try await KubeServer.with { server in
            try await ServedCluster.with(Self.objects, on: server) { served in
                let app = served.app
                try await served.synced()
                let start = try await app.mark()
                await server.interrupt()
                let settings = app.path("configmaps", "settings")
                let commit = try await served.commit([Samples.configMap("settings", "color: blue"), Samples.service()], "Blue")
                let away = try await served.wait("told", within: .seconds(120)) { $0.at("sync", "status")?.string != "Synced" }
                #expect(away.at("sync", "status")?.string == "Unknown", "\(away.json)")
                try await server.resume()
                try await app.patch(settings, #"{"data":{"color":"green"}}"#)
                try await app.kubectl("delete", "service", "web")
                try await served.wait("Synced", within: .seconds(180)) { status in
                    status.at("sync", "status")?.string == "Synced"
                        && status["revisions"]?.array?.first?.string?.hasSuffix(commit) ?? false
                }
                _ = try await eventually("what was declared meanwhile is there", within: .seconds(60)) {
                    try await app.get(settings).at("data", "color")?.string == "blue" ? true : nil
                }
                try await app.appears(app.path("services", "web"))
                // And the watch is one again.
                try await app.patch(settings, #"{"data":{"color":"green"}}"#)
                _ = try await eventually("the colour is back") {
                    try await app.get(settings).at("data", "color")?.string == "blue" ? true : nil
                }
                #expect(try await app.requests(since: start).deletions.isEmpty)
            }
        }
    }
}

/// An application that changes where it is, what it is called, or whether it is there at all.
@Suite struct ServeMoveTests {
    static let objects = [Samples.configMap("settings"), Samples.deployment(), Samples.service()]

    static func application(_ served: ServedCluster, path: String = "app", namespace: String? = nil, _ settings: String = "")
        -> String
    {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: \(served.app.name)}
        spec:
          sources: [{path: \(path)}]
          target: {namespace: \(namespace ?? served.app.namespace)}
        \(settings)
        """
    }

    static func uids(_ app: ClusterApp) async throws -> [String] {
        try await [
            app.path("configmaps", "settings"), app.path("deployments", "web", group: "apps/v1"), app.path("services", "web"),
        ].asyncMap { try await app.uid($0) }
    }

    @Test func `another path with the same in it changes nothing`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            let app = served.app
            try await served.synced()
            let (uids, start) = (try await Self.uids(app), try await app.mark())
            let commit = try await ServedHost.commit(
                [
                    "app/objects.yaml": nil, "moved/objects.yaml": Self.objects.joined(separator: "\n---\n"),
                    "plumb/app.yaml": Self.application(served, path: "moved"),
                ], "Another path", in: served.repository)
            try await served.synced(at: commit)
            #expect(try await app.requests(since: start).objects.isEmpty)
            #expect(try await Self.uids(app) == uids)
        }
    }

    @Test func `a path that is not there deletes nothing`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            let app = served.app
            try await served.synced()
            let start = try await app.mark()
            try await ServedHost.commit(
                ["plumb/app.yaml": Self.application(served, path: "mistyped")], "A mistake", in: served.repository)
            let status = try await served.wait("Unknown") { $0.at("sync", "status")?.string == "Unknown" }
            #expect(status["why"]?.string?.contains("mistyped") ?? false, "\(status.json)")
            #expect(try await app.requests(since: start).objects.isEmpty)
        }
    }

    @Test func `another namespace is filled, and of the old one only what was its own goes`() async throws {
        // Nothing that a controller would have to make healthy before something is deleted.
        try await ServedCluster.with([Samples.configMap("settings"), Samples.service()]) { served in
            let app = served.app
            try await served.synced()
            try await app.kubectl("create", "configmap", "not-declared")
            let other = try await app.server.uniqueNamespace("moved")
            let start = try await app.mark()
            let commit = try await ServedHost.commit(
                ["plumb/app.yaml": Self.application(served, namespace: other)], "Another namespace", in: served.repository)
            try await served.wait("Synced") { status in
                status.at("sync", "status")?.string == "Synced" && status["namespace"]?.string == other
                    && status["revisions"]?.array?.first?.string?.hasSuffix(commit) ?? false
            }
            let deleted = try await app.requests(since: start).words.filter { $0.hasPrefix("delete") }
            #expect(deleted == ["delete configmaps/settings", "delete services/web"])
            #expect(try await app.isThere("/api/v1/namespaces/\(other)/configmaps/settings"))
            #expect(try await app.isThere(app.path("configmaps", "not-declared")))
        }
    }

    @Test func `renamed, the inventory moves over, and no object is made anew`() async throws {
        try await ServedCluster.with(Self.objects, settings: "  sync: {onRemoval: delete}") { served in
            let app = served.app
            try await served.synced()
            let (uids, start) = (try await Self.uids(app), try await app.mark())
            let renamed = Self.application(served).replacing(
                "{name: \(app.name)}", with: "{name: \(app.name)-new, annotations: {plumb.dev/renamed-from: \(app.name)}}")
            try await ServedHost.commit(
                ["plumb/app.yaml": nil, "plumb/new.yaml": renamed], "Another name", in: served.repository)
            try await served.wait("Synced", name: app.name + "-new") { $0.at("sync", "status")?.string == "Synced" }
            _ = try await eventually("the old name is gone") {
                try await served.plumb("get", "application", app.name).status == 1 ? true : nil
            }
            #expect(try await app.requests(since: start).deletions.isEmpty)
            #expect(try await Self.uids(app) == uids)
            #expect(try await !app.isThere(app.inventoryPath()))
        }
    }

    @Test(arguments: [true, false])
    func `removed, it keeps its objects or takes them along, and nothing else`(isDeleted: Bool) async throws {
        try await ServedCluster.with(Self.objects, settings: isDeleted ? "  sync: {onRemoval: delete}" : "") { served in
            let app = served.app
            try await ServedHost.commit(
                ["plumb/stays.yaml": ServedHost.application("stays-\(app.name)", path: "nowhere")], "Another", in: served.repository
            )
            try await served.synced()
            try await app.kubectl("create", "configmap", "not-declared")
            let start = try await app.mark()
            try await ServedHost.commit(["plumb/app.yaml": nil], "It leaves", in: served.repository)
            if isDeleted {
                _ = try await eventually("it is gone", within: .seconds(60)) {
                    try await served.plumb("get", "application", app.name).status == 1 ? true : nil
                }
                #expect(
                    try await app.requests(since: start).deletions.map(Requests.words).sorted()
                        == ["delete configmaps/settings", "delete deployments/web", "delete services/web"])
                #expect(try await app.requests(since: start).deletions.allSatisfy { $0.requiredUID != nil })
            } else {
                try await served.wait("an orphan") { $0["orphan"]?.bool == true }
                #expect(try await app.requests(since: start).writes.isEmpty)
            }
            #expect(try await app.isThere(app.path("configmaps", "not-declared")))
        }
    }

    @Test func `moved to the host, what it has on the cluster stays and is listed`() async throws {
        try await TemporaryDirectory.with("root") { root in
            try await ServedCluster.with(
                Self.objects, target: "{name: kubernetes, namespace: NAMESPACE}", flags: ["--root", "\(root)/host"]
            ) { served in
                let app = served.app
                try await served.synced()
                let (uids, start) = (try await Self.uids(app), try await app.mark())
                try await ServedHost.commit(
                    [
                        "plumb/app.yaml": ServedHost.application(app.name, path: "files", settings: "  target: {name: host}"),
                        "files/file.yaml": Sample.file("page", path: "page", content: "x"),
                    ], "To the host", in: served.repository)
                try await served.wait("on the host") {
                    $0["target"]?.string == "host" && $0.at("sync", "status")?.string == "Synced"
                }
                let left = try await served.wait("listed", name: "\(app.name)@kubernetes") { $0["orphan"]?.bool == true }
                #expect(left["why"]?.string?.contains("plumb delete \(app.name) --kubeconfig") ?? false, "\(left.json)")
                #expect(try await served.plumb("get", "applications").stdout.contains("\(app.name)@kubernetes"))
                #expect(try await app.requests(since: start).objects.isEmpty)
                #expect(try await Self.uids(app) == uids)
                // As it says.
                try await app.leave("release")
                #expect(try await Self.uids(app) == uids)
                await served.process.kill()
                _ = try await ProcessRunner.run(
                    try PlumbBinary.path(), ["delete", app.name, "--yes", "--root", "\(root)/host"], timeout: .seconds(60))
            }
        }
    }
}
