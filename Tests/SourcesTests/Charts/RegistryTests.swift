import Model
import NIOHTTP1
import Sources
import TestSupport
import Testing

/// The real `docker-registry`.
struct RegistryTests {
    private static let credentials = ChartCredentials(
        .userPassword(user: RegistryServer.user, password: Secret(RegistryServer.password)))

    @Test func versionsAreFoundByTheirTags() async throws {
        try await RegistryServer.with { registry in
            var digests: [String: String] = [:]
            for version in ["1.0.0", "1.1.0", "2.0.0-rc.1", "1.1.0+build.5"] {
                digests[version] = try await registry.push(try await Charts.web(version), to: "team/charts")
            }
            try await Charts.follower("\(registry.address)/team/charts") { follower in
                try await follower.expect("1.0.0", for: "1.0.0")
                try await follower.expect("1.1.0+build.5", for: "1.1.0+build.5")
                try await follower.expect("1.0.0", for: "~1.0")
                try await follower.expect("2.0.0-rc.1", for: ">=2.0.0-0")
                let revision = try await follower.revision(of: ChartReference(name: "web", version: "1.0.0"))
                #expect(revision.description == "web-1.0.0@\(digests["1.0.0", default: ""])")
                let failure1 = await failure { _ = try await follower.values("3.x") }
                #expect(failure1?.code == .notFound)
                let failure2 = await failure { _ = try await follower.values("9.9.9") }
                #expect(failure2?.remedy?.contains("1.0.0") == true)
                let failure3 = await failure { _ = try await follower.values(chart: "none") }
                #expect(failure3?.code == .notFound)
                // What is wrong with one chart is not the registry's.
                #expect(await follower.look().look.error == nil)
            }
        }
    }

    @Test func whatIsPushedIsFoundAndWhatIsPushedAgainIsTold() async throws {
        try await RegistryServer.with { registry in
            let first = try await registry.push(try await Charts.web("1.0.0"), to: "")
            try await Charts.follower(registry.address) { follower in
                try await follower.expect("1.0.0", for: "1.x")
                try await follower.expect("1.0.0", for: "1.0.0")
                let second = try await registry.push(try await Charts.web("1.1.0"), to: "")
                _ = await follower.look()
                try await follower.expect("1.1.0", for: "1.x")
                let again = try await registry.push(try await Charts.web("1.0.0", " again"), to: "")
                _ = await follower.look()
                let error = await failure { _ = try await follower.values("1.0.0") }
                #expect(
                    error?.code == .conflict && error?.message.contains(first) == true && error?.remedy?.contains(again) == true)
                try await follower.expect("1.1.0", for: "1.x")
                try await registry.delete(second, in: "web")
                _ = await follower.look()
                let failure4 = await failure { _ = try await follower.values("1.x") }
                #expect(failure4 != nil)
                // What was fetched before can be read, as for a way back.
                let revision = try Revision("web-1.1.0@\(second)")
                #expect(try await follower.snapshot(at: revision).tree.text("values.yaml") == "content: 1.1.0\n")
            }
        }
    }

    @Test func manyVersionsComePageByPage() async throws {
        try await RegistryServer.with { registry in
            let chart = try await Charts.web("1.0.0")
            try await registry.push(chart, to: "")
            try await HTTPHost.with(proxying: registry) { proxy, asked in
                try await Charts.follower("oci://127.0.0.1:\(proxy.port)") { follower in
                    try await follower.expect("1.0.0", for: "1.x")
                    #expect(asked.value == 3)
                }
            }
        }
    }

    @Test func passwordsAreSentWhereTheRegistryAsksForThem() async throws {
        try await RegistryServer.with(.basic) { registry in
            try await registry.push(try await Charts.web("1.0.0"), to: "a/b")
            let url = "\(registry.address)/a/b"
            try await Charts.follower(url, Self.credentials) { try await $0.expect("1.0.0") }
            let failure5 = await failure { try await Charts.follower(url) { _ = try await $0.values() } }
            #expect(failure5?.code == .denied)
            let wrong = ChartCredentials(.userPassword(user: RegistryServer.user, password: Secret("wrong-word")))
            let error = await failure { try await Charts.follower(url, wrong) { _ = try await $0.values() } }
            #expect(error?.code == .denied && error?.description.contains("wrong-word") == false)
        }
    }

    @Test func tokensAreGotFromWhomTheRegistryNames() async throws {
        try await TokenServer.with(user: RegistryServer.user, password: RegistryServer.password) { tokens in
            try await RegistryServer.with(.token(tokens)) { registry in
                try await registry.push(try await Charts.web("1.0.0"), to: "charts")
                let url = "\(registry.address)/charts"
                try await Charts.follower(url, Self.credentials) { follower in
                    try await follower.expect("1.0.0", for: "1.x")
                    _ = await follower.look()
                }
                // One for each repository, as long as it is good.
                #expect(tokens.requests.count == 1)
                #expect(tokens.requests.first?.query.contains("scope=repository%3Acharts%2Fweb%3Apull") == true)
                let failure6 = await failure { try await Charts.follower(url) { _ = try await $0.values() } }
                #expect(failure6?.code == .denied)
            }
        }
    }

    @Test func whatIsNoChartIsRefused() async throws {
        try await RegistryServer.with { registry in
            try await registry.push(
                try await Charts.web("1.0.0"), to: "", configuration: "application/vnd.oci.image.config.v1+json")
            try await Charts.follower(registry.address) { follower in
                let error = await failure { _ = try await follower.values() }
                #expect(error?.code == .invalid && error?.message.contains("is no chart") == true)
            }
        }
    }

    /// An index may name a registry for what it lists.
    @Test func anIndexMayLeadToARegistry() async throws {
        try await RegistryServer.with { registry in
            let chart = try await Charts.web("1.0.0")
            try await registry.push(chart, to: "charts")
            try await ChartServer.with { server in
                server.set(
                    index: ChartServer.index([
                        ChartServer.entry("web", "1.0.0", url: "\(registry.address)/charts/web:1.0.0", digest: chart.digest)
                    ]))
                try await Charts.follower(server.url) { try await $0.expect("1.0.0") }
            }
        }
    }
}

extension HTTPHost {
    /// A registry whose list of tags comes in three pages; all else is the registry's.
    fileprivate static func with(
        proxying registry: RegistryServer, _ body: (HTTPHost, Counter) async throws -> Void
    ) async throws {
        let pages = Counter()
        let host = try await HTTPHost.start { request in
            guard request.path.hasSuffix("/tags/list") else {
                return HTTPHost.Response(.temporaryRedirect, headers: ["Location": "\(registry.url)\(request.path)"])
            }
            pages.increase()
            let number = pages.value
            let tags = number == 3 ? "\"1.0.0\"" : "\"0.\(number).0\",\"latest\""
            let headers: HTTPHeaders = number == 3 ? [:] : ["Link": "</v2/web/tags/list?last=\(number)&n=1000>; rel=\"next\""]
            return HTTPHost.Response(headers: headers, text: "{\"name\":\"web\",\"tags\":[\(tags)]}")
        }
        do {
            try await body(host, pages)
            await host.stop()
        } catch {
            await host.stop()
            throw error
        }
    }
}
