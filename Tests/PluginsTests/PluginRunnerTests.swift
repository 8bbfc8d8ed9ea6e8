import Glibc
import Manifests
import Model
import Sources
import TestSupport
import Testing

@testable import Plugins

/// Programs that render, run for real.
struct PluginRunnerTests {
    /// Runs a shell script as a plugin in `app` of a tree, and gives what it prints; `left` is what stays in the workspace.
    private func run(
        _ script: String, files: [String: String] = ["app/a.txt": "A", "lib/b.txt": "B"], arguments: [String] = [],
        tree: (any FileTree)? = nil, at path: String = "app", change: (inout Plugin) -> Void = { _ in }
    ) async throws -> String {
        try await TemporaryDirectory.with("plugin") { directory in
            var plugin = Plugin(name: "test", command: ["/bin/sh", "-c", script, "sh"])
            plugin.timeout = .seconds(20)
            change(&plugin)
            let runner = PluginRunner([plugin], workspace: directory)
            let all: any FileTree = if let tree { tree } else { try MemoryTree(files) }
            do {
                let output = try await runner.run(
                    PluginSettings(name: "test", arguments: arguments), at: try TreePath(path), in: all)
                #expect(try await left(in: directory) == "")
                return String(decoding: output, as: UTF8.self)
            } catch {
                #expect(try await left(in: directory) == "")
                throw error
            }
        }
    }

    private func left(in directory: String) async throws -> String { try await ProcessRunner.check("ls", ["-A", directory]) }

    private func failure(_ script: String, change: (inout Plugin) -> Void = { _ in }) async throws -> PlumbError {
        try #require(await #expect(throws: PlumbError.self) { _ = try await run(script, change: change) })
    }

    // MARK: What a program gets

    @Test func itRunsInTheSourceOfACopyOfAllFiles() async throws {
        #expect(try await run("cat a.txt ../lib/b.txt; pwd").contains("AB"))
        #expect(try await run("pwd; ls ..").contains("/source/app\napp\nlib\n"))
        #expect(try await run("ls .. ; cat a.txt") { $0.scope = .source } == "app\nA")
    }

    @Test func itsEnvironmentIsItsOwn() async throws {
        let environment = try await run("env | sort") { $0.environment = ["COLOR": "red", "PATH": "/bin:/usr/bin"] }
        let names = environment.split(separator: "\n").map { String($0.prefix { $0 != "=" }) }
        #expect(
            names.filter { $0 != "_" && $0 != "PWD" && $0 != "SHLVL" && $0 != "OLDPWD" } == [
                "COLOR", "HOME", "LANG", "PATH", "TMPDIR",
            ])
        #expect(environment.contains("COLOR=red") && environment.contains("LANG=C\n") && environment.contains("PATH=/bin:/usr/bin"))
        #expect(
            try await run("[ \"$HOME\" = \"$TMPDIR\" ] && cd \"$HOME\" && ls && touch $(mktemp) && echo written").contains(
                "source\nwritten"))
    }

    @Test func itInheritsNoDescriptorAndNoInput() async throws {
        let file = open("/dev/null", O_RDWR)
        #expect(fcntl(file, F_SETFD, 0) == 0)
        defer { close(file) }
        #expect(try await run("ls /proc/self/fd | tr '\\n' ' '; cat") == "0 1 2 3 ", "ls itself has the directory open")
    }

    @Test func itIsInASessionOfItsOwn() async throws {
        let numbers = try await run("cut -d' ' -f1,5,6 /proc/$$/stat").split(whereSeparator: \.isWhitespace)
        #expect(numbers.count == 3 && Set(numbers).count == 1)
    }

    @Test func argumentsAreForThosePluginsThatTakeThem() async throws {
        #expect(try await run("echo \"$1|$2\"", arguments: ["a b", "$(id)"]) { $0.takesArguments = true } == "a b|$(id)\n")
        let error = await #expect(throws: PlumbError.self) { _ = try await run("echo", arguments: ["a"]) }
        #expect(error?.code == .denied && error?.remedy?.contains("takesArguments") == true)
    }

    @Test func anotherUserMayBeMeant() async throws {
        guard geteuid() == 0 else { return }
        let user = try #require(
            try PluginFile.plugins(in: Array("plugins: [{name: a, command: [/a], user: nobody}]".utf8), file: "p")[0].user)
        #expect(try await run("id -u; cat a.txt; touch here ../lib/there && echo ok") { $0.user = user } == "\(user.id)\nAok\n")
    }

    // MARK: Symlinks

    @Test func symlinksStayInside() async throws {
        try await TemporaryDirectory.with("tree") { directory in
            try Files.write(["app/a.txt": "A", "lib/b.txt": "B", "app/run.sh": "echo ran\n"], to: directory)
            try await ProcessRunner.check(
                "sh",
                [
                    "-c",
                    """
                    cd "$0" && ln -s ../lib/b.txt app/in && ln -s /etc/passwd app/absolute && ln -s ../../outside app/out && ln -s .. app/up
                    ln -s nothing app/dangling && ln -s up/../../etc app/through && ln -s loop app/loop && chmod +x app/run.sh
                    """, directory,
                ])
            let tree = try await DirectoryTree(directory)
            let listed = try await run("ls; cat in up/lib/b.txt; ./run.sh; readlink dangling up", tree: tree)
            #expect(listed == "a.txt\ndangling\nin\nloop\nrun.sh\nup\nBBran\nnothing\n..\n")
            #expect(try await run("ls -A; ls -A ..", tree: tree) { $0.scope = .source } == "a.txt\ndangling\nloop\nrun.sh\napp\n")
        }
    }

    @Test(arguments: [
        ("b", "app", ".", true), ("../b", "app", ".", true), ("../../b", "app", ".", false), ("../b", "app", "app", false),
        ("./x/../y", "app", ".", false), ("/b", "app", ".", false), ("", "app", ".", false), ("..", ".", ".", false),
        ("../../a//b", "x/y/z", "x", true), ("../../../a", "x/y/z", "x", false),
    ])
    func whatStaysInsideIsToldByItsText(_ target: String, _ directory: String, _ top: String, _ stays: Bool) throws {
        #expect(TreeCopy.staysInside(target, from: try TreePath(directory), try TreePath(top)) == stays)
    }

    /// A commit may be made by hand, with any names.
    @Test(arguments: ["..", ".", "a/b"])
    func noNameLeadsOut(_ name: String) async throws {
        struct Named: FileTree {
            let name: String
            func entry(at path: TreePath) -> TreeEntry? {
                path.isRoot || path.name == "app" ? .directory : .file(size: 1, executable: false)
            }
            func list(_ path: TreePath) -> [String] { path.isRoot ? ["app"] : [name] }
            func read(_ path: TreePath) -> [UInt8] { [65] }
        }
        let error = await #expect(throws: PlumbError.self) { _ = try await run("echo x", tree: Named(name: name)) }
        #expect(error?.message.contains("no name of a file") == true, "\(error as Any)")
    }

    // MARK: Its end

    @Test(arguments: [
        ("echo why >&2; exit 3", "ended with exit code 3: why.", PlumbError.Code.failed),
        ("kill -9 $$", "was ended by signal 9", .failed),
        ("exit 0", "printed nothing", .invalid), ("echo; echo ' '", "printed nothing", .invalid),
        ("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", "printed more than 1000 bytes", .limit),
        ("sleep 60", "did not end within 1s", .timedOut),
        ("trap '' TERM INT HUP; while :; do :; done", "did not end within 1s", .timedOut),
        ("for i in 1 2 3 4 5 6; do sleep 30 & done; wait", "ran more than 4 processes", .limit),
        (
            "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo \"line $i\" >&2; done; exit 1", "exit code 1: line 81\nline 82\n",
            .failed
        ),
        ("printf '\\033[2Jred\\033[0m' >&2; exit 1", "exit code 1:  [2Jred [0m.", .failed),
    ])
    func itsEndIsToldInWords(_ script: String, _ words: String, _ code: PlumbError.Code) async throws {
        let error = try await failure(script) { ($0.timeout, $0.output, $0.processes) = (.seconds(1), 1000, 4) }
        #expect(error.message.contains(words) && error.code == code, "\(error)")
        #expect(error.message.hasPrefix("The plugin test ") && error.remedy != nil)
    }

    @Test func whatTheFileGaveItIsNotTold() async throws {
        let error = try await failure("echo \"token $TOKEN\" >&2; exit 1") { $0.environment = ["TOKEN": "s3cret-token"] }
        #expect(error.message.hasSuffix("token \(Redactor.mark)."), "\(error)")
    }

    @Test func aProgramThatIsNotThereIsNamed() async throws {
        let error = try await failure("") { $0.command = ["/usr/bin/none-of-this-name"] }
        #expect(error.message.contains("/usr/bin/none-of-this-name cannot be run: No such file"), "\(error)")
    }

    @Test func anUnknownPluginIsNamedWithThoseThatThereAre() async throws {
        let runner = PluginRunner(
            [Plugin(name: "a", command: ["/a"]), Plugin(name: "b", command: ["/b"])], workspace: "/nonexistent")
        let error = await #expect(throws: PlumbError.self) {
            _ = try await runner.run(PluginSettings(name: "c"), at: .root, in: MemoryTree([TreePath: [UInt8]]()))
        }
        #expect(error?.message.contains("\"c\"") == true && error?.message.contains("a, b") == true && error?.code == .notFound)
    }

    // MARK: Limits

    @Test func memoryAndFilesAreBounded() async throws {
        let limits = try await run("ulimit -d; ulimit -c; ulimit -f; ulimit -n") { ($0.memory, $0.fileSize) = (256 << 20, 1 << 20) }
        #expect(limits == "\(256 << 10)\n0\n\((1 << 20) / 512)\n256\n")
        let error = try await failure("head -c 2000000 /dev/zero > big; exit 7") { $0.fileSize = 1 << 20 }
        #expect(error.message.contains("exit code 7") || error.message.contains("File size"), "\(error)")
    }

    @Test func memoryIsBoundedForEachAndForAll() async throws {
        // Either the system denies it more, or all of it together is found to be too much first.
        do {
            #expect(try await run("head -c 200000000 /dev/zero | tail -n 1 > out; echo $?") { $0.memory = 32 << 20 } == "1\n")
        } catch let error as PlumbError {
            #expect(error.message.contains("took more than 32 MiB of memory"), "\(error)")
        }
        let together = "for i in 1 2 3 4; do (head -c 40000000 /dev/zero; sleep 10) | tail -n 1 > out$i & done; wait; echo all"
        let error = try await failure(together) { $0.memory = 64 << 20 }
        #expect(error.message.contains("took more than 64 MiB of memory"), "\(error)")
    }

    /// What it leaves behind in its session ends with it, whatever group it is in; its output is not waited for.
    @Test func whatItHasStartedEndsWithIt() async throws {
        let process = try await run("set -m; sleep 300 & echo $!").split(separator: "\n").joined()
        let number = try #require(Int32(process))
        // Where nobody collects orphans, it stays in the table, ended.
        let state = (try? Files.read("/proc/\(number)/stat"))?.split(separator: ")").last?.split(separator: " ").first
        #expect(state == nil || state == "Z", "\(state as Any)")
    }

    @Test func aRunThatIsCancelledEnds() async throws {
        try await TemporaryDirectory.with("plugin") { directory in
            let file = "\(directory)/started"
            var plugin = Plugin(name: "test", command: ["/bin/sh", "-c", "echo $$ > \(file); sleep 300"])
            plugin.timeout = .seconds(300)
            let runner = PluginRunner([plugin], workspace: directory + "/runs")
            let task = Task {
                _ = try await runner.run(PluginSettings(name: "test"), at: .root, in: MemoryTree(["a": "b"]))
            }
            let process = try await eventually("it runs") { Int32(((try? Files.read(file)) ?? "").filter(\.isNumber)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(kill(process, 0) != 0)
            #expect(try await left(in: directory + "/runs") == "")
        }
    }

    /// Also what it has made unreadable.
    @Test func itsDirectoryIsRemoved() async throws {
        #expect(
            try await run("mkdir -p \"$HOME/d/e\"; touch \"$HOME/d/e/f\"; ln -s / \"$HOME/d/root\"; chmod 0 \"$HOME/d\"; echo done")
                == "done\n")
    }

    @Test func whatAKilledProcessHasLeftIsCleared() async throws {
        try await TemporaryDirectory.with("plugin") { directory in
            try await ProcessRunner.check(
                "sh", ["-c", "mkdir -p \"$0/runs/a/b\"; ln -s / \"$0/runs/a/root\"; chmod 0 \"$0/runs/a\"", directory])
            try PluginRunner.clear(directory + "/runs")
            try PluginRunner.clear(directory + "/runs")
            #expect(try await left(in: directory) == "")
        }
    }

    @Test func severalRunAtOnceWithoutMixingUp() async throws {
        let numbers = Array(0..<12)
        let outputs = try await Bounded.map(numbers, limit: 12) { number in
            try await run("cat a.txt; sleep 0.1; cat a.txt", files: ["app/a.txt": "\(number) "])
        }
        #expect(outputs == numbers.map { "\($0) \($0) " })
    }
}
