import Glibc
import Manifests
import Model
import TestSupport
import Testing

@testable import HostTarget

/// Files and directories on a real file system.
struct FileTests {
    static func file(_ name: String, _ spec: String) -> String {
        "---\napiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }

    static func directory(_ name: String, _ spec: String) -> String {
        "---\napiVersion: host.plumb.dev/v1alpha1\nkind: Directory\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }

    private func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func writesWithModeAndOwnerAndLeavesTheHostAsItWasFound() async throws {
        try await Host.with { host in
            let app = Self.file("page", "path: www/html/index.html, content: hello, mode: \"0640\", owner: \"www-data:nogroup\"")
            let done = try await host.sync(app)
            #expect(done == ["create page"])
            #expect(try Files.read(host.path("www/html/index.html")) == "hello")
            var status = stat()
            #expect(lstat(host.path("www/html/index.html"), &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o640)
            #expect(try Accounts.user("www-data").id == status.st_uid)
            #expect(try Accounts.groupID("nogroup") == status.st_gid)
            #expect(mode(host.path(".plumb")) == 0o700)
            #expect(try await host.sync(app) == [])
            #expect(try await host.sync("") == ["delete page gone"])
            #expect(!Files.exists(host.root))
        }
    }

    @Test func keepsARootAndNeighboursThatWereThere() async throws {
        try await Host.with { host in
            try Files.write("mine", to: host.path("www/mine.txt"))
            try await host.sync(Self.file("page", "path: www/new/page.html, content: hello"))
            try await host.sync("")
            #expect(try Files.read(host.path("www/mine.txt")) == "mine")
            #expect(!Files.exists(host.path("www/new")) && !Files.exists(host.path(".plumb")))
        }
    }

    @Test func reportsChangesAndDriftByField() async throws {
        try await Host.with { host in
            let one = Self.file("page", "path: a, content: \"x\\none\\n\", mode: \"0644\"")
            try await host.sync(one)
            #expect(try await host.observe(one)["page"]?.difference == .same)
            let two = Self.file("page", "path: a, content: \"x\\ntwo\\n\", mode: \"0600\"")
            #expect(
                try await host.observe(Self.file("page", "path: a, content: \"x\\ntwo\\n\", mode: \"0644\""))["page"]?.difference
                    == .changed([FieldChange(path: "/spec/content", old: "line 2: one", new: "line 2: two")]))
            guard case .changed(let fields)? = try await host.observe(two)["page"]?.difference else {
                Issue.record("no change is seen")
                return
            }
            #expect(fields.map(\.path) == ["/spec/content", "/spec/mode"])
            #expect(fields[0].new?.contains("two") == false)

            chmod(host.path("a"), 0o666)
            #expect(
                try await host.observe(one)["page"]?.difference
                    == .drift([FieldChange(path: "/spec/mode", old: "0666", new: "0644")]))
            try Files.write("x\nother\n", to: host.path("a"))
            #expect(try await host.sync(one) == ["update page"])
            #expect(try Files.read(host.path("a")) == "x\none\n")
            #expect(mode(host.path("a")) == 0o644)
            unlink(host.path("a"))
            #expect(try await host.observe(one)["page"] == nil)
            #expect(try await host.sync(one) == ["create page"])
        }
    }

    @Test func showsNothingOfSecretFiles() async throws {
        try await Host.with { host in
            let secret = Self.file("key", "path: key, content: hunter2, mode: \"0600\"")
            try await host.sync(secret)
            try Files.write("other-secret", to: host.path("key"))
            let observed = try await host.observe(secret)["key"]
            #expect(
                !"\(String(describing: observed))".contains("hunter2")
                    && !"\(String(describing: observed))".contains("other-secret"))
            let stored = try await ProcessRunner.run("grep", ["-rl", "hunter2", host.path(".plumb")])
            #expect(stored.stdout == "")
            let plain = Digest(bytes: Array("hunter2".utf8)).hex
            #expect(try await ProcessRunner.run("grep", ["-rl", plain, host.path(".plumb")]).stdout == "")
        }
    }

    @Test func ignoresWhatIsLeftToOthers() async throws {
        try await Host.with { host in
            let app = Self.file("page", "path: a, content: one, mode: \"0644\"")
            try await host.sync(app)
            try Files.write("two", to: host.path("a"))
            chmod(host.path("a"), 0o600)
            let ignore = [IgnoreRule(group: HostKind.group, kind: "File", name: "p*", paths: ["/spec/content"])]
            try await host.sync(app, ignore: ignore)
            #expect(try Files.read(host.path("a")) == "two")
            #expect(mode(host.path("a")) == 0o644)
        }
    }

    @Test func adoptsWhatWasThereOnlyWhenAsked() async throws {
        try await Host.with { host in
            try Files.write("mine", to: host.path("a"))
            let app = Self.file("page", "path: a, content: theirs")
            let desired = try await host.prepare(app)[0]
            let live = try #require(try await host.observe(app)["page"])
            #expect(live.owner == .nobody(by: nil))
            let context = try await host.context()
            await #expect(throws: PlumbError.self) {
                _ = try await host.target.apply(Write(desired: desired, mode: .create, uid: nil), context)
            }
            #expect(try Files.read(host.path("a")) == "mine")
            await #expect(throws: PlumbError.self) {
                _ = try await host.target.apply(Write(desired: desired, mode: .adopt, uid: "found-1-1"), context)
            }
            #expect(try await host.sync(app) == ["adopt page"])
            #expect(try Files.read(host.path("a")) == "theirs")
        }
    }

    @Test(arguments: ["www", "www/deep"])
    func followsNoSymlinkOnTheWay(_ link: String) async throws {
        try await TemporaryDirectory.with("outside") { outside in
            try await Host.with { host in
                try Files.write("x", to: host.path("www/keep"))
                if link == "www" {
                    unlink(host.path("www/keep"))
                    rmdir(host.path("www"))
                }
                symlink(outside, host.path(link))
                let error = await #expect(throws: PlumbError.self) {
                    try await host.sync(Self.file("page", "path: www/deep/a, content: x"))
                }
                #expect(error?.message.contains("symlink") == true, "\(String(describing: error))")
                #expect(!Files.exists("\(outside)/a") && !Files.exists("\(outside)/deep"))
            }
        }
    }

    @Test func replacesASymlinkInTheFilesOwnPlace() async throws {
        try await TemporaryDirectory.with("outside") { outside in
            try await Host.with { host in
                let app = Self.file("page", "path: a, content: x")
                try await host.sync(app)
                try Files.write("other", to: "\(outside)/target")
                unlink(host.path("a"))
                symlink("\(outside)/target", host.path("a"))
                try await host.sync(app)
                #expect(try Files.read("\(outside)/target") == "other")
                #expect(try Files.read(host.path("a")) == "x")
            }
        }
    }

    @Test func deletesOnlyWhatItPutThere() async throws {
        try await Host.with { host in
            try await host.sync(Self.directory("dir", "path: dir") + Self.file("page", "path: a, content: x"))
            unlink(host.path("a"))
            try Files.write("mine", to: host.path("a/inner"))
            try Files.write("mine", to: host.path("dir/mine"))
            let done = try await host.sync("")
            #expect(
                done.contains { $0.hasPrefix("delete page notOurs") }
                    && done.contains { $0.contains("stuck") && $0.contains("mine") }, "\(done)")
            #expect(Files.exists(host.path("a/inner")) && Files.exists(host.path("dir/mine")))
            unlink(host.path("dir/mine"))
            #expect(try await host.sync("") == ["delete dir gone"])
            #expect(!Files.exists(host.path("dir")))
        }
    }

    @Test func movesAnObjectWhosePathChanges() async throws {
        try await Host.with { host in
            try await host.sync(Self.file("page", "path: old/a, content: x"))
            #expect(try await host.sync(Self.file("page", "path: new/a, content: x")) == ["update page"])
            #expect(Files.exists(host.path("new/a")) && !Files.exists(host.path("old")))
        }
    }

    @Test func renamesAnObjectWithoutTouchingItsFile() async throws {
        try await Host.with { host in
            try await host.sync(Self.file("one", "path: a, content: x"))
            var before = stat()
            #expect(lstat(host.path("a"), &before) == 0)
            let done = try await host.sync(Self.file("two", "path: a, content: x"))
            var after = stat()
            #expect(lstat(host.path("a"), &after) == 0, "\(done)")
            #expect(before.st_ino == after.st_ino)
        }
    }

    /// The planner holds such an adoption until a person says yes; the target then does what was planned.
    @Test func aPathMovesFromOneApplicationToAnother() async throws {
        try await Host.with { host in
            try await host.sync(Self.file("page", "path: a, content: x"), application: "one")
            let other = Self.file("other", "path: a, content: z")
            let owner = try await host.observe(other)["other"]?.owner
            guard case .other(let name)? = owner else {
                Issue.record("\(String(describing: owner))")
                return
            }
            #expect(name.hasSuffix("/default/one"))
            #expect(try await host.sync(other, application: "two") == ["adopt other"])
            #expect(try Files.read(host.path("a")) == "z")
        }
    }

    @Test func makesDirectoriesWithMode() async throws {
        try await Host.with { host in
            let app =
                Self.directory("dir", "path: var/data, mode: \"0750\", owner: nobody")
                + Self.file("f", "path: var/data/f, content: x")
            try await host.sync(app)
            #expect(mode(host.path("var/data")) == 0o750)
            #expect(try await host.sync(app) == [])
            try await host.sync("")
            #expect(!Files.exists(host.root))
        }
    }

    @Test func saysWhichUserIsMissing() async throws {
        try await Host.with { host in
            let error = await #expect(throws: PlumbError.self) {
                try await host.sync(Self.file("page", "path: a, content: x, owner: no-such-user"))
            }
            #expect(error?.message.contains("no-such-user") == true)
        }
    }
}
