import Glibc
import Model
import Subprocess
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a program ended and what it wrote.
package struct ProcessOutput: Sendable {
    /// The exit code, or the negative number of the signal that ended it.
    package let status: Int32
    package let stdout: String
    package let stderr: String

    package var succeeded: Bool { status == 0 }
}

/// Runs programs to their end, within bounds. When the time is up or the task is cancelled, the program and its
/// children get SIGTERM, then SIGKILL.
package enum ProcessRunner {
    /// - Parameters:
    ///   - program: a name to look for in `PATH`, or a path.
    ///   - environment: added to a small base (`PATH`, `HOME`, `USER`, `TMPDIR`, `LC_ALL=C`), so that what the person has set
    ///     does not change a test.
    ///   - outputLimit: in bytes, for each of stdout and stderr; more is an error.
    /// - Throws: when the program cannot be started, says too much or takes too long. Any exit status is a result.
    package static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], in directory: String? = nil,
        input: String = "", timeout: Duration = .seconds(60), outputLimit: Int = 16 << 20
    ) async throws -> ProcessOutput {
        let configuration = Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
            environment: self.environment(adding: environment), workingDirectory: directory.map { FilePath($0) },
            platformOptions: ownSession())
        let call = ([program] + arguments).joined(separator: " ")
        return try await gate.pass { try await execute(configuration, call, input, timeout, outputLimit) }
    }

    /// All tests run side by side. Without a bound on their programs each of those would be so slow that its time is up.
    private static let gate = Gate(width: 8)

    private static func execute(
        _ configuration: Configuration, _ call: String, _ input: String, _ timeout: Duration, _ outputLimit: Int
    ) async throws -> ProcessOutput {
        try await withDeadline(timeout, call) {
            BrokenPipes.areErrors
            let result = try await Subprocess.run(
                configuration, input: .inputWriter, output: .string(limit: outputLimit), error: .string(limit: outputLimit)
            ) { execution in
                // A program that ends without reading its input is none of the caller's concern.
                _ = try? await execution.standardInputWriter.write(Array(input.utf8))
            }
            return ProcessOutput(
                status: result.terminationStatus.number, stdout: result.standardOutput, stderr: result.standardError)
        }
    }

    /// The program's stdout; throws with its stderr when it fails.
    @discardableResult
    package static func check(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], in directory: String? = nil,
        input: String = "", timeout: Duration = .seconds(60)
    ) async throws -> String {
        let result = try await run(
            program, arguments, environment: environment, in: directory, input: input, timeout: timeout)
        guard result.succeeded else {
            let call = ([program] + arguments).joined(separator: " ")
            throw TestSupportError("\(call): status \(result.status)\n\(result.stderr)\(result.stdout)")
        }
        return result.stdout
    }

    /// Whether `program` is in `PATH`, for tests that need one which no package provides.
    package static func isThere(_ program: String) -> Bool {
        let directories = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return directories.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    static func environment(adding own: [String: String]) -> Environment {
        let inherited = ProcessInfo.processInfo.environment
        var values: [Environment.Key: String] = ["LC_ALL": "C"]
        for name in ["PATH", "HOME", "USER", "TMPDIR", "SSL_CERT_FILE"] {
            if let value = inherited[name], let key = Environment.Key(rawValue: name) { values[key] = value }
        }
        for (name, value) in own {
            if let key = Environment.Key(rawValue: name) { values[key] = value }
        }
        return .custom(values)
    }

    private static func ownSession() -> PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
        return options
    }
}

/// Writing to a program that has ended must be an error, not a SIGPIPE that ends the test process.
enum BrokenPipes {
    static let areErrors: Void = { signal(SIGPIPE, SIG_IGN) }()
}

extension TerminationStatus {
    var number: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): -signal
        }
    }
}
