import TestSupport
import Testing

/// Who owns what on a host: what was there before, what another application has, what nobody has any more.
@Suite struct HostOwnershipTests {
    @Test func aFileFromBeforePlumbIsHeldAdoptedAndSurvivesRelease() async throws {
        try await PlumbHost.with(["page.yaml": Sample.file("page", path: "www/index.html", content: "ours")]) { host in
            try Files.write("theirs", to: "\(host.root)/www/index.html")
            let plan = try await host.plan()
            #expect(plan.status == 3 && plan.stdout.contains("exists already"), "\(plan)")
            let held = try await host.apply()
            #expect(held.status == 3 && held.stdout.contains("--approve sha256:"), "\(held)")
            #expect(host.live("www/index.html") == "theirs")

            let adopted = try await host.apply("--adopt")
            #expect(adopted.status == 0 && adopted.stdout.contains("1 adopted"), "\(adopted)")
            #expect(host.live("www/index.html") == "ours")

            let released = try await host.plumb("release", "app")
            #expect(released.status == 0 && released.stdout.contains("1 released"), "\(released)")
            #expect(host.live("www/index.html") == "ours")
            #expect(!Files.exists("\(host.root)/.plumb"))
            let gone = try await host.plumb("delete", "app", "--yes")
            #expect(gone.status == 1 && gone.stderr.contains("There is no application \"app\""), "\(gone)")
        }
    }

    @Test func aReleasedProcessRunsOnAndIsAdoptedAgain() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            #expect(try await host.apply().status == 0)
            let process = try await host.watchers()
            #expect(try await host.plumb("release", "app").status == 0)
            #expect(try await host.watchers() == process)

            let held = try await host.apply(name: "successor")
            #expect(held.status == 3, "\(held)")
            let adopted = try await host.apply("--adopt", name: "successor")
            #expect(adopted.status == 0 && adopted.stdout.contains("2 adopted"), "\(adopted)")
            #expect(try await host.watchers() == process, "adopting restarts nothing")
            #expect(try await host.plumb("delete", "successor", "--yes").status == 0)
            #expect(try await host.watchers().isEmpty)
        }
    }

    /// Different objects, one path.
    @Test func whatIsApprovedMovesToAnotherApplicationAndNothingRestarts() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            #expect(try await host.apply(name: "first").status == 0)
            let processes = try await host.watchers()
            let held = try await host.apply(name: "second")
            #expect(held.status == 3, "\(held)")
            let digest = try #require(held.stdout.split(separator: "--approve ").last).prefix { !$0.isWhitespace }
            let moved = try await host.apply("--approve", String(digest), name: "second")
            #expect(moved.status == 0, "\(moved)")
            #expect(try await host.watchers() == processes)
            #expect(try await host.plumb("delete", "first", "--yes").status == 0)
            #expect(host.live("www/index.html") == "one")
            #expect(try await host.watchers() == processes)
            #expect(try await host.plan(name: "second").status == 0)
        }
    }

    @Test(arguments: ["page", "other"])
    func twoApplicationsCannotHaveOnePath(name: String) async throws {
        try await PlumbHost.with(["page.yaml": Sample.file("page", path: "www/index.html", content: "first")]) { host in
            #expect(try await host.apply(name: "first").status == 0)
            try Files.write(
                Sample.file(name, path: "www/index.html", content: "second"), to: "\(host.scratch)/other/page.yaml")
            for command in ["plan", "apply"] {
                let refused = try await host.plumb(command, "\(host.scratch)/other", "--name", "second", "--adopt")
                #expect(refused.status == 3, "\(refused)")
                for text in ["second on host", "belongs to the application default/first", "host.plumb.dev/File \(name)"] {
                    #expect(refused.stdout.contains(text), "\(refused)")
                }
            }
            #expect(host.live("www/index.html") == "first")
            #expect(try await host.plan(name: "first").status == 0)
            #expect(try await host.plumb("delete", "first", "--yes").status == 0)
            #expect(!Files.exists(host.root))
        }
    }

    @Test func twoApplicationsShareARoot() async throws {
        try await PlumbHost.with(["a.yaml": Sample.file("page", path: "www/a", content: "a")]) { host in
            try Files.write(Sample.file("page-b", path: "www/b", content: "b"), to: "\(host.scratch)/other/b.yaml")
            #expect(try await host.apply(name: "first").status == 0)
            #expect(try await host.plumb("apply", "\(host.scratch)/other", "--name", "second").status == 0)
            #expect(try await host.plumb("delete", "first", "--yes").status == 0)
            #expect(host.live("www/b") == "b")
            #expect(host.live("www/a") == nil)
            #expect(try await host.plumb("delete", "second", "--yes").status == 0)
            #expect(!Files.exists(host.root))
        }
    }
}
