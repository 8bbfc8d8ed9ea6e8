import Glibc
import Manifests
import Model
import TestSupport
import Testing

@testable import HostTarget

/// Real processes under real supervisors.
struct ProcessTests {
    static func process(_ spec: String, name: String = "job", annotations: String = "") -> String {
        "---\napiVersion: host.plumb.dev/v1alpha1\nkind: Process\nmetadata: {name: \(name), annotations: {\(annotations)}}\nspec: {\(spec)}\n"
    }

    /// A word that only one test's processes have among their arguments.
    private static func word() -> String { "plumb-test-\(UInt64.random(in: .min ... .max))" }

    /// A shell that stays, and carries the word.
    private static func sleeper(_ word: String, before: String = ":") -> String {
        "command: [sh, -c, \"\(before); exec tail -f /dev/null \(word)-missing /dev/null\"]"
    }

    private func started(_ host: Host, _ name: String = "job") async throws -> ProcessStatus {
        try await eventually("\(name) runs") {
            let status = try host.status(name)
            return status?.state == .running || status?.state == .ready ? status : nil
        }
    }

    @Test func startsKeepsAndStops() async throws {
        try await Host.with { host in
            let word = Self.word()
            let app = Self.process(Self.sleeper(word))
            #expect(try await host.sync(app) == ["create job"])
            let first = try await started(host)
            #expect(try await host.health("job") == .healthy)
            #expect(try await host.sync(app) == [])
            #expect(try host.status("job")?.child == first.child)
            let child = try #require(first.child)
            #expect(try await host.sync("") == ["delete job gone"])
            #expect(!child.isAlive && !first.supervisor.isAlive)
            #expect(try await Host.running(word) == [])
            #expect(!Files.exists(host.root))
        }
    }

    @Test func endsWhenItsStateIsRemovedByHand() async throws {
        try await Host.with { host in
            let word = Self.word()
            try await host.sync(Self.process(Self.sleeper(word)))
            let first = try await started(host)
            try await ProcessRunner.check("rm", ["-rf", host.root])
            try await eventually("the process ends", within: .seconds(60), every: .milliseconds(200)) {
                try await Host.running(word).isEmpty && !first.supervisor.isAlive ? () : nil
            }
        }
    }

    @Test func startsAnewWhenItsSpecOrAFileOfItsChanges() async throws {
        try await Host.with { host in
            func app(_ content: String, _ language: String) -> String {
                FileTests.file("conf", "path: conf, content: \(content)")
                    + Self.process(
                        "command: [tail, -f, conf], environment: {LANG: \(language)}, restartOn: [{kind: File, name: conf}]")
            }
            try await host.sync(app("one", "C"))
            let first = try await started(host)
            #expect(
                try await host.observe(app("one", "D"))["job"]?.difference
                    == .changed([FieldChange(path: "/spec/environment/LANG", old: "(set)", new: "(set to another value)")]))
            #expect(try await host.sync(app("two", "C")) == ["update conf", "update job"])
            let second = try await started(host)
            #expect(second.child != first.child && first.child?.isAlive == false)
            #expect(try await host.sync(app("two", "D")) == ["update job"])
            let third = try await started(host)
            #expect(third.child != second.child && second.child?.isAlive == false)
        }
    }

    @Test func runsAsItsUserWithItsEnvironmentOnly() async throws {
        try await Host.with { host in
            try await host.sync(
                Self.process(
                    "command: [sh, -c, \"id -un; id -Gn; pwd; env | sort; cat /proc/self/status | grep SigBlk\"], user: nobody, environment: {A: b}, restart: never"
                ))
            _ = try await eventually("it has ended") { try host.status("job")?.state == .exited ? true : nil }
            let lines = try Files.read(host.path(".plumb/processes/job/output.log")).split(separator: "\n").map(String.init)
            #expect(lines.first == "nobody" && lines[1] == "nogroup" && lines[2] == host.root, "\(lines)")
            let names = Set(lines.filter { $0.contains("=") }.map { String($0.prefix { $0 != "=" }) })
            #expect(names == ["A", "HOME", "PATH", "PWD"] || names == ["A", "HOME", "PATH", "PWD", "OLDPWD"], "\(names)")
            #expect(lines.last == "SigBlk:\t0000000000000000")
        }
    }

    @Test(arguments: [
        ("never", 0, ProcessStatus.State.exited, Health.Status.healthy), ("never", 3, .failed, .degraded),
        ("on-failure", 0, .exited, .healthy),
    ])
    func endsForGood(_ restart: String, _ code: Int, _ state: ProcessStatus.State, _ health: Health.Status) async throws {
        try await Host.with { host in
            let app = Self.process("command: [sh, -c, \"echo last words; exit \(code)\"], restart: \(restart)")
            try await host.sync(app)
            let status = try await eventually("it has ended") {
                try host.status("job").flatMap { $0.supervisor.isAlive ? nil : $0 }
            }
            #expect(status.state == state)
            let seen = try await host.health("job")
            #expect(seen.status == health)
            #expect(code == 0 || (seen.message?.contains("exit code 3") == true && seen.message?.contains("last words") == true))
            #expect(try await host.sync(app) == [])
            #expect(try await host.sync("") == ["delete job gone"])
        }
    }

    @Test func comesBackAfterACrashAndSaysWhy() async throws {
        try await Host.with { host in
            try await host.sync(Self.process(Self.sleeper(Self.word())))
            let first = try await started(host)
            kill(try #require(first.child).pid, SIGKILL)
            let second = try await eventually("it is back") {
                try host.status("job").flatMap { $0.restarts == 1 && $0.state == .running ? $0 : nil }
            }
            #expect(second.lastExit?.contains("signal 9") == true)
            #expect(second.supervisor == first.supervisor)
        }
    }

    @Test func saysThatAProgramIsMissing() async throws {
        try await Host.with { host in
            try await host.sync(Self.process("command: [no-such-program]"))
            let health = try await eventually("it says so") {
                let health = try await host.health("job")
                return health.message?.contains("no-such-program") == true ? health : nil
            }
            #expect(health.status == .progressing || health.status == .degraded, "\(health)")
        }
    }

    @Test func asksReadiness() async throws {
        try await Host.with { host in
            let port = try FreePort.next()
            try await host.sync(
                Self.process(
                    "command: [python3, -m, http.server, \"\(port)\", --bind, 127.0.0.1], readiness: {http: {url: \"http://127.0.0.1:\(port)/\"}}"
                ))
            #expect(try await started(host).state == .ready)
            #expect(try await host.health("job") == .healthy)
        }
    }

    @Test func restartsWhatIsNotAlive() async throws {
        try await Host.with { host in
            let word = Self.word()
            try await host.sync(
                Self.process(
                    Self.sleeper(word, before: "touch alive") + ", liveness: {exec: {command: [test, -e, alive]}, period: 20ms}"))
            _ = try await started(host)
            unlink(host.path("alive"))
            let status = try await eventually("it was restarted") {
                try host.status("job").flatMap { $0.restarts > 0 && $0.state == .running ? $0 : nil }
            }
            #expect(status.lastExit?.contains("liveness") == true)
            #expect(try await Host.running(word).count == 1)
        }
    }

    @Test func killsWhatDoesNotListenAndWhatItLeftBehind() async throws {
        try await Host.with { host in
            let word = Self.word()
            try await host.sync(
                Self.process("command: [sh, -c, \"trap '' TERM; tail -f /dev/null \(word) & while :; do sleep 1; done\"]"))
            _ = try await started(host)
            _ = try await host.sync("")
            #expect(try await Host.running(word) == [])
        }
    }

    @Test func boundsItsOutput() async throws {
        try await Host.with { host in
            try await host.sync(
                Self.process("command: [sh, -c, \"head -c 5000000 /dev/zero | tr '\\\\0' x; echo; echo end\"], restart: never"))
            _ = try await eventually("it has ended") { try host.status("job")?.state == .exited ? true : nil }
            var status = stat()
            for name in ["output.log", "output.log.1"] {
                try #require(lstat(host.path(".plumb/processes/job/\(name)"), &status) == 0)
                #expect(status.st_size <= 1 << 20)
            }
            #expect(try Files.read(host.path(".plumb/processes/job/output.log")).hasSuffix("end\n"))
        }
    }

    @Test func neverRunsTwice() async throws {
        try await Host.with { host in
            let word = Self.word()
            try await host.sync(Self.process(Self.sleeper(word)))
            _ = try await started(host)
            let second = try await PlumbBinary.run("supervise", "--state", host.path(".plumb/processes/job"))
            #expect(second.status == 75)
            #expect(try await Host.running(word).count == 1)
        }
    }

    @Test(arguments: [false, true])
    func aKilledSupervisorDoesNotDoubleItsChild(_ ignoresSignals: Bool) async throws {
        try await Host.with { host in
            let word = Self.word()
            let app = Self.process(
                "command: [python3, -c, \"\(ignoresSignals ? "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " : "")import time; time.sleep(3600)\", \(word)]"
            )
            try await host.sync(app)
            let first = try await started(host)
            kill(first.supervisor.pid, SIGKILL)
            let child = try #require(first.child)
            _ = try await eventually("the supervisor is gone") { first.supervisor.isAlive ? nil : true }
            if ignoresSignals {
                #expect(child.isAlive)
                guard case .drift? = try await host.observe(app)["job"]?.difference else {
                    Issue.record("a process without a supervisor is no drift")
                    return
                }
            }
            _ = try await host.sync(app)
            let second = try await started(host)
            #expect(!child.isAlive && second.child != child)
            #expect(try await Host.running(word).count == 1)
            #expect(try await host.sync(app) == [])
        }
    }

    @Test func runsHooksOnceAndTellsHowTheyWent() async throws {
        try await Host.with { host in
            for (code, expected) in [(0, HookProgress?.some(.succeeded)), (4, nil)] {
                let app = Self.process("command: [sh, -c, \"exit \(code)\"]", name: "hook", annotations: "plumb.dev/hook: PreSync")
                let desired = try await host.prepare(app)[0]
                var context = try await host.context()
                context.inventory.entries[desired.key] = Inventory.Entry(state: .intended)
                context.inventory = try await host.target.save(context.inventory)
                let result = try await host.target.apply(Write(desired: desired, mode: .hook, uid: nil), context)
                let progress = try await eventually("the hook has ended") { () -> HookProgress? in
                    let progress = try await host.target.hookProgress(desired.key)
                    if case .running? = progress { return nil }
                    return progress
                }
                if let expected {
                    #expect(progress == expected)
                } else {
                    guard case .failed(let why) = progress else {
                        Issue.record("\(progress)")
                        return
                    }
                    #expect(why.contains("exit code 4"))
                }
                #expect(try await host.target.delete(desired.key, uid: result.uid, context) == .gone)
            }
            #expect(try await host.target.hookProgress(HostKind.process.key("hook")) == nil)
        }
    }

    @Test func releasedProcessesRunOnAndCanBeAdoptedWithoutARestart() async throws {
        try await Host.with { host in
            let word = Self.word()
            let app = Self.process(Self.sleeper(word))
            try await host.sync(app)
            let first = try await started(host)
            var context = try await host.context()
            let key = HostKind.process.key("job")
            try await host.target.release(key, uid: try #require(context.inventory.entries[key]?.uid), context)
            context.inventory.entries = [:]
            _ = try await host.target.save(context.inventory)
            #expect(!Files.exists(host.path(".plumb/inventory")))
            #expect(first.child?.isAlive == true)
            #expect(try await host.observe(app)["job"]?.owner == .nobody(by: "plumb supervise"))
            #expect(try await host.sync(app) == ["adopt job"])
            #expect(try host.status("job")?.child == first.child)
            _ = try await host.sync("")
            #expect(try await Host.running(word) == [])
        }
    }
}
