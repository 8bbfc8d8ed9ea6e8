import Glibc
import TestSupport
import Testing

@testable import HostTarget

/// `kill -9` at any moment: running again ends in the same state, with each process once.
struct CrashTests {
    @Test(arguments: 0..<12)
    func anApplyThatWasKilledIsFinishedByTheNext(_ round: Int) async throws {
        try await TemporaryDirectory.with("crash") { path in
            let host = try Host("\(path)/root")
            let word = "plumb-crash-\(UInt64.random(in: .min ... .max))"
            let app =
                (0..<5).map { FileTests.file("f\($0)", "path: d\($0)/e/f, content: \"\($0)\", mode: \"0600\"") }.joined()
                + ProcessTests.process(
                    "command: [sh, -c, \"exec tail -f /dev/null \(word) /dev/null\"], restartOn: [{kind: File, name: f1}]")
            try Files.write(app, to: "\(path)/app/app.yaml")
            let arguments = ["apply", "\(path)/app", "--name", "app", "--target", "host", "--root", host.root]

            // From before the first write to after the last one.
            let process = try await PlumbBinary.start(arguments, directory: path)
            let files = round % 6
            _ = try? await eventually("the moment to kill it", within: .milliseconds(400), every: .microseconds(200)) {
                !process.isRunning
                    || (files < 5 ? Files.exists(host.path("d\(files)")) : Files.exists(host.path(".plumb/processes/job")))
                    ? true : nil
            }
            if round >= 6 { try await Task.sleep(for: .microseconds(Int.random(in: 0..<4000))) }
            await process.kill()

            let again = try await PlumbBinary.run(
                "apply", "\(path)/app", "--name", "app", "--target", "host", "--root", host.root, "--wait")
            #expect(again.status == 0, "\(again.stderr)")
            for index in 0..<5 { #expect(try Files.read(host.path("d\(index)/e/f")) == "\(index)") }
            #expect(try await Host.running("tail -f /dev/null \(word)").count == 1)
            let left = try await ProcessRunner.run("find", [host.root, "-name", "*.tmp"])
            #expect(left.stdout == "")

            let plan = try await PlumbBinary.run("plan", "\(path)/app", "--name", "app", "--target", "host", "--root", host.root)
            #expect(plan.status == 0, "\(plan.stdout)\(plan.stderr)")
            let gone = try await PlumbBinary.run("delete", "app", "--yes", "--target", "host", "--root", host.root)
            #expect(gone.status == 0, "\(gone.stderr)")
            #expect(try await Host.running(word) == [])
            let remains = try await ProcessRunner.run("find", [host.root])
            #expect(!Files.exists(host.root), "\(remains.stdout)\(gone.stdout)")
        }
    }
}
