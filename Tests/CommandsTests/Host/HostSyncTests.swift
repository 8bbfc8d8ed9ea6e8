import Glibc
import TestSupport
import Testing

/// One application on one host, through the program.
@Suite struct HostSyncTests {
    @Test func aHostIsLeftAsItWasFound() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            let planned = try await host.plan()
            #expect(planned.status == 2, "\(planned)")
            #expect(!Files.exists(host.root), "a plan writes nothing")

            let first = try await host.apply("--wait")
            #expect(first.status == 0, "\(first)")
            #expect(first.stdout.contains("2 created"))
            #expect(host.live("www/index.html") == "one")
            #expect(try await host.watchers().count == 1)
            #expect(try await host.supervisors.count == 1)

            let before = try await host.tree(host.root)
            let second = try await host.apply()
            #expect(second.status == 0 && second.stdout.contains("2 unchanged"), "\(second)")
            #expect(try await host.plan().status == 0)
            #expect(try await host.tree(host.root) == before, "a sync that has nothing to do writes nothing")

            let shown = try await host.plumb("delete", "app")
            #expect(shown.status == 2 && shown.stdout.contains("2 to delete"), "\(shown)")
            #expect(try await host.tree(host.root) == before)

            let deleted = try await host.plumb("delete", "app", "--yes")
            #expect(deleted.status == 0, "\(deleted)")
            #expect(!Files.exists(host.root))
            #expect(try await host.running(host.root).isEmpty)
        }
    }

    @Test func aRootThatWasThereStaysWithWhatIsInIt() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            try Files.write("mine", to: "\(host.root)/www/other.html")
            let before = try await host.tree(host.root)
            #expect(try await host.apply().status == 0)
            #expect(try await host.plumb("delete", "app", "--yes").status == 0)
            #expect(try await host.tree(host.root) == before)
        }
    }

    @Test func onlyWhatChangedIsTouched() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            #expect(try await host.apply().status == 0)
            let process = try await host.watchers()

            try host.write(["page.yaml": Sample.file("page", path: "www/index.html", content: "two")])
            let page = try await host.apply()
            #expect(page.status == 0 && page.stdout.contains("1 updated, 1 unchanged"), "\(page)")
            #expect(host.live("www/index.html") == "two")
            #expect(try await host.watchers() == process, "the process does not restart on the page")

            try host.write(["web.yaml": Sample.process("web", host.watching(2))])
            let command = try await host.apply()
            #expect(command.status == 0 && command.stdout.contains("1 updated, 1 unchanged"), "\(command)")
            #expect(try await host.watchers(2).count == 1)
            #expect(try await host.watchers(1).isEmpty)

            try host.write(["web.yaml": nil])
            let removed = try await host.apply()
            #expect(removed.status == 0 && removed.stdout.contains("1 deleted, 1 unchanged"), "\(removed)")
            #expect(try await host.allWatchers.isEmpty)
            #expect(try await host.supervisors.isEmpty)
            #expect(host.live("www/index.html") == "two")
        }
    }

    @Test func driftIsPlannedAndReverted() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            #expect(try await host.apply().status == 0)

            try Files.write("edited", to: "\(host.root)/www/index.html")
            let plan = try await host.plan()
            #expect(plan.status == 2 && plan.stdout.contains("left what was applied"), "\(plan)")
            #expect(host.live("www/index.html") == "edited")
            #expect(try await host.apply().status == 0)
            #expect(host.live("www/index.html") == "one")

            let killed = try await host.watchers()
            for process in killed { kill(process, SIGKILL) }
            let restarted = try await eventually("the process is started again") {
                try await host.watchers().first { !killed.contains($0) }
            }
            #expect(try await host.plan().status == 0)
            #expect(try await host.watchers() == [restarted])

            unlink("\(host.root)/www/index.html")
            let missing = try await host.plan()
            #expect(missing.status == 2 && missing.stdout.contains("was missing on the target"), "\(missing)")
            #expect(try await host.apply().status == 0)
            #expect(host.live("www/index.html") == "one")
            #expect(try await host.plan().status == 0)
        }
    }

    @Test func aKilledSupervisorIsDriftAndTheProcessNeverRunsTwice() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            #expect(try await host.apply().status == 0)
            let supervisor = try #require(try await host.supervisors.first)
            kill(supervisor, SIGKILL)
            _ = try await eventually("the supervisor is gone") { try await host.supervisors.isEmpty ? true : nil }
            let plan = try await host.plan()
            #expect(plan.status == 2 && plan.stdout.contains("host.plumb.dev/Process web"), "\(plan)")
            #expect(try await host.apply("--wait").status == 0)
            #expect(try await host.watchers().count == 1)
            #expect(try await host.supervisors.count == 1)
            #expect(try await host.plan().status == 0)
        }
    }

    @Test func outputIsJSONForPrograms() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            let plan = try await host.plan("-o", "json")
            #expect(plan.status == 2)
            for text in [#""action": "create""#, #""cause": "new""#, #""digest": "sha256:"#, #""key": "host.plumb.dev/File page""#]
            {
                #expect(plan.stdout.contains(text), "\(plan.stdout)")
            }
            let report = try await host.apply("-o", "json")
            #expect(
                report.stdout.contains(#""phase": "Succeeded""#) && report.stdout.contains(#""result": "created""#),
                "\(report.stdout)")
        }
    }
}
