import Model
import NIOCore
import NIOHTTP1
import Sources
import TestSupport
import Testing

/// A chart repository with an index, over real sockets.
struct IndexFollowingTests {
    @Test func aNewVersionIsFoundAndOnlyWhatIsNewIsFetched() async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0", "1.1.0"))
            try await Charts.follower(server.url) { follower in
                try await follower.expect("1.1.0", for: "1.x")
                try await follower.expect("1.0.0", for: "1.0.0")
                #expect(server.requests.map(\.path) == ["/index.yaml", "/web-1.1.0.tgz", "/web-1.0.0.tgz"])
                _ = await follower.look()
                try await follower.expect("1.1.0", for: "1.x")
                #expect(server.requests.count == 4 && server.requests[3].headers.contains(name: "If-None-Match"))
                server.publish(try await Charts.charts("1.0.0", "1.1.0", "1.2.0"))
                #expect(await follower.look().look.error == nil)
                try await follower.expect("1.2.0", for: "1.x")
                let revision = try await follower.revision(of: ChartReference(name: "web", version: "1.x"))
                #expect(revision.name == "web-1.2.0" && revision.digest.algorithm == .sha256)
            }
        }
    }

    @Test func theTreeIsTheChartAndKnowsWhatItIs() async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            try await Charts.follower(server.url) { follower in
                let revision = try await follower.revision(of: ChartReference(name: "web"))
                let tree = try await follower.snapshot(at: revision).tree
                #expect(try await tree.list(".") == ["Chart.yaml", "templates", "values.yaml"])
                #expect(try await tree.entry("templates") == .directory)
                #expect(try await tree.entry("none") == nil)
                let print = try await tree.subtreeFingerprint(at: .root)
                #expect(print != nil)
                #expect(try await follower.snapshot(at: revision).tree.subtreeFingerprint(at: .root) == print)
            }
        }
    }

    /// What is on disk is not asked for again, also by another process, and what is damaged there is.
    @Test func archivesAreKeptByTheirDigest() async throws {
        try await TemporaryDirectory.with("charts") { directory in
            try await ChartServer.with { server in
                server.publish(try await Charts.charts("1.0.0"))
                func values() async throws -> String {
                    try await Charts.follower(server.url, in: directory) { try await $0.values("1.x") }
                }
                #expect(try await values() == "1.0.0")
                #expect(try await values() == "1.0.0")
                #expect(server.requests.count { $0.path == "/web-1.0.0.tgz" } == 1)
                let files = try await ProcessRunner.check("ls", ["\(directory)/files"]).split(separator: "\n")
                try Files.write("damaged", to: "\(directory)/files/\(try #require(files.first))")
                #expect(try await values() == "1.0.0")
                #expect(server.requests.count { $0.path == "/web-1.0.0.tgz" } == 2)
            }
        }
    }

    @Test func whatIsGoneOrExchangedIsAnErrorAlsoAfterARestart() async throws {
        try await TemporaryDirectory.with("charts") { directory in
            try await ChartServer.with { server in
                server.publish(try await Charts.charts("1.0.0", "1.1.0"))
                try await Charts.follower(server.url, in: directory) { follower in
                    try await follower.expect("1.1.0", for: "1.x")
                    try await follower.expect("1.0.0", for: "1.0.0")
                    server.publish(try await Charts.charts("1.0.0"))
                    _ = await follower.look()
                    let gone = await failure { _ = try await follower.values("1.x") }
                    #expect(gone?.message.contains("is not in \(server.url) any more") == true)
                }
                server.publish([try await Charts.web("1.0.0", " again"), try await Charts.web("1.1.0")])
                try await Charts.follower(server.url, in: directory) { follower in
                    try await follower.expect("1.1.0", for: "1.x")
                    let exchanged = await failure { _ = try await follower.values("1.0.0") }
                    #expect(exchanged?.code == .conflict)
                }
                server.publish([])
                try await Charts.follower(server.url, in: directory) { follower in
                    let failure1 = await failure { _ = try await follower.values("1.x") }
                    #expect(failure1?.code == .notFound)
                }
            }
        }
    }

    @Test func whatAChartAsksForIsFoundAlsoWhenItWasPublishedJustNow() async throws {
        try await TemporaryDirectory.with("charts") { directory in
            try await ChartServer.with { server in
                let charts = try await Charts.charts("1.0.0", "1.1.0")
                server.publish([charts[0]])
                try await Charts.library(directory) { library in
                    let first = try await library.archive("web", "1.0.0", from: server.url)
                    #expect(first.bytes == charts[0].bytes && first.digest.hex == charts[0].digest)
                    let none = await failure { _ = try await library.archive("web", "1.1.0", from: server.url) }
                    #expect(none?.code == .notFound)
                    server.publish(charts)
                    let second = try await library.archive("web", "1.1.0", from: server.url)
                    #expect(second.bytes == charts[1].bytes)
                    let known = await library.digest(of: "web", "1.1.0", from: server.url)
                    #expect(known == second.digest)
                }
                // What was seen before is not asked for again.
                let requests = server.requests.count
                try await Charts.library(directory) { library in
                    let again = try await library.archive("web", "1.1.0", from: server.url)
                    #expect(again.bytes == charts[1].bytes && server.requests.count == requests)
                }
            }
        }
    }

    /// As an operator does that starts while its repository is away.
    @Test func whatAnEarlierProcessFoundCountsUntilALookSucceeds() async throws {
        try await TemporaryDirectory.with("charts") { directory in
            try await ChartServer.with { server in
                server.publish(try await Charts.charts("1.0.0", "1.1.0"))
                try await Charts.follower(server.url, in: directory) { try await $0.expect("1.1.0", for: "1.x") }
                server.set(status: 503, at: "/index.yaml")
                try await Charts.follower(server.url, in: directory) { follower in
                    try await follower.expect("1.1.0", for: "1.x")
                    let error = await failure { _ = try await follower.values("2.x") }
                    #expect(error?.code == .unreachable)
                    #expect(await follower.look().look.failures == 1)
                    server.publish(try await Charts.charts("1.0.0", "1.1.0", "1.2.0"))
                    server.set(fault: nil, at: "/index.yaml")
                    #expect(await follower.look().look.error == nil)
                    try await follower.expect("1.2.0", for: "1.x")
                }
            }
        }
    }

    /// As an operator does that was rolled back, and started again.
    @Test func aRevisionIsEnoughToFindItsChart() async throws {
        try await ChartServer.with { server in
            let chart = try await Charts.web("1.0.0-rc.1", name: "web-2-shop")
            server.publish([chart])
            try await Charts.follower(server.url) { follower in
                let revision = try Revision("web-2-shop-1.0.0-rc.1@sha256:\(chart.digest)")
                _ = try await follower.revision(of: ChartReference(name: "web-2-shop", version: "1.0.0-rc.1"))
                let tree = try await follower.snapshot(at: revision).tree
                #expect(try await tree.text("values.yaml") == "content: 1.0.0-rc.1\n")
                let other = try Revision("web-1.0.0@sha256:\(chart.digest)")
                let error = await failure { _ = try await follower.snapshot(at: other) }
                #expect(error != nil)
            }
            let plain = try await Charts.web("2.0.0")
            server.publish([plain])
            try await Charts.follower(server.url) { follower in
                let tree = try await follower.snapshot(at: try Revision("web-2.0.0@sha256:\(plain.digest)")).tree
                #expect(try await tree.text("values.yaml") == "content: 2.0.0\n")
            }
        }
    }

    /// An index need not say digests; a chart is then what it was when it was fetched first.
    @Test func withoutADigestTheContentSaysIt() async throws {
        try await ChartServer.with { server in
            let chart = try await Charts.web("1.0.0")
            server.publish([chart])
            server.set(index: ChartServer.index([ChartServer.entry("web", "1.0.0", url: "web-1.0.0.tgz", digest: nil)]))
            try await Charts.follower(server.url) { follower in
                let revision = try await follower.revision(of: ChartReference(name: "web"))
                #expect(revision.digest.hex == chart.digest)
                _ = await follower.look()
                try await follower.expect("1.0.0")
                #expect(server.requests.count { $0.path == "/web-1.0.0.tgz" } == 1)
            }
        }
    }

    // MARK: Faults

    /// The index first; what was known stays known, with the error beside it.
    @Test(arguments: [
        (401, PlumbError.Code.denied), (403, .denied), (404, .notFound), (429, .unreachable), (500, .unreachable), (418, .failed),
    ]) func anIndexThatIsNotToBeHadLeavesWhatIsKnown(_ status: Int, code: PlumbError.Code) async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            try await Charts.follower(server.url) { follower in
                try await follower.expect("1.0.0")
                server.set(status: status, at: "/index.yaml")
                let state = await follower.look()
                #expect(state.look.error?.code == code && state.look.failures == 1, "\(state.look)")
                try await follower.expect("1.0.0")
                server.set(fault: nil, at: "/index.yaml")
                #expect(await follower.look().look.error == nil)
            }
        }
    }

    @Test(arguments: [(401, PlumbError.Code.denied), (404, .notFound), (503, .unreachable)])
    func anArchiveThatIsNotToBeHadIsAnError(_ status: Int, code: PlumbError.Code) async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            server.set(status: status, at: "/web-1.0.0.tgz")
            try await Charts.follower(server.url) { follower in
                let failure2 = await failure { _ = try await follower.values() }
                #expect(failure2?.code == code)
                server.set(fault: nil, at: "/web-1.0.0.tgz")
                try await follower.expect("1.0.0")
            }
        }
    }

    @Test func aBusyServerIsAskedAgainAndABrokenConnectionToo() async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            let asked = Counter()
            server.set(
                fault: { _ in
                    asked.increase()
                    if asked.value == 1 { throw HTTPHost.HangUp() }
                    return HTTPHost.Response(.serviceUnavailable, headers: ["Retry-After": "0"])
                }, at: "/index.yaml")
            try await Charts.follower(server.url) { follower in
                let failure3 = await failure { _ = try await follower.values() }
                #expect(failure3?.code == .unreachable)
                #expect(asked.value == 3)
            }
        }
    }

    @Test func whatIsNotWhatTheIndexSaysIsNotTaken() async throws {
        try await ChartServer.with { server in
            let chart = try await Charts.web("1.0.0")
            server.publish([chart])
            try await Charts.follower(server.url) { follower in
                for bytes in [Array(chart.bytes.dropLast(20)), chart.bytes + [0], Array("nonsense".utf8), []] {
                    server.set(bytes, at: "/web-1.0.0.tgz")
                    let error = await failure { _ = try await follower.values() }
                    #expect(error?.code == .failed && error?.message.contains("is not what it is said to be") == true)
                }
                server.set(chart.bytes, at: "/web-1.0.0.tgz")
                try await follower.expect("1.0.0")
            }
        }
    }

    /// With the digest that an index says of it.
    @Test func whatIsNoChartIsAnError() async throws {
        let another = try await Charts.web("1.0.0", name: "other")
        let damaged = Array(another.bytes.prefix(another.bytes.count / 2))
        for (bytes, says) in [
            (another.bytes, "calls itself \"other\""), (Array("nonsense".utf8), "no gzip file"), (damaged, "ends too early"),
        ] {
            try await ChartServer.with { server in
                server.set(bytes, at: "/x.tgz")
                server.set(index: ChartServer.index([ChartServer.entry("web", "1.0.0", url: "x.tgz", digest: nil)]))
                try await Charts.follower(server.url) { follower in
                    let error = await failure { _ = try await follower.values() }
                    #expect(error?.message.contains(says) == true, "\(String(describing: error))")
                }
            }
        }
    }

    @Test func nothingIsReadBeyondItsBound() async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            var limits = Charts.quick
            limits.archive = 100
            try await Charts.follower(server.url, limits: limits) { follower in
                let failure4 = await failure { _ = try await follower.values() }
                #expect(failure4?.code == .limit)
            }
            limits.index = 20
            try await Charts.follower(server.url, limits: limits) { follower in
                let failure5 = await failure { _ = try await follower.values() }
                #expect(failure5?.code == .limit)
            }
        }
    }

    @Test func aServerThatIsSilentIsGivenUp() async throws {
        try await ChartServer.with { server in
            server.set(
                fault: { _ in
                    try await Task.sleep(for: .seconds(600))
                    return HTTPHost.Response()
                }, at: "/index.yaml")
            var limits = Charts.quick
            limits.deadline = .milliseconds(200)
            try await Charts.follower(server.url, limits: limits) { follower in
                let error = await failure { _ = try await follower.values() }
                #expect(error?.code == .unreachable, "\(String(describing: error))")
            }
        }
    }

    @Test func aRoundOfRedirectsEnds() async throws {
        try await ChartServer.with { server in
            server.set(fault: { _ in HTTPHost.Response(.found, headers: ["Location": "/index.yaml"]) }, at: "/index.yaml")
            try await Charts.follower(server.url) { follower in
                let failure6 = await failure { _ = try await follower.values() }
                #expect(failure6?.code == .limit)
            }
        }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://h/x", "https://u:hunter2@h/x.tgz", "https://"])
    func addressesOfAnIndexThatAreNoneAreNotFollowed(_ url: String) async throws {
        try await ChartServer.with { server in
            server.set(index: ChartServer.index([ChartServer.entry("web", "1.0.0", url: url, digest: nil)]))
            try await Charts.follower(server.url) { follower in
                let error = await failure { _ = try await follower.values() }
                #expect(error != nil && error?.description.contains("hunter2") == false)
            }
        }
    }
}
