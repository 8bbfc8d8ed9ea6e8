import Manifests
import Model
import TestSupport
import Testing

/// Charts that take values from the cluster, and ask what is there.
struct ChartValuesTests {
    private static let chart = [
        "app/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "app/values.yaml": "color: grey\nsize: 0\n",
        "app/templates/a.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shown}
        data:
          color: '{{ .Values.color }}'
          size: '{{ .Values.size }}'
          found: '{{ dig "data" "x" "nothing" (lookup "v1" "ConfigMap" .Release.Namespace "found") }}'
          count: '{{ len ((lookup "v1" "ServiceAccount" .Release.Namespace "").items | default list) }}'

        """,
    ]

    private static let settings = """
        render:
              helm:
                lookup: true
                valuesFrom:
                - {kind: ConfigMap, name: colors}
                - {kind: Secret, name: sizes, key: size, targetPath: size, optional: true}
        """

    private static func application(_ app: ClusterApp, _ render: String, more: String = "") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: \(app.name)}
        spec:
          sources:
          - path: app
            \(render)
          target: {name: kubernetes, namespace: \(app.namespace)}
        \(more)
        """
    }

    private static func map(_ name: String, _ data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {\(data)}\n"
    }

    private func shown(_ app: ClusterApp) async throws -> [String: String] {
        let data = try await app.get(app.path("configmaps", "shown"))["data"]?.object ?? Object()
        return Dictionary(uniqueKeysWithValues: data.map { ($0.key, $0.value.string ?? "") })
    }

    @Test func `apply takes values from the cluster, plan and build say what they need`() async throws {
        try await ClusterApp.with { app in
            try Files.write(Self.chart, to: app.directory)
            let file = app.directory + "/web.yaml"
            try Files.write(Self.application(app, Self.settings), to: file)
            let flags = ["-f", file, "--kubeconfig", app.kubeconfig]
            let missing = try await app.run(["plan"] + flags)
            #expect(missing.status == 1, "\(missing)")
            #expect(missing.stderr.contains("ConfigMap \(app.namespace)/colors, which is not there"), "\(missing.stderr)")

            try await app.server.apply(Self.map("colors", "values.yaml: 'color: red'"), at: app.path("configmaps", "colors"))
            #expect(try await app.run(["apply"] + flags).status == 0)
            #expect(try await shown(app) == ["color": "red", "size": "0", "found": "nothing", "count": "0"])
            #expect(try await app.run(["plan"] + flags).status == 0)

            let refused = try await app.run(["build", "-f", file])
            #expect(refused.status == 1 && refused.stderr.contains("--values FILE"), "\(refused)")
            try Files.write("color: blue\n", to: app.directory + "/v.yaml")
            let built = try await app.run(["build", "-f", file, "--values", app.directory + "/v.yaml"])
            #expect(built.status == 0 && built.stdout.contains("color: blue"), "\(built)")
            #expect(built.stderr.contains("stands in for ConfigMap colors, Secret sizes"), "\(built.stderr)")
        }
    }

    @Test func `a host has no values to read`() async throws {
        try await PlumbHost.with { host in
            try host.write([
                "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                "web.yaml":
                    "apiVersion: plumb.dev/v1alpha1\nkind: Application\nmetadata: {name: app}\nspec:\n  sources: [{path: chart, render: {helm: {valuesFrom: [{kind: ConfigMap, name: a}]}}}]\n",
            ])
            let refused = try await host.plumb("plan", "-f", "\(host.source)/web.yaml")
            #expect(refused.status == 1 && refused.stderr.contains("is no cluster"), "\(refused)")
        }
    }

    private func serve(
        _ render: String, more: String = "", _ prepare: @escaping (ClusterApp) -> [String: String] = { _ in [:] },
        _ body: (ServedCluster) async throws -> Void
    ) async throws {
        try await ServedCluster.with(
            files: { app in
                Self.chart.merging(prepare(app)) { $1 }.merging(["plumb/app.yaml": Self.application(app, render, more: more)]) {
                    $1
                }
            }, body)
    }

    private func becomes(_ app: ClusterApp, _ key: String, _ value: String, within limit: Duration = .seconds(30)) async throws {
        do {
            _ = try await eventually("\(key) is \(value)", within: limit, every: .milliseconds(50)) {
                guard try await app.isThere(app.path("configmaps", "shown")) else { return nil as Bool? }
                return try await shown(app)[key] == value ? true : nil
            }
        } catch { throw TestSupportError("\(error); it is \((try? await shown(app)) ?? [:])") }
    }

    @Test func `an operator follows the values, and asks nothing while they stay`() async throws {
        try await serve(Self.settings) { served in
            let app = served.app
            // Missing: the application says so, and nothing is deleted or written.
            try await served.wait("in error") { $0["why"]?.string?.contains("colors, which is not there") ?? false }
            try await app.server.apply(Self.map("colors", "values.yaml: 'color: red'"), at: app.path("configmaps", "colors"))
            try await becomes(app, "color", "red")
            try await served.synced()

            let begin = ContinuousClock.now
            try await app.patch(app.path("configmaps", "colors"), #"{"data":{"values.yaml":"color: green"}}"#)
            try await becomes(app, "color", "green")
            print("a change of a ConfigMap was applied after \(ContinuousClock.now - begin)")
            let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: sizes}\nstringData: {size: '7'}\n"
            try await app.server.apply(secret, at: app.path("secrets", "sizes"))
            try await becomes(app, "size", "7")
            try await app.server.apply(Self.map("found", "x: here"), at: app.path("configmaps", "found"))
            try await becomes(app, "found", "here")
            try await app.server.apply(
                "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: more}\n", at: app.path("serviceaccounts", "more"))
            try await becomes(app, "count", "1")

            // Steady: reconciles by hand and other commits ask nothing.
            _ = try await eventually("it stands still") {
                try await served.plumb("sync", app.name, "--wait", "--timeout", "20s").stdout.contains("nothing had to be changed")
                    ? true : nil
            }
            let start = try await app.mark()
            for _ in 0..<3 { _ = try await served.plumb("sync", app.name, "--wait", "--timeout", "20s") }
            let commit = try await ServedHost.commit(["README": "nothing of it"], "Elsewhere", in: served.repository)
            try await served.synced(at: commit)
            let entries = try await app.server.auditLog.entries(since: start) {
                $0.userAgent.hasPrefix("plumb/") && $0.namespace == app.namespace && $0.verb != "watch"
            }
            #expect(entries.isEmpty, "\(entries.map(Requests.words))")

            // Gone: said, and what is there stays.
            let uid = try await app.uid(app.path("configmaps", "shown"))
            try await app.server.check("DELETE", app.path("configmaps", "colors"))
            try await served.wait("Unknown") {
                $0.at("sync", "status")?.string == "Unknown" && $0["why"]?.string?.contains("colors, which is not there") ?? false
            }
            #expect(try await app.uid(app.path("configmaps", "shown")) == uid)
            #expect(try await shown(app)["color"] == "green")
        }
    }

    @Test func `the service account reads, and what it may not is said`() async throws {
        try await serve(Self.settings, more: "  serviceAccount: deployer") { served in
            let app = served.app
            try await app.server.apply(Self.map("colors", "values.yaml: 'color: red'"), at: app.path("configmaps", "colors"))
            try await served.wait("in error") {
                $0["why"]?.string?.contains("the service account \(app.namespace)/deployer may not get configmaps") ?? false
            }
            #expect(try await !app.isThere(app.path("configmaps", "shown")))
        }
    }

    /// The operator's own writes are no news to it; they are for the others.
    @Test func `what another application writes is taken over`() async throws {
        try await serve(
            Self.settings,
            { app in
                [
                    "plumb/colors.yaml": """
                    apiVersion: plumb.dev/v1alpha1
                    kind: Application
                    metadata: {name: \(app.name)-colors}
                    spec:
                      sources: [{path: colors}]
                      target: {name: kubernetes, namespace: \(app.namespace)}
                    """, "colors/colors.yaml": Self.map("colors", "values.yaml: 'color: red'"),
                ]
            }
        ) { served in
            try await becomes(served.app, "color", "red")
            try await ServedHost.commit(
                ["colors/colors.yaml": Self.map("colors", "values.yaml: 'color: green'")], "Green", in: served.repository)
            try await becomes(served.app, "color", "green")
        }
    }
}
