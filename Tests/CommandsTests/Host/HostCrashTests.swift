import TestSupport
import Testing

/// Whoever is killed while writing leaves a host that the next run brings to the same end.
@Suite struct HostCrashTests {
    @Test func killedAtAnyPointItGoesOnWhereItWas() async throws {
        try await PlumbHost.with { host in
            let clock = ContinuousClock()
            try Self.write(0, to: host)
            let span = try await clock.measure { _ = try await host.apply() }
            let longest = max(50, Int(span.components.seconds) * 1000 + Int(span.components.attoseconds / 1_000_000_000_000_000))
            var random = Seeded(20_26)
            for round in 1...8 {
                try Self.write(round, to: host)
                try await host.killed(
                    after: Int.random(in: 1...longest, using: &random), ["apply", host.source, "--name", "app"])
                let result = try await host.apply("--wait")
                #expect(result.status == 0, "round \(round): \(result)")
                for file in 0..<4 { #expect(host.live("www/\(file)") == "\(file) in round \(round)") }
                #expect(host.live("www/only-\(round)") != nil)
                #expect(host.live("www/only-\(round - 1)") == nil, "round \(round)")
                #expect(try await host.allWatchers.count == 1, "round \(round)")
                #expect(try await host.watchers(round + 1).count == 1, "round \(round)")
                #expect(try await host.supervisors.count == 1, "round \(round)")
                let plan = try await host.plan()
                #expect(plan.status == 0, "round \(round): \(plan)")
            }
            #expect(try await host.plumb("delete", "app", "--yes").status == 0)
            #expect(!Files.exists(host.root))
            #expect(try await host.running(host.root).isEmpty)
        }
    }

    /// Each round changes every file and the process, adds a file and removes one.
    private static func write(_ round: Int, to host: PlumbHost) throws {
        var files = host.website(page: "page", lines: round + 1) as [String: String?]
        for file in 0..<4 {
            files["\(file).yaml"] = Sample.file("file-\(file)", path: "www/\(file)", content: "\(file) in round \(round)")
        }
        files["only-\(round).yaml"] = Sample.file("only-\(round)", path: "www/only-\(round)", content: "x")
        if round > 0 { files.updateValue(nil, forKey: "only-\(round - 1).yaml") }
        try host.write(files)
    }

    @Test func aKilledDeletionIsFinishedByTheNext() async throws {
        try await PlumbHost.with { host in
            var random = Seeded(7)
            for _ in 0..<5 {
                try Self.write(0, to: host)
                #expect(try await host.apply().status == 0)
                try await host.killed(after: Int.random(in: 1...250, using: &random), ["delete", "app", "--yes"])
                let again = try await host.plumb("delete", "app", "--yes")
                // The one that was killed may have come to its end.
                #expect(again.status == 0 || again.stderr.contains("There is no application"), "\(again)")
                #expect(!Files.exists(host.root))
                #expect(try await host.running(host.root).isEmpty)
            }
        }
    }

    @Test func twoWritersAtOnceBothEndWell() async throws {
        try await PlumbHost.with { host in
            for round in 0..<5 {
                try Self.write(round, to: host)
                let results = try await withThrowingTaskGroup(of: ProcessOutput.self) { group in
                    for _ in 0..<3 { group.addTask { try await host.apply() } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for result in results { #expect(result.status == 0, "round \(round): \(result)") }
                #expect(try await host.allWatchers.count == 1)
                #expect(try await host.supervisors.count == 1)
                #expect(try await host.plan().status == 0)
            }
        }
    }
}

/// The same numbers every time (Steele, Lea and Flood's SplitMix64).
private struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
