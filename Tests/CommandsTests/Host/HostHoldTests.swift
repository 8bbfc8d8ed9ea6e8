import TestSupport
import Testing

/// What waits for a person.
@Suite struct HostHoldTests {
    private static func page(_ number: Int) -> String { Sample.file("page-\(number)", path: "www/\(number)", content: "\(number)") }

    @Test func deletionsOverTheBudgetWaitWhileTheRestGoesOn() async throws {
        try await PlumbHost.with { host in
            for number in 1...8 { try host.write(["\(number).yaml": Self.page(number)]) }
            #expect(try await host.apply().status == 0)
            for number in 1...4 { try host.write(["\(number).yaml": nil]) }
            try host.write(["9.yaml": Self.page(9)])

            let held = try await host.apply()
            #expect(held.status == 3, "\(held)")
            #expect(held.stdout.contains("4 of 8 objects would be deleted"), "\(held.stdout)")
            #expect(host.live("www/1") == "1")
            #expect(host.live("www/9") == "9", "what is not held goes on")

            let wrong = try await host.apply("--approve", "sha256:" + String(repeating: "0", count: 64))
            #expect(wrong.status == 3 && wrong.stderr.contains("is not the digest of this plan"), "\(wrong)")
            #expect(host.live("www/1") == "1")

            let plan = try await host.plan()
            #expect(plan.status == 3, "\(plan)")
            let approved = try await host.apply("--approve", try Self.digest(in: plan.stdout))
            #expect(approved.status == 0 && approved.stdout.contains("4 deleted"), "\(approved)")
            #expect(host.live("www/1") == nil)
            #expect(try await host.plan().status == 0)
        }
    }

    @Test func anEmptiedDirectoryDeletesNothing() async throws {
        try await PlumbHost.with(["1.yaml": Self.page(1)]) { host in
            #expect(try await host.apply().status == 0)
            try host.write(["1.yaml": nil])
            let held = try await host.apply()
            #expect(held.status == 3 && held.stdout.contains("the source is empty"), "\(held)")
            #expect(host.live("www/1") == "1")
            let approved = try await host.apply("--approve", try Self.digest(in: held.stdout))
            #expect(approved.status == 0, "\(approved)")
            #expect(host.live("www/1") == nil)
        }
    }

    @Test func noPruneKeepsWhatLeftTheSource() async throws {
        try await PlumbHost.with(["1.yaml": Self.page(1), "2.yaml": Self.page(2)]) { host in
            #expect(try await host.apply().status == 0)
            try host.write(["1.yaml": nil])
            let kept = try await host.apply("--no-prune")
            #expect(kept.status == 0 && kept.stdout.contains("1 kept"), "\(kept)")
            #expect(host.live("www/1") == "1")
            #expect(try await host.apply().status == 0)
            #expect(host.live("www/1") == nil)
        }
    }

    @Test func anApplicationThatIsSyncedByHandOnlyPlans() async throws {
        try await PlumbHost.with(["1.yaml": Self.page(1)]) { host in
            try Files.write(
                """
                apiVersion: plumb.dev/v1alpha1
                kind: Application
                metadata: {name: app}
                spec: {sources: [{path: app}], target: {name: host}, sync: {automatic: false}}
                """, to: "\(host.scratch)/app.yaml")
            let held = try await host.plumb("apply", "-f", "\(host.scratch)/app.yaml")
            #expect(held.status == 3 && held.stdout.contains("synced by hand"), "\(held)")
            #expect(host.live("www/1") == nil)
            let approved = try await host.plumb(
                "apply", "-f", "\(host.scratch)/app.yaml", "--approve", try Self.digest(in: held.stdout))
            #expect(approved.status == 0, "\(approved)")
            #expect(host.live("www/1") == "1")
        }
    }

    @Test func aDirectoryWithSomebodysEntriesIsToldAtOnce() async throws {
        func directory(_ name: String, _ path: String) -> String {
            "---\napiVersion: host.plumb.dev/v1alpha1\nkind: Directory\nmetadata: {name: \(name)}\nspec: {path: \(path)}\n"
        }
        // Whichever of the nested ones is tried first.
        let directories = directory("a", "outer") + directory("z", "outer/inner") + directory("b", "x/inner") + directory("c", "x")
        try await PlumbHost.with(["objects.yaml": directories]) { host in
            #expect(try await host.apply().status == 0)
            try Files.write("mine", to: "\(host.root)/outer/inner/mine.txt")
            let stuck = try await host.plumb("delete", "app", "--yes", "--timeout", "300s")
            #expect(stuck.status == 1, "\(stuck)")
            #expect(stuck.stderr.contains("outer/inner has entries that Plumb did not put there: \"mine.txt\""), "\(stuck)")
            #expect(stuck.stdout.contains("mine.txt"), "\(stuck)")
            #expect(host.live("outer/inner/mine.txt") == "mine" && !Files.exists("\(host.root)/x"))
            try await ProcessRunner.check("rm", ["\(host.root)/outer/inner/mine.txt"])
            let gone = try await host.plumb("delete", "app", "--yes")
            #expect(gone.status == 0 && !Files.exists(host.root), "\(gone)")
        }
    }

    private static func digest(in text: String) throws -> String {
        let line = try #require(text.split(separator: "\n").first { $0.contains("--approve sha256:") }, "\(text)")
        return String(try #require(line.split(separator: " ").last))
    }
}
