import Manifests
import TestSupport
import Testing

/// An operator whose applications take charts from repositories.
struct ServeChartsTests {
    private static func application(_ name: String, _ source: String) -> String {
        "apiVersion: plumb.dev/v1alpha1\nkind: Application\nmetadata: {name: \(name)}\nspec:\n  sources:\n  - \(source)\n"
    }

    private static func repository(_ url: String) -> String {
        "apiVersion: plumb.dev/v1alpha1\nkind: Repository\nmetadata: {name: charts}\nspec: {helm: {url: \"\(url)\"}, interval: 1s}\n"
    }

    private static func trouble(_ status: Value, _ text: String) -> Bool {
        status.at("sync", "status")?.string == "Unknown" && status["why"]?.string?.contains(text) ?? false
    }

    private static func file(_ host: ServedHost, _ path: String, says text: String) async throws {
        _ = try await eventually("\(path) says \(text)", within: .seconds(60)) { host.host.live(path) == text ? true : nil }
    }

    @Test func aNewVersionIsAppliedAndOneThatIsExchangedIsTold() async throws {
        try await RegistryServer.with { registry in
            try await registry.push(try await ChartRepositoryTests.chart("1.0.0"), to: "team")
            let files = [
                "plumb/charts.yaml": Self.repository("\(registry.address)/team"),
                "plumb/one.yaml": Self.application("one", "{repository: charts, chart: web, version: \"^1.0\"}"),
                "plumb/two.yaml": Self.application(
                    "two", "{repository: charts, chart: web, version: 1.0.0, render: {helm: {valuesFiles: [eu.yaml]}}}"),
            ]
            try await ServedHost.with(files) { served in
                try await served.settled("one")
                try await served.settled("two")
                #expect(served.host.live("one.txt") == "1.0.0 red" && served.host.live("two.txt") == "1.0.0 blue")
                try await registry.push(try await ChartRepositoryTests.chart("1.1.0"), to: "team")
                try await Self.file(served, "one.txt", says: "1.1.0 red")
                let status = try await served.settled("one")
                #expect(status["revisions"]?.array?.first?.string?.hasPrefix("web-1.1.0@sha256:") == true)

                let repositories = try await served.plumb("get", "repositories", "-o", "json").stdout
                #expect(repositories.contains("\"web ^1.0\"") && repositories.contains("\"web 1.0.0\""))

                // The same version with another content: what runs stays, and it is told until a person says what is meant.
                let again = try await registry.push(
                    try await ChartRepositoryTests.chart("1.0.0", more: "description: another\n"), to: "team")
                try await served.wait("two", "told") { Self.trouble($0, "published again with another content") }
                #expect(served.host.live("two.txt") == "1.0.0 blue")
                let pinned = "{repository: charts, chart: web, version: 1.0.0, digest: \"\(again)\"}"
                try await served.commit(["plumb/two.yaml": Self.application("two", pinned)], "It is meant")
                try await Self.file(served, "two.txt", says: "1.0.0 red")
            }
        }
    }

    @Test func aRepositoryThatIsAwayLeavesWhatRuns() async throws {
        try await ChartServer.with { server in
            server.publish([try await ChartRepositoryTests.chart("1.0.0")])
            let source = "{helm: {url: \"\(server.url)\", chart: web, version: 1.x}}"
            try await ServedHost.with(["plumb/shop.yaml": Self.application("shop", source)], ["--interval", "1s"]) { served in
                try await served.settled("shop")
                server.set(status: 500, at: "/index.yaml")
                _ = try await eventually("the repository's error is told", within: .seconds(30)) {
                    try await served.plumb("get", "repositories", "-o", "json").stdout.contains("a fault of its own (500)")
                        ? true : nil
                }
                #expect(try await served.status("shop").at("sync", "status")?.string == "Synced")
                server.publish([])
                server.set(fault: nil, at: "/index.yaml")
                try await served.wait("shop", "told that its chart is gone") { Self.trouble($0, "has no chart") }
                #expect(served.host.live("shop.txt") == "1.0.0 red")
                server.publish([try await ChartRepositoryTests.chart("1.0.0"), try await ChartRepositoryTests.chart("1.2.0")])
                try await Self.file(served, "shop.txt", says: "1.2.0 red")
            }
        }
    }
}
