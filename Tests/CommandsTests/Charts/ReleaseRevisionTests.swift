import Manifests
import TestSupport
import Testing

/// An installation, told apart from an upgrade by what the inventory remembers.
@Suite struct ChartRevisionTests {
    private static func map(_ color: String) -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
        data: {is: '{{ .Release.IsInstall }} {{ .Release.IsUpgrade }} {{ .Release.Revision }}', color: \(color)}
        ---
        {{- if .Release.IsInstall }}
        \(Samples.configMap("first"))
        {{- end }}

        """
    }

    private static func write(_ app: ClusterApp, _ color: String) throws {
        try Files.write(
            ["Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "templates/a.yaml": map(color)], to: app.source)
    }

    private static func release(_ app: ClusterApp) async throws -> String {
        try await app.get(app.path("configmaps", "a")).at("data", "is")?.string ?? ""
    }

    @Test func `the first state is an installation for as long as it is that state`() async throws {
        try await ClusterApp.with { app in
            try Self.write(app, "red")
            try await app.apply()
            #expect(try await Self.release(app) == "true false 1")
            try await app.plan(exits: 0)
            try await app.apply()
            #expect(try await Self.release(app) == "true false 1")

            try Self.write(app, "blue")
            // A plan is no revision.
            for _ in 0..<2 {
                let plan = try await app.plan(exits: 2)
                #expect(plan.changes("update") == ["ConfigMap a"] && plan.changes("delete") == ["ConfigMap first"])
            }
            try await app.apply()
            #expect(try await Self.release(app) == "false true 2")
            try await app.plan(exits: 0)

            // What is gone back to is what it was.
            try Self.write(app, "red")
            try await app.apply()
            #expect(try await Self.release(app) == "true false 1")
            #expect(try await app.isThere(app.path("configmaps", "first")))
            try Self.write(app, "green")
            try await app.apply()
            #expect(try await Self.release(app) == "false true 3")
        }
    }

    @Test func `one that failed was no revision`() async throws {
        try await ClusterApp.with { app in
            try Self.write(app, "red")
            try Files.write(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {a: [1]}\n", to: app.source + "/templates/b.yaml")
            try await app.apply(exits: 1)
            try Files.write("", to: app.source + "/templates/b.yaml")
            try await app.apply()
            #expect(try await Self.release(app) == "true false 1")
        }
    }

    @Test func `a release of Helm's is upgraded`() async throws {
        try await ClusterApp.with { app in
            let release = HelmRelease(app: app, name: app.name, objects: [Samples.configMap("a", "color: red")])
            try await release.install(revision: 4)
            try Self.write(app, "red")
            try await app.apply("--adopt")
            #expect(try await Self.release(app) == "false true 5")
            try await app.plan(exits: 0)
            try Self.write(app, "blue")
            try await app.apply()
            #expect(try await Self.release(app) == "false true 6")
        }
    }
}
