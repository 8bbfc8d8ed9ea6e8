import TestSupport
import Testing

/// Hooks, readiness and deadlines.
@Suite struct HostWaitTests {
    private static func hook(_ name: String, _ phase: String, _ script: String) -> String {
        Sample.process(name, ["sh", "-c", script], annotations: "plumb.dev/hook: \(phase)")
    }

    @Test func hooksRunOncePerRevisionAroundTheSync() async throws {
        try await PlumbHost.with { host in
            let note = { (word: String) in "echo \(word) >> \(host.scratch)/notes" }
            try host.write([
                "page.yaml": Sample.file("page", path: "www/index.html", content: "one"),
                "before.yaml": Self.hook("before", "PreSync", "test ! -e \(host.root)/www/index.html && \(note("before"))"),
                "after.yaml": Self.hook("after", "PostSync", "test -e \(host.root)/www/index.html && \(note("after"))"),
            ])
            let first = try await host.apply()
            #expect(first.status == 0, "\(first)")
            #expect(try Files.read("\(host.scratch)/notes") == "before\nafter\n")
            let second = try await host.apply()
            #expect(second.status == 0, "\(second)")
            try Files.write("drift", to: "\(host.root)/www/index.html")
            #expect(try await host.apply().status == 0)
            #expect(try Files.read("\(host.scratch)/notes") == "before\nafter\n", "drift runs no hooks")
            #expect(try await host.plan().status == 0)
            #expect(try await host.plumb("delete", "app", "--yes").status == 0)
            #expect(!Files.exists(host.root))
        }
    }

    @Test func aFailedHookStopsTheSyncAndRunsAgain() async throws {
        try await PlumbHost.with { host in
            try host.write([
                "page.yaml": Sample.file("page", path: "www/index.html", content: "one"),
                "before.yaml": Self.hook("before", "PreSync", "echo tried >> \(host.scratch)/notes; test -e \(host.scratch)/go"),
            ])
            let failed = try await host.apply()
            #expect(failed.status == 1, "\(failed)")
            #expect(failed.stdout.contains("host.plumb.dev/Process before"), "\(failed.stdout)")
            #expect(host.live("www/index.html") == nil)
            try Files.write("", to: "\(host.scratch)/go")
            let again = try await host.apply()
            #expect(again.status == 0, "\(again)")
            #expect(host.live("www/index.html") == "one")
            #expect(try Files.read("\(host.scratch)/notes") == "tried\ntried\n")
        }
    }

    @Test func hooksRunAroundTheDeletionWithoutTheSource() async throws {
        try await PlumbHost.with { host in
            let note = { (word: String) in "echo \(word) >> \(host.scratch)/notes" }
            try host.write([
                "page.yaml": Sample.file("page", path: "www/index.html", content: "one"),
                "backup.yaml": Self.hook(
                    "backup", "PreDelete", "\(note("tried")); test -e \(host.scratch)/go && test -e \(host.root)/www/index.html"),
                "goodbye.yaml": Self.hook("goodbye", "PostDelete", "test ! -e \(host.root)/www/index.html && \(note("gone"))"),
            ])
            let first = try await host.apply()
            #expect(first.status == 0, "\(first)")
            #expect(!Files.exists("\(host.scratch)/notes"))
            let modes = try await ProcessRunner.check("sh", ["-c", "stat -c %a \(host.root)/.plumb/inventory/*.hooks"])
            #expect(modes == "600\n")
            let before = try await host.tree(host.root)
            #expect(try await host.apply().status == 0)
            #expect(try await host.tree(host.root) == before)
            try host.write(["page.yaml": nil, "backup.yaml": nil, "goodbye.yaml": nil])

            let planned = try await host.plumb("delete", "app")
            #expect(planned.status == 2 && planned.stdout.contains("PreDelete hook"), "\(planned)")
            let failed = try await host.plumb("delete", "app", "--yes")
            #expect(
                failed.status == 1 && failed.stdout.contains("the PreDelete hook host.plumb.dev/Process backup failed"), "\(failed)"
            )
            #expect(host.live("www/index.html") == "one")
            try Files.write("", to: "\(host.scratch)/go")
            let deleted = try await host.plumb("delete", "app", "--yes")
            #expect(deleted.status == 0, "\(deleted)")
            #expect(try Files.read("\(host.scratch)/notes") == "tried\ntried\ngone\n")
            #expect(!Files.exists(host.root))
        }
    }

    @Test func readinessThatNeverComesIsADeadlineWithItsReason() async throws {
        try await PlumbHost.with { host in
            let port = try FreePort.next()
            try host.write(host.website(page: "one"))
            try host.write([
                "web.yaml": Sample.process(
                    "web", host.watching(), more: "  readiness: {tcp: {port: \(port)}, period: 50ms, timeout: 1s}")
            ])
            let late = try await host.apply("--wait", "--timeout", "2s")
            #expect(late.status == 1, "\(late)")
            let text = late.stdout + late.stderr
            #expect(text.contains("host.plumb.dev/Process web"), "\(text)")
            #expect(text.contains("the deadline for becoming healthy was reached"), "\(text)")
            #expect(text.contains("cannot connect to 127.0.0.1:\(port): Connection refused"), "\(text)")
            // Applied it is: without waiting there is nothing left to do.
            #expect(try await host.plan().status == 0)
        }
    }

    @Test func readinessThatComesIsWaitedFor() async throws {
        try await PlumbHost.with { host in
            try host.write(host.website(page: "one"))
            try host.write([
                "web.yaml": Sample.process(
                    "web", host.watching(), more: "  readiness: {exec: {command: [test, -e, \(host.scratch)/ready]}, period: 50ms}")
            ])
            async let applied = host.apply("--wait", "--timeout", "30s")
            _ = try await eventually("the process runs") { try await host.watchers().first }
            try Files.write("", to: "\(host.scratch)/ready")
            let result = try await applied
            #expect(result.status == 0, "\(result)")
        }
    }

    @Test func aProgramThatIsNotThereIsNamed() async throws {
        try await PlumbHost.with(["web.yaml": Sample.process("web", ["no-such-program-anywhere"])]) { host in
            let failed = try await host.apply("--wait", "--timeout", "3s")
            #expect(failed.status == 1, "\(failed)")
            #expect((failed.stdout + failed.stderr).contains("no-such-program-anywhere"), "\(failed)")
        }
    }
}
