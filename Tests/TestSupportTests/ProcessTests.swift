import TestSupport
import Testing

@Suite struct ProcessTests {
    @Test func `a program's output, errors, input and status come through`() async throws {
        let result = try await ProcessRunner.run("sh", ["-c", "cat; echo no >&2; exit 3"], input: "yes")
        #expect((result.status, result.stdout, result.stderr) == (3, "yes", "no\n"))
    }

    @Test func `a program that does not read its input harms nobody`() async throws {
        for _ in 0..<20 {
            let result = try await ProcessRunner.run("true", input: String(repeating: "x", count: 1 << 20))
            #expect(result.succeeded)
        }
    }

    @Test func `a temporary directory goes with its owner`() async throws {
        let path: String
        do {
            let directory = try TemporaryDirectory()
            path = directory.path
            try Files.write(["a/b": "1"], to: path)
        }
        #expect(!Files.exists(path))
    }

    @Test func `a server can be asked to end and be killed`() async throws {
        try await TemporaryDirectory.with { directory in
            let script = "trap 'echo ended; exit 7' TERM; echo ready; while :; do sleep 0.05; done"
            for ending in ["terminate", "kill"] {
                let output = "\(directory)/\(ending)"
                let server = try await ServerProcess.start("sh", ["-c", script], log: output)
                try await eventually("the server is ready") { try Files.read(output) == "ready\n" ? () : nil }
                #expect(server.isRunning)
                if ending == "kill" { await server.kill() } else { #expect(try await server.terminate() == 7) }
                #expect(!server.isRunning && !isAlive(server.processID))
            }
        }
    }

    /// The shell in the middle plays a test process that is killed while its server runs.
    @Test func `a server dies with the process that started it, however that ends`() async throws {
        try await TemporaryDirectory.with { directory in
            let pipe = "\(directory)/pipe"
            try await ProcessRunner.check("mkfifo", [pipe])
            let log = "\(directory)/log"
            let owner = try await ServerProcess.start(
                "sh",
                [
                    "-c", #"script=$1; shift; setsid sh -c "$script" supervisor "$@" < "$0" & exec 9> "$0"; sleep 1000"#, pipe,
                    Supervisor.script,
                ]
                    + [log, log, "sleep", "1001"], log: "\(directory)/out")
            let server = try await eventually("the supervisor tells the server's id") {
                Int32(try Files.read("\(directory)/out").filter(\.isNumber))
            }
            #expect(isAlive(server))
            await owner.kill()
            try await eventually("the server is gone") { isAlive(server) ? nil : () }
        }
    }

    @Test func `the program under test is there`() throws {
        #expect(try PlumbBinary.path().hasSuffix("/plumb"))
    }

    private func isAlive(_ processID: Int32) -> Bool {
        guard let status = try? Files.read("/proc/\(processID)/stat") else { return false }
        return !status.contains(") Z ")
    }
}
