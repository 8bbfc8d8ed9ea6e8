import Manifests
import Model
import TestSupport
import Testing

/// An apply on a host that is killed in the place of each of its steps in turn (a file made, renamed, removed or written to
/// the disk, a directory, the start of a process), and the one after it.
@Suite struct HostKillTests {
    enum Change: String, CaseIterable {
        case first, second, deletion
    }

    @Test(arguments: Change.allCases)
    func `killed at each of its steps and run again, it ends in the same state`(change: Change) async throws {
        let width = 6
        var step = 1
        var isWhole = false
        while !isWhole {
            let wereKilled = try await Bounded.map(Array(step..<step + width), limit: width) {
                try await Self.round(change, killedAt: $0)
            }
            // From some step on, it has come to its end before.
            isWhole = wereKilled.contains(false)
            step += width
            try #require(step < 400, "it never comes to its end")
        }
        #expect(step > 12)
    }

    /// - Returns: whether it was killed.
    private static func round(_ change: Change, killedAt step: Int) async throws -> Bool {
        try await PlumbHost.with { host in
            try write(1, to: host)
            if change != .first { try await require(host.apply(), "the first apply") }
            if change == .second { try write(2, to: host) }
            let arguments = change == .deletion ? ["delete", "app", "--yes"] : ["apply", host.source, "--name", "app"]
            let broken = try await host.killed(at: step, arguments)
            let what = "\(change), killed at step \(step)"
            let again = try await host.plumb(arguments + (change == .deletion ? [] : ["--wait"]))
            if change == .deletion {
                // The one that was killed may have come to its end.
                #expect(again.status == 0 || again.stderr.contains("There is no application"), "\(what): \(again)")
                try await requireNothing(host, what)
            } else {
                #expect(again.status == 0, "\(what): \(again)")
                try await requireEnd(change == .first ? 1 : 2, host, what)
            }
            return broken.status == -9
        }
    }

    private static func require(_ output: ProcessOutput, _ what: String) throws {
        guard output.succeeded else { throw TestSupportError("\(what): \(output)") }
    }

    /// A file that changes, one that moves, one of each revision, and a process that follows the first.
    private static func write(_ revision: Int, to host: PlumbHost) throws {
        var files = host.website(page: "page \(revision)", lines: revision) as [String: String?]
        files["moving.yaml"] = Sample.file("moving", path: "place-\(revision)/moving", content: "x")
        files["only-\(revision).yaml"] = Sample.file("only-\(revision)", path: "only-\(revision)", content: "x")
        if revision == 2 { files.updateValue(nil, forKey: "only-1.yaml") }
        try host.write(files)
    }

    private static func requireEnd(_ revision: Int, _ host: PlumbHost, _ what: String) async throws {
        let other = 3 - revision
        #expect(host.live("www/index.html") == "page \(revision)", "\(what)")
        #expect(host.live("place-\(revision)/moving") == "x" && host.live("only-\(revision)") == "x", "\(what)")
        #expect(!Files.exists("\(host.root)/place-\(other)") && !Files.exists("\(host.root)/only-\(other)"), "\(what)")
        #expect(try await host.watchers(revision).count == 1, "\(what)")
        #expect(try await host.allWatchers.count == 1, "\(what)")
        #expect(try await host.supervisors.count == 1, "\(what)")
        #expect(try await ProcessRunner.run("find", [host.root, "-name", "*.tmp"]).stdout == "", "\(what)")
        let plan = try await host.plan()
        #expect(plan.status == 0, "\(what): \(plan)")
    }

    /// The root itself may stay, empty: once Plumb's own directory is gone, nothing tells that Plumb made it.
    private static func requireNothing(_ host: PlumbHost, _ what: String) async throws {
        #expect(try await host.tree(host.root).split(separator: "\n").count <= 1, "\(what)")
        #expect(try await host.running(host.root).isEmpty, "\(what)")
    }
}
