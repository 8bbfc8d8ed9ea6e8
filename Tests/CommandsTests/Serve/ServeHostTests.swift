import Manifests
import TestSupport
import Testing

/// What a person sees who points an operator at a repository and commits to it.
@Suite struct ServeHostTests {
    static let site = ServedHost.site(page: "one")

    @Test func `a commit runs, drift goes back, and history tells of it`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            #expect(served.host.live("www/index.html") == "one")

            let commit = try await served.commit(
                ["site/page.yaml": Sample.file("page", path: "www/index.html", content: "two")], "A second page")
            try await served.page(says: "two")
            try await served.settled("site", at: commit)

            try Files.write("by hand", to: "\(served.host.root)/www/index.html")
            try await served.page(says: "two")
            let drift = try await eventually("the drift is told") {
                try await served.events("site").first { $0["type"]?.string == "Drift" }
            }
            #expect(drift["path"]?.string == "/spec/content", "\(drift)")
            #expect(drift.at("key", "name")?.string == "page")
            #expect(try await served.events("site").contains { $0["type"]?.string == "Reverted" })

            try await served.git("revert", "--no-edit", "HEAD")
            try await served.page(says: "one")
            try await served.settled("site")
            let history = try await served.plumb("history", "site", "-o", "json")
            let entries = try JSON.parse(Array(history.stdout.utf8), file: "history")["items"]?.array ?? []
            #expect(entries.map { $0["message"]?.string } == ["Revert \"A second page\"", "A second page", "The beginning"])
            #expect(entries.allSatisfy { $0["author"]?.string == "Ann" })
        }
    }

    @Test func `most objects removed: held, and approved`() async throws {
        var files = Self.site
        for number in 0..<8 { files["site/f\(number).yaml"] = Sample.file("f\(number)", path: "files/\(number)", content: "x") }
        try await ServedHost.with(files) { served in
            try await served.settled("site")
            var removed: [String: String?] = [:]
            for number in 0..<8 { removed["site/f\(number).yaml"] = .some(nil) }
            try await served.commit(removed, "Less")
            let held = try await served.wait("site", "held") { $0.at("hold", "reason")?.string == "approval" }
            let why = try await served.plumb("why", "site")
            #expect(why.stdout.contains("held") && why.stdout.contains("8"), "\(why)")
            #expect(served.host.live("files/3") == "x")
            let digest = try #require(held.at("hold", "plan")?.string)
            #expect(try await served.plumb("approve", "site", "--plan", "sha256:" + String(repeating: "0", count: 64)).status != 0)
            #expect(try await served.plumb("approve", "site", "--plan", digest).status == 0)
            _ = try await eventually("the files are gone") { served.host.live("files/3") == nil ? true : nil }
            try await served.settled("site")
        }
    }

    @Test func `a fix overtakes what never becomes healthy`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            let broken = Sample.process(
                "web", ["tail", "-f", "www/index.html"], more: "  readiness: {exec: {command: [\"false\"]}, timeout: 300s}")
            try await served.commit(["site/web.yaml": broken], "Never ready")
            try await served.wait("site", "waiting") { $0.at("operation", "phase")?.string == "Waiting" }
            let fix = try await served.commit(
                ["site/web.yaml": Sample.process("web", ["tail", "-n", "1", "-f", "www/index.html"])], "The fix")
            try await served.settled("site", at: fix)
            let history = try await served.plumb("history", "site", "-o", "json")
            #expect(history.stdout.contains("Never ready"))
            #expect(try await served.events("site").contains { $0["message"]?.string?.hasPrefix("Superseded") ?? false })
        }
    }

    @Test func `one mistyped application does not stop the others`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            try await served.commit(
                [
                    "plumb/bad.yaml": ServedHost.application("bad", settings: "  serviceAcount: x"),
                    "plumb/more.yaml": ServedHost.application("more"),
                    "more/file.yaml": Sample.file("more", path: "more.txt", content: "more"),
                ], "One good, one bad")
            try await served.settled("more")
            #expect(served.host.live("more.txt") == "more")
            let root = try await served.wait("root", "failed") { $0.at("operation", "phase")?.string == "Failed" }
            #expect(root.at("operation", "message")?.string?.contains("serviceAcount") ?? false, "\(root.json)")
            try await served.commit(["plumb/bad.yaml": nil], "Without the bad one")
            try await served.settled("root")
        }
    }

    @Test func `an application that leaves keeps its objects, or takes them along`() async throws {
        var files = Self.site
        files["plumb/stays.yaml"] = ServedHost.application("stays")
        files["stays/file.yaml"] = Sample.file("stays", path: "stays.txt", content: "x")
        files["plumb/goes.yaml"] = ServedHost.application("goes", settings: "  sync: {onRemoval: delete}")
        files["goes/file.yaml"] = Sample.file("goes", path: "goes.txt", content: "x")
        try await ServedHost.with(files) { served in
            for name in ["site", "stays", "goes"] { try await served.settled(name) }
            try await served.commit(["plumb/stays.yaml": nil, "plumb/goes.yaml": nil], "Two leave")
            _ = try await eventually("what goes is gone") { served.host.live("goes.txt") == nil ? true : nil }
            let orphan = try await served.wait("stays", "an orphan") { $0["orphan"]?.bool == true }
            #expect(orphan.at("hold", "reason")?.string == "orphan")
            #expect(served.host.live("stays.txt") == "x")
            let gone = try await served.plumb("get", "application", "goes")
            #expect(gone.status == 1 && gone.stderr.contains("goes"))
        }
    }

    @Test func `suspended, it stands still, for a pipeline too, and goes on when told`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            #expect(try await served.plumb("suspend", "site").status == 0)
            try await served.commit(
                ["site/page.yaml": Sample.file("page", path: "www/index.html", content: "two")], "While suspended")
            try await served.wait("site", "suspended") { $0.at("hold", "reason")?.string == "suspended" }
            let push = try await served.host.plumb("apply", "\(served.repository)/site", "--name", "site")
            #expect(push.status == 3 && push.stdout.contains("suspended"), "\(push)")
            #expect(served.host.live("www/index.html") == "one")
            #expect(try await served.plumb("resume", "site").status == 0)
            try await served.page(says: "two")
            try await served.settled("site")
        }
    }

    @Test func `rolled back, it stays there until something else is rendered`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            let first = try await served.git("rev-parse", "HEAD")
            let second = try await served.commit(
                ["site/page.yaml": Sample.file("page", path: "www/index.html", content: "two")], "A second page")
            try await served.settled("site", at: second)
            #expect(try await served.plumb("rollback", "site", "--to", String(first.prefix(10))).status == 0)
            try await served.page(says: "one")
            try await served.wait("site", "held by the rollback") { $0.at("hold", "reason")?.string == "rollback" }
            let third = try await served.commit(
                ["site/page.yaml": Sample.file("page", path: "www/index.html", content: "three")], "A third page")
            try await served.page(says: "three")
            try await served.settled("site", at: third)
        }
    }

    @Test func `killed and started again it goes on, and without its store it forgets only history`() async throws {
        try await ServedHost.with(Self.site) { served in
            try await served.settled("site")
            await served.process.kill()
            try Files.write("by hand", to: "\(served.host.root)/www/index.html")
            try await served.commit(
                [
                    "plumb/other.yaml": ServedHost.application("other"),
                    "other/f.yaml": Sample.file("other", path: "o", content: "x"),
                ], "More")
            let again = ServedHost(host: served.host, process: try await ServedHost.start(served.host, []))
            try await again.page(says: "one")
            try await again.settled("other")
            await again.process.kill()
            try await ProcessRunner.check("rm", ["-rf", again.data])
            let third = ServedHost(host: served.host, process: try await ServedHost.start(served.host, []))
            try await third.settled("site")
            try await third.settled("other")
            #expect(
                try await third.events("site").allSatisfy { $0["type"]?.string != "Created" && $0["type"]?.string != "Updated" })
            await third.process.kill()
        }
    }

    @Test func `--observe writes nothing`() async throws {
        try await ServedHost.with(Self.site, ["--observe"]) { served in
            let status = try await served.wait("site", "looked at") { $0.at("sync", "status")?.string == "OutOfSync" }
            #expect(status["resources"]?.array?.count == 2)
            #expect(served.host.live("www/index.html") == nil)
            #expect(!Files.exists(served.host.root))
        }
    }

    @Test func `a new revision waits for what it depends on`() async throws {
        var files = ServedHost.site("base", page: "one")
        files["base/web.yaml"] = Sample.process(
            "web", ["tail", "-f", "www/index.html"],
            more: "  readiness: {exec: {command: [\"test\", \"-e\", \"ready\"]}, timeout: 300s}")
        files["plumb/front.yaml"] = ServedHost.application("front", settings: "  dependsOn: [{name: base}]")
        files["front/file.yaml"] = Sample.file("front", path: "front.txt", content: "x")
        try await ServedHost.with(files) { served in
            let held = try await served.wait("front", "held") { $0.at("hold", "reason")?.string == "dependency" }
            #expect(held.at("hold", "message")?.string?.contains("base") ?? false)
            #expect(served.host.live("front.txt") == nil)
            try Files.write("", to: "\(served.host.root)/ready")
            try await served.settled("front")
            #expect(served.host.live("front.txt") == "x")
        }
    }

    @Test func `renamed, it takes what it had along`() async throws {
        var files = Self.site
        files["plumb/site.yaml"] = ServedHost.application("site", settings: "  sync: {onRemoval: delete}")
        try await ServedHost.with(files) { served in
            try await served.settled("site")
            let before = try await served.host.supervisors
            let renamed = ServedHost.application("page", path: "site")
                .replacing("metadata: {name: page}", with: "metadata: {name: page, annotations: {plumb.dev/renamed-from: site}}")
            try await served.commit(["plumb/site.yaml": nil, "plumb/page.yaml": renamed], "Another name")
            try await served.settled("page")
            _ = try await eventually("the old name is gone") {
                try await served.plumb("get", "application", "site").status == 1 ? true : nil
            }
            #expect(served.host.live("www/index.html") == "one")
            #expect(try await served.host.supervisors == before)
            #expect(try await !served.events().contains { $0["type"]?.string == "Deleted" && $0["application"]?.string != "root" })
        }
    }

    @Test func `a file beside the manifests is a change like any other`() async throws {
        var files = Self.site
        files["site/page.yaml"] = """
            apiVersion: host.plumb.dev/v1alpha1
            kind: File
            metadata: {name: page}
            spec: {path: www/index.html, source: index.html}
            """
        files["site/index.html"] = "one"
        try await ServedHost.with(files) { served in
            try await served.page(says: "one")
            try await served.settled("site")
            try await served.commit(["README": "nothing of the site"], "Elsewhere")
            try await served.commit(["site/index.html": "two"], "Only the page")
            try await served.page(says: "two")
        }
    }
}
