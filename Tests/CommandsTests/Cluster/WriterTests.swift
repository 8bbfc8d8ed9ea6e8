import Manifests
import TestSupport
import Testing

/// More than one writer at a time, and writers that die.
@Suite struct WriterTests {
    @Test(arguments: 0..<3)
    func `two that apply the same files at once lose nothing`(round: Int) async throws {
        try await ClusterApp.with { app in
            try app.source((0..<30).map { Samples.configMap("c\($0)", "round: \"\(round)\"") })
            let requests = try await app.writes {
                async let first = app.run(app.arguments("apply", []))
                async let second = app.run(app.arguments("apply", []))
                for output in try await [first, second] { #expect([0, 3].contains(output.status), "\(output)") }
            }
            #expect(requests.deletions.isEmpty)
            // The second one starts from what the first has left: each object is written once.
            #expect(requests.words == (0..<30).map { "patch configmaps/c\($0)" }.sorted())
            let inventory = try await app.inventory()
            #expect(inventory.count == 30 && inventory.values.allSatisfy { $0 == "applied" })
            try await app.plan(exits: 0)
        }
    }

    @Test func `two that apply different files at once leave what one of them wants, and nothing forgotten`() async throws {
        try await ClusterApp.with { app in
            var second = app
            let shared = (0..<12).map { Samples.configMap("c\($0)") }
            try app.source(shared + [Samples.configMap("first")])
            try await app.apply()
            second.applicationFile = try app.with(settings: "").applicationFile
            try Files.write(
                try Files.read(second.applicationFile ?? "").replacing("path: source", with: "path: other"),
                to: second.applicationFile ?? "")
            try Files.write(
                (shared + [Samples.configMap("second")]).joined(separator: "\n---\n"), to: app.directory + "/other/objects.yaml")
            try app.source(shared + [Samples.configMap("third")])
            let other = second
            async let one = app.run(app.arguments("apply", []))
            async let two = other.run(other.arguments("apply", []))
            for output in try await [one, two] { #expect([0, 3].contains(output.status), "\(output)") }
            let live = try await app.get("/api/v1/namespaces/\(app.namespace)/configmaps")["items"]?.array ?? []
            let marked = live.filter { $0.at("metadata", "annotations")?["plumb.dev/application"] != nil }
            let remembered = Set(try await app.inventory().keys)
            #expect(Set(marked.compactMap { $0.at("metadata", "name")?.string }) == remembered)
            #expect(marked.count == 13)
        }
    }

    @Test func `an application whose writer holds it is waited for, and given up at the deadline`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.job("before", hook: "PreSync"))
            async let holding = app.apply("--timeout", "100s")
            try await app.appears(app.jobPath("before"))
            let requests = try await app.writes {
                let output = try await app.run(app.arguments("apply", ["--timeout", "2s"]))
                #expect(output.status == 3 && output.stderr.contains("Another process"), "\(output)")
                let removal = try await app.run(["delete", app.name, "--yes", "--timeout", "2s"] + app.destination)
                #expect(removal.status == 3, "\(removal)")
            }
            #expect(requests.objects.isEmpty)
            try await app.finishJob("before")
            _ = try await holding
            #expect(try await app.inventory() == ["a": "applied", "before": "applied"])
        }
    }

    @Test func `Ctrl-C ends an apply in order and gives its lease back`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.job("before", hook: "PreSync"))
            let process = try await PlumbBinary.start(app.arguments("apply", []), directory: app.directory)
            try await app.appears(app.jobPath("before"))
            #expect(try await process.terminate() == 1)
            #expect(try Files.read(process.outputFile).contains("the sync was stopped"))
            let inventory = try await app.get(try await app.inventoryPath()).at("data", "inventory")?.string ?? ""
            #expect(!inventory.contains("lease"), "\(inventory)")
            let requests = try await app.writes {
                async let applied = app.apply("--timeout", "100s")
                try await app.finishJob("before")
                _ = try await applied
            }
            #expect(requests.words == ["patch configmaps/a"])
        }
    }

    @Test(arguments: [11] as [UInt64])
    func `killed at any moment and run again, it ends in the same state`(seed: UInt64) async throws {
        try await ClusterApp.with { app in
            var random = Random(state: seed)
            let clock = ContinuousClock()
            try Self.fill(app, 0)
            let whole = try await clock.measure { _ = try await app.withJobController { try await app.apply("--timeout", "100s") } }
            for round in 1...5 {
                try Self.fill(app, round)
                let start = try await app.mark()
                let moment = whole * Double.random(in: 0.1...1.1, using: &random)
                try await app.withJobController {
                    let process = try await PlumbBinary.start(app.arguments("apply", []), directory: app.directory)
                    try await clock.sleep(for: moment)
                    await process.kill()
                    try await app.apply("--timeout", "100s")
                }
                try await Self.requireEnd(
                    of: round, app, try await app.requests(since: start), "seed \(seed), round \(round), killed after \(moment)")
            }
        }
    }

    /// A dozen objects with the round in them, one more that is there in every other round, and two hooks.
    private static func fill(_ app: ClusterApp, _ round: Int) throws {
        let objects = (0..<12).map { Samples.configMap("c\($0)", "round: \"\(round)\"") }
        let extra = Samples.configMap("extra\(round % 2)")
        try app.source(objects + [extra, Samples.job("before", hook: "PreSync"), Samples.job("after", hook: "PostSync")])
    }

    private static func requireEnd(of round: Int, _ app: ClusterApp, _ requests: Requests, _ what: String) async throws {
        let names = (0..<12).map { "c\($0)" } + ["extra\(round % 2)"]
        for name in names {
            #expect(try await app.isThere(app.path("configmaps", name)), "\(what): \(name)")
        }
        for number in 0..<12 {
            let live = try await app.get(app.path("configmaps", "c\(number)"))
            #expect(live.at("data", "round")?.string == "\(round)", "\(what)")
        }
        #expect(try await !app.isThere(app.path("configmaps", "extra\((round + 1) % 2)")), "\(what)")
        for hook in ["before", "after"] {
            let creates = requests.objects.filter { $0.verb == "create" && $0.name == hook && $0.code < 300 }
            #expect(creates.count == 1, "\(what): \(requests.objects.map(Requests.words))")
        }
        #expect(
            requests.deletions.filter { $0.resource == "configmaps" }.allSatisfy { $0.name == "extra\((round + 1) % 2)" }, "\(what)"
        )
        let inventory = try await app.inventory()
        #expect(inventory == Dictionary(uniqueKeysWithValues: (names + ["before", "after"]).map { ($0, "applied") }), "\(what)")
        try await app.plan(exits: 0)
    }
}

/// SplitMix64, so that a round that failed can be had again.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
