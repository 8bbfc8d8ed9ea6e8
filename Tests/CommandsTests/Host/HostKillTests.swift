import Manifests
import Model
import TestSupport
import Testing

/// An apply on a host that is killed in the place of each of its steps in turn (a file made, renamed, removed or written to
/// the disk, a directory, the start of a process), and the one after it.
@Suite struct HostKillTests {
    private static let lanes = 4

    @Test func `killed at each of its steps and run again, it ends in the same state`() async throws {
        let last = try await Bounded.map(Array(1...Self.lanes), limit: Self.lanes) { try await Self.lane($0) }
        #expect(last.min() ?? 0 > 12)
    }

    @Test func `a deletion that is killed at each of its steps is finished by the next`() async throws {
        var step = 1
        while try await Bounded.map(Array(step..<step + Self.lanes), limit: Self.lanes, Self.isKilledDeleting).allSatisfy(\.self) {
            step += Self.lanes
            try #require(step < 400, "it never comes to its end")
        }
        #expect(step > 12)
    }

    @Test func `a root whose making was killed at any step is Plumb's to remove`() async throws {
        _ = try await Bounded.map(Array(1...12), limit: Self.lanes) { step in
            try await PlumbHost.with { host in
                try Self.write(1, to: host)
                let broken = try await host.killed(at: step, ["apply", host.source, "--name", "app"])
                #expect(broken.status == -9, "killed at step \(step): \(broken)")
                #expect(try await host.apply().status == 0)
                #expect(try await host.plumb("delete", "app", "--yes").status == 0)
                #expect(!Files.exists(host.root), "killed at step \(step)")
                let beside = try await ProcessRunner.run("find", [host.scratch, "-name", "*.plumb-new"])
                #expect(beside.stdout == "", "killed at step \(step)")
            }
        }
    }

    /// Revisions of one application, one after the other, each killed `lanes` steps further on than the one before it, until
    /// one comes to its end before.
    /// - Returns: the last step that one was killed at.
    private static func lane(_ first: Int) async throws -> Int {
        try await PlumbHost.with { host in
            var (step, revision) = (first, 1)
            while true {
                try write(revision, to: host)
                let broken = try await host.killed(at: step, ["apply", host.source, "--name", "app"])
                let what = "revision \(revision), killed at step \(step)"
                let again = try await host.apply("--wait")
                #expect(again.status == 0, "\(what): \(again)")
                try await requireEnd(revision, host, what)
                guard broken.status == -9 else { return step - lanes }
                try #require(step < 400, "it never comes to its end")
                step += lanes
                revision += 1
            }
        }
    }

    private static func isKilledDeleting(at step: Int) async throws -> Bool {
        try await PlumbHost.with { host in
            try write(1, to: host)
            let applied = try await host.apply()
            guard applied.succeeded else { throw TestSupportError("the apply: \(applied)") }
            let broken = try await host.killed(at: step, ["delete", "app", "--yes"])
            let again = try await host.plumb("delete", "app", "--yes")
            // The one that was killed may have come as far as forgetting the application.
            let isDone = again.status == 0 || again.stderr.contains("There is no application")
            #expect(isDone, "killed at step \(step): \(again)")
            try await requireNothing(host, "killed at step \(step)")
            return broken.status == -9
        }
    }

    /// A file that changes, one that moves, one that only this revision has, and a process that follows the first.
    private static func write(_ revision: Int, to host: PlumbHost) throws {
        var files = host.website(page: "page \(revision)", lines: revision) as [String: String?]
        files["moving.yaml"] = Sample.file("moving", path: "place-\(revision)/moving", content: "x")
        files["only-\(revision).yaml"] = Sample.file("only-\(revision)", path: "only-\(revision)", content: "x")
        if revision > 1 { files.updateValue(nil, forKey: "only-\(revision - 1).yaml") }
        try host.write(files)
    }

    private static func requireEnd(_ revision: Int, _ host: PlumbHost, _ what: String) async throws {
        let other = revision - 1
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
