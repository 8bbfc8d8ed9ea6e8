import Manifests
import TestSupport
import Testing

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
