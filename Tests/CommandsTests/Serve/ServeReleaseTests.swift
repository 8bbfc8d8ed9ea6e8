import Manifests
import TestSupport
import Testing

/// An operator, what Helm has installed before it, and what runs when an application goes.
@Suite struct ServeReleaseTests {
    @Test func `a release is taken over when somebody agrees, and its leftovers go`() async throws {
        let objects = [Samples.configMap("settings"), Samples.service().replacing("port: 80", with: "port: 80, protocol: TCP")]
        let old = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: old}"
        try await ServedCluster.with(files: { app in
            [
                "plumb/app.yaml": """
                apiVersion: plumb.dev/v1alpha1
                kind: Application
                metadata: {name: \(app.name)}
                spec:
                  sources: [{path: chart, render: {helm: {releaseName: web}}}]
                  target: {namespace: \(app.namespace)}
                  sync: {automatic: false}
                """,
                "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                "chart/templates/all.yaml": objects.joined(separator: "\n---\n") + "\n",
            ]
        }) { served in
            let app = served.app
            let release = HelmRelease(app: app, objects: objects + [old])
            try await release.install(revision: 2)
            _ = try await served.plumb("sync", app.name, "--wait", "--timeout", "20s")
            let uid = try await app.uid(app.path("services", "web"))
            let held = try await served.wait("held") {
                $0.at("hold", "message")?.string?.contains("in Helm's release web, revision 2") ?? false
            }
            let described = try await served.plumb("describe", "application", app.name)
            #expect(described.stdout.contains("kubectl delete secret -n \(app.namespace) -l owner=helm,name=web"), "\(described)")
            let digest = try #require(held.at("hold", "plan")?.string)
            #expect(try await served.plumb("approve", app.name, "--plan", digest).status == 0)
            try await served.synced()
            #expect(try await app.uid(app.path("services", "web")) == uid)
            try await app.disappears(app.path("serviceaccounts", "old"))
            let history = try await served.plumb("history", app.name)
            #expect(history.stdout.contains("kubectl delete secret"), "\(history)")
        }
    }

    @Test func `hooks run when an application leaves the repository and takes its objects along`() async throws {
        let documents = [
            Samples.configMap("settings"), Samples.job("backup", hook: "PreDelete"), Samples.job("goodbye", hook: "PostDelete"),
        ]
        try await ServedCluster.with(documents, settings: "  sync: {onRemoval: delete}") { served in
            let app = served.app
            try await served.synced()
            let start = try await app.mark()
            try await ServedHost.commit(
                ["plumb/app.yaml": nil, "plumb/other.yaml": Self.other(app)], "It goes", in: served.repository)
            try await app.appears(app.jobPath("backup"))
            #expect(try await app.isThere(app.path("configmaps", "settings")))
            try await app.finishJob("backup")
            try await app.finishJob("goodbye")
            try await app.disappears(app.jobPath("backup"))
            try await app.disappears(try await app.inventoryPath())
            let words = try await app.requests(since: start).objects.map(Requests.words)
            #expect(
                words == [
                    "create jobs/backup", "delete configmaps/settings", "create jobs/goodbye", "delete jobs/goodbye",
                    "delete jobs/backup",
                ])
        }
    }

    /// A repository without any objects would be something else.
    private static func other(_ app: ClusterApp) -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: other-\(app.name)}
        spec: {sources: [{path: app}], target: {namespace: \(app.namespace)}, sync: {automatic: false}}
        """
    }
}
