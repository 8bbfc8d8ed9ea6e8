import Manifests
import Model
import TestSupport
import Testing

/// Charts that are applied.
struct ChartSyncTests {
    private static let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n"

    private func write(_ files: [String: String], to app: ClusterApp) throws {
        try Files.write(["Chart.yaml": Self.chart].merging(files) { $1 }, to: app.source)
    }

    @Test func `a password that a chart draws stays, in whichever process, and its key goes with the application`() async throws {
        try await ClusterApp.with { app in
            try write(
                [
                    "templates/secret.yaml": """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: login}
                    stringData: {password: '{{ randAlphaNum 24 }}', release: '{{ .Release.Name }} {{ .Release.Namespace }}'}

                    """
                ], to: app)
            let plan = try await app.run(app.arguments("plan", []))
            #expect(plan.status == 2 && plan.stderr.contains("made up"))
            let key = "/api/v1/namespaces/plumb-system/secrets/plumb-chart-key-"
            #expect(try await !app.isThere(key + app.identity().hash))

            try await app.apply()
            let hash = try await app.identity().hash
            #expect(try await app.isThere(key + hash))
            let first = try await app.get(app.path("secrets", "login"))["data"]
            #expect(first?["release"]?.string == Base64.encode("\(app.name) \(app.namespace)"))
            let again = try await app.run(app.arguments("plan", []))
            #expect(again.status == 0 && again.stderr.isEmpty, "\(again)")
            try write(["templates/map.yaml": Samples.configMap("more")], to: app)
            try await app.apply()
            #expect(try await app.get(app.path("secrets", "login"))["data"] == first)

            try await app.leave("delete", "--yes")
            #expect(try await !app.isThere(key + hash))
        }
    }

    @Test func `Helm's hooks run around the sync, and tests do not`() async throws {
        try await ClusterApp.with { app in
            func job(_ name: String, _ hook: String, _ more: String = "") -> String {
                """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: \(name)
                  annotations: {helm.sh/hook: '\(hook)'\(more)}
                spec:
                  template:
                    spec: {restartPolicy: Never, containers: [{name: c, image: none}]}

                """
            }
            try write(
                [
                    "templates/a.yaml": Samples.configMap("a"), "templates/before.yaml": job("before", "pre-install,pre-upgrade"),
                    "templates/after.yaml": job("after", "post-install"), "templates/test.yaml": job("test", "test"),
                    "templates/bye.yaml": job("bye", "pre-delete"),
                ], to: app)
            #expect(
                try await app.plan(exits: 2).changes == [
                    "run batch/Job before: hook", "create ConfigMap a: new", "run batch/Job after: hook",
                ])
        }
    }

    @Test func `the cluster's version and kinds are what a chart sees`() async throws {
        try await ClusterApp.with { app in
            let version = try JSON.parse(Array(try await app.server.check("GET", "/version").utf8))["gitVersion"]?.string ?? ""
            try write(
                [
                    "templates/a.yaml": """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: a}
                    data:
                      version: '{{ .Capabilities.KubeVersion }}'
                      has: '{{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }} {{ .Capabilities.APIVersions.Has "none/v1" }}'

                    """
                ], to: app)
            try await app.apply()
            let data = try await app.get(app.path("configmaps", "a"))["data"]
            #expect(data?["version"]?.string == version && data?["has"]?.string == "true false", "\(data as Any)")
        }
    }

    @Test func `on a host the key is kept, too, for nobody but Plumb's user`() async throws {
        try await PlumbHost.with { host in
            try host.write([
                "Chart.yaml": Self.chart,
                "templates/a.yaml":
                    "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: a}\nspec: {path: a, content: '{{ randAlphaNum 24 }}'}\n",
            ])
            let applied = try await host.apply()
            #expect(applied.status == 0, "\(applied)")
            let first = host.live("a")
            #expect(first?.utf8.count == 24)
            #expect(try await host.plan().status == 0)
            try host.write(["templates/b.yaml": Sample.file("b", path: "b", content: "x")])
            #expect(try await host.apply().status == 0)
            #expect(host.live("a") == first)
            let mode = try await ProcessRunner.check("sh", ["-c", "stat -c %a .plumb/inventory/*.chart-key"], in: host.root)
            #expect(mode == "600\n")
            #expect(try await host.plumb("delete", "app", "--yes").status == 0)
            #expect(!Files.exists(host.root))
        }
    }
}

enum Base64 {
    static func encode(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 3).map { start in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            let digits = (0..<4).map { alphabet[bits >> (18 - 6 * $0) & 63] }
            return String(digits.prefix(group.count + 1)) + String(repeating: "=", count: 3 - group.count)
        }.joined()
    }
}
