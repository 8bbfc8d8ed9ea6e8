import Glibc
import Model
import TestSupport
import Testing

@testable import HostTarget

/// What somebody does to a host, and the object that is to be told.
struct HostChange: Sendable, CustomStringConvertible {
    let description: String
    /// Steps of a shell in the root.
    let act: String
    let told: ResourceKey

    static let app =
        FileTests.file("page", "path: www/page, content: one, mode: \"0644\"")
        + FileTests.directory("data", "path: var/data, mode: \"0755\"")
        + ProcessTests.process("command: [tail, -f, /dev/null], restart: always")

    static let all = [
        HostChange(description: "content", act: "echo two > www/page", told: HostKind.file.key("page")),
        HostChange(description: "an editor's save", act: "echo two > new && mv new www/page", told: HostKind.file.key("page")),
        HostChange(description: "mode", act: "chmod 600 www/page", told: HostKind.file.key("page")),
        HostChange(description: "deletion", act: "rm www/page", told: HostKind.file.key("page")),
        HostChange(description: "its directory moved away", act: "mv www elsewhere", told: HostKind.file.key("page")),
        HostChange(description: "mode of a directory", act: "chmod 700 var/data", told: HostKind.directory.key("data")),
        HostChange(description: "a directory removed", act: "rm -r var", told: HostKind.directory.key("data")),
        HostChange(description: "its record removed", act: "rm .plumb/objects/File/page.json", told: HostKind.file.key("page")),
        HostChange(
            description: "supervisor killed",
            act: "kill -9 $(sed -E 's/.*\"supervisor\":\\{[^}]*\"pid\":([0-9]+).*/\\1/' .plumb/processes/job/status.json)",
            told: HostKind.process.key("job")),
        HostChange(
            description: "process killed",
            act: "kill -9 $(sed -E 's/.*\"child\":\\{[^}]*\"pid\":([0-9]+).*/\\1/' .plumb/processes/job/status.json)",
            told: HostKind.process.key("job")),
        HostChange(description: "state removed", act: "rm -r .plumb/processes/job", told: HostKind.process.key("job")),
    ]
}

struct WatchTests {
    @Test(arguments: HostChange.all)
    func isTold(_ change: HostChange) async throws {
        try await Host.with { host in
            try await host.sync(HostChange.app)
            let status = try await running(host)
            try await Changes.with(host) { changes in
                try await changes.settle()
                try await shell(change.act, in: host.root)
                try await changes.wait(for: change.told)
            }
            // Removing the state hides the supervisor from the end of the test.
            if status.supervisor.isAlive { kill(status.supervisor.pid, SIGTERM) }
        }
    }

    private func running(_ host: Host) async throws -> ProcessStatus {
        try await eventually("the process runs") {
            let status = try host.status("job")
            return status?.state == .running ? status : nil
        }
    }

    @Test func looksAndOtherFilesAreNotChanges() async throws {
        try await Host.with { host in
            try await host.sync(HostChange.app)
            _ = try await running(host)
            try await Changes.with(host) { changes in
                try await changes.settle()
                _ = try await host.observe(HostChange.app)
                _ = try await host.target.health(of: [HostKind.process.key("job"), HostKind.file.key("page")])
                try await shell("echo 1 > www/other; echo 1 > var/data/entry", in: host.root)
                // What comes later than these is told alone.
                try await shell("chmod 600 www/page", in: host.root)
                try await changes.wait(for: HostKind.file.key("page"))
                #expect(changes.keys == [HostKind.file.key("page")])
                #expect(changes.phases == [])
            }
        }
    }

    @Test func healthThatChangesIsTold() async throws {
        try await Host.with { host in
            let app = ProcessTests.process(
                "command: [tail, -f, /dev/null], readiness: {exec: {command: [test, -e, flag]}, period: 100ms}")
            try await host.sync(FileTests.file("flag", "path: flag, content: x") + app)
            _ = try await eventually("it is ready") { try host.status("job")?.state == .ready ? true : nil }
            try await Changes.with(host) { changes in
                try await changes.settle()
                try await shell("rm flag", in: host.root)
                try await changes.wait(for: HostKind.process.key("job"))
                // The first that is told may be what came before.
                _ = try await eventually("it is not ready") {
                    try await host.health("job").status == .progressing ? true : nil
                }
            }
        }
    }

    /// Another process applies to the same root; what it put there is watched from then on.
    @Test func whatOthersApplyIsWatched() async throws {
        try await Host.with { host in
            try await Changes.with(host) { changes in
                let other = try Host(host.root)
                let key = HostKind.file.key("theirs")
                try await other.sync(FileTests.file("theirs", "path: a/b/theirs, content: one"), application: "other")
                try await changes.wait(for: key)
                try await changes.settle()
                try await shell("echo two > a/b/theirs", in: host.root)
                try await changes.wait(for: key)
                try await changes.settle()
                try await other.sync("", application: "other")
            }
        }
    }

    @Test func aRootThatIsGoneIsNotAnEmptyOne() async throws {
        try await Host.with { host in
            try await host.sync(HostChange.app)
            _ = try await running(host)
            let identity = try await host.target.identity()
            let desired = try await host.prepare(HostChange.app)
            let context = try await host.context()
            try await Changes.with(host) { changes in
                try await changes.settle()
                #expect(rename(host.root, host.root + "-away") == 0)
                try await changes.wait(forPhase: "interrupted: unreachable")
                let target = host.target
                let questions: [@Sendable () async throws -> Void] = [
                    { _ = try await target.observe(desired, context) }, { _ = try await target.inventories() },
                    { _ = try await target.inventory(of: context.identity) }, { _ = try await target.identity() },
                    { _ = try await target.health(of: Set(desired.map(\.key))) }, { _ = try await target.save(context.inventory) },
                    { _ = try await target.apply(Write(desired: desired[0], mode: .create, uid: nil), context) },
                ]
                for question in questions {
                    let error = await #expect(throws: PlumbError.self) { try await question() }
                    #expect(error?.code == .unreachable)
                }
                #expect(!Files.exists(host.root))
                #expect(rename(host.root + "-away", host.root) == 0)
                try await changes.wait(forPhase: "resumed")
                #expect(try await host.target.identity() == identity)
                try await changes.settle()
                try await shell("echo two > www/page", in: host.root)
                try await changes.wait(for: HostKind.file.key("page"))
            }
        }
    }

    /// The same size and the same time of modification; only the kernel's own time tells.
    @Test func anEditThatHidesIsSeen() async throws {
        try await Host.with { host in
            let app = FileTests.file("page", "path: page, content: one")
            try await host.sync(app)
            _ = try await eventually("a file that is known without reading") {
                try Folder.at(host.root) { try $0.facts("page")?.fingerprint.isSettled } == true ? true : nil
            }
            for _ in 0..<2 { #expect(try await host.observe(app)["page"]?.difference == .same) }
            try await shell("touch -r page mark && printf two > page && touch -r mark page", in: host.root)
            let change = FieldChange(path: "/spec/content", old: "line 1: two", new: "line 1: one")
            for _ in 0..<2 { #expect(try await host.observe(app)["page"]?.difference == .drift([change])) }
        }
    }

    private func shell(_ script: String, in directory: String) async throws {
        let output = try await ProcessRunner.run("sh", ["-c", "cd '\(directory)' && \(script)"])
        try #require(output.status == 0, "\(output.stderr)")
    }
}
