import TestSupport
import Testing

/// Charts from repositories and registries, by the program itself.
struct ChartRepositoryTests {
    static let page = """
        apiVersion: host.plumb.dev/v1alpha1
        kind: File
        metadata: {name: "{{ .Release.Name }}"}
        spec: {path: "{{ .Release.Name }}.txt", content: "{{ .Chart.Version }} {{ .Values.color }}", mode: "0644"}
        """

    static func chart(_ version: String, name: String = "web", more: String = "") async throws -> PackedChart {
        try await PackedChart.make(
            name, version, ["values.yaml": "color: red\n", "eu.yaml": "color: blue\n", "templates/page.yaml": page], more: more)
    }

    @Test func aChartIsBuiltFromARegistryAndFromARepository() async throws {
        try await PlumbHost.with { host in
            try await RegistryServer.with { registry in
                try await ChartServer.with { server in
                    server.publish([try await Self.chart("1.0.0"), try await Self.chart("1.1.0")])
                    for version in ["1.0.0", "1.1.0"] { try await registry.push(try await Self.chart(version), to: "charts") }
                    func build(_ arguments: String...) async throws -> String {
                        let output = try await ProcessRunner.run(
                            try PlumbBinary.path(), ["build"] + arguments, environment: host.environment, in: host.scratch)
                        return output.status == 0 ? output.stdout : "\(output.status) \(output.stderr)"
                    }
                    let place = "\(registry.address)/charts/web"
                    #expect(try await build(place).contains("content: 1.1.0 red"))
                    #expect(try await build("\(place):1.0.0", "--set", "color=green").contains("content: 1.0.0 green"))
                    #expect(try await build(place, "--version", "~1.0").contains("content: 1.0.0 red"))
                    #expect(try await build("web", "--repo", server.url, "--version", "^1.0").contains("content: 1.1.0 red"))
                    #expect(try await build("web", "--repo", "\(registry.address)/charts").contains("name: web"))
                    #expect(
                        try await build("\(place):1.0.0", "--version", "1.x").hasPrefix("64 plumb: The version is given twice."))
                    #expect(
                        try await build(".", "--version", "1.x").hasPrefix("64 plumb: --version and --plain-http are for charts"))
                    #expect(try await build("web", "--repo", server.url, "--version", "2.x").contains("has no version 2.x"))
                    #expect(try await build("web", "--repo", "http://charts.invalid/x").contains("is plain HTTP"))
                    #expect(try await build("oci://127.0.0.1").contains("names no chart"))
                }
            }
        }
    }

    @Test func theVersionOfPlumbIsStillToBeHad() async throws {
        let output = try await ProcessRunner.run(try PlumbBinary.path(), ["--version"])
        #expect(output.status == 0 && output.stdout.hasPrefix("plumb "))
    }

    @Test func aChartIsPlannedAndAppliedWithTheCredentialsForItsURL() async throws {
        try await PlumbHost.with { host in
            try await RegistryServer.with(.basic) { registry in
                try await registry.push(try await Self.chart("1.0.0"), to: "charts")
                let secrets = "\(host.scratch)/secrets"
                try Files.write(
                    [
                        "charts/url": "\(registry.address)/charts\n", "charts/username": "\(RegistryServer.user)\n",
                        "charts/password": "\(RegistryServer.password)\n",
                    ], to: secrets)
                let place = "\(registry.address)/charts/web"
                let denied = try await host.plumb("plan", place, "--secrets-dir", "\(host.scratch)/none")
                #expect(denied.status == 1 && denied.stderr.contains("without credentials"), "\(denied.stderr)")
                let plan = try await host.plumb("plan", place, "--secrets-dir", secrets)
                #expect(plan.status == 2 && plan.stdout.contains("create"), "\(plan.stderr)")
                let applied = try await host.plumb("apply", place, "--secrets-dir", secrets)
                #expect(applied.status == 0 && host.live("web.txt") == "1.0.0 red", "\(applied.stderr)")
                #expect(try await host.plumb("plan", place, "--secrets-dir", secrets).status == 0)
            }
        }
    }

    @Test func anApplicationNamesAChartOfARepository() async throws {
        try await PlumbHost.with { host in
            try await ChartServer.with { server in
                server.publish([try await Self.chart("1.0.0"), try await Self.chart("1.1.0")])
                server.require(authorization: "Bearer abcdef")
                try Files.write(["repo/bearerToken": "abcdef\n"], to: "\(host.scratch)/secrets")
                try Files.write(
                    """
                    apiVersion: plumb.dev/v1alpha1
                    kind: Application
                    metadata: {name: shop}
                    spec:
                      sources:
                      - helm: {url: "\(server.url)", chart: web, version: "1.x"}
                        secretRef: {name: repo}
                        render: {helm: {valuesFiles: [eu.yaml]}}
                    """, to: "\(host.scratch)/app.yaml")
                let applied = try await host.plumb(
                    "apply", "-f", "\(host.scratch)/app.yaml", "--secrets-dir", "\(host.scratch)/secrets", "-o", "json")
                #expect(applied.status == 0 && host.live("shop.txt") == "1.1.0 blue", "\(applied.stderr)")
                #expect(applied.stdout.contains("web-1.1.0@sha256:"))
            }
        }
    }

    @Test func chartsThatADirectoryAsksForAreFetched() async throws {
        try await PlumbHost.with { host in
            try await RegistryServer.with { registry in
                try await registry.push(try await Self.chart("2.0.0", name: "page"), to: "")
                let chart =
                    "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- name: page\n  repository: \(registry.address)\n"
                try host.write(["Chart.yaml": chart + "  version: 2.0.0\n", "values.yaml": "page: {color: green}\n"])
                let applied = try await host.apply(name: "shop")
                #expect(applied.status == 0 && host.live("shop.txt") == "2.0.0 green", "\(applied.stderr)")
                try host.write(["Chart.yaml": chart + "  version: 2.x\n"])
                let range = try await host.apply(name: "shop")
                #expect(range.status == 1 && range.stderr.contains("helm dependency update"))
            }
        }
    }
}
