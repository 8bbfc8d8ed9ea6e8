import Model
import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `git`, or what goes with it: in its own environment and process group, with bounds on time and output, and a clean end when cancelled.
struct GitProgram: Sendable {
    struct Outcome: Sendable {
        /// The exit status, or 128 and the signal.
        let status: Int32
        let output: [UInt8]
        /// The last 16 KiB of what it said, without secrets.
        let errors: String

        var succeeded: Bool { status == 0 }
    }

    /// A name to look for in the `PATH` of the environment.
    var executable = "git"
    let environment: [String: String]
    let redactor: Redactor
    /// Absolute. Never Plumb's own: a repository that happens to be there would have a say.
    let workingDirectory: String

    /// Throws `timedOut` after `deadline`, `limit` when it prints more than `limit` bytes, `notFound` when there is no
    /// `git`. Another exit status than 0 is not an error here.
    func run(_ arguments: [String], input: [UInt8] = [], limit: Int = 8 << 20, deadline: Duration) async throws -> Outcome {
        let call = ([executable] + arguments.filter { !$0.hasPrefix("-") }.prefix(1)).joined(separator: " ")
        let late: @Sendable () -> any Error = {
            PlumbError(.timedOut, "\(call) did not end within \(deadline.components.seconds) seconds, and was stopped.")
        }
        return try await withDeadline(deadline, orThrow: late) {
            try await execute(arguments, input, limit: limit)
        }
    }

    private func execute(_ arguments: [String], _ input: [UInt8], limit: Int) async throws -> Outcome {
        Self.ignoreBrokenPipes
        do {
            let result = try await Subprocess.run(
                configuration(arguments), input: .array(input), output: .sequence, error: .sequence
            ) { execution in
                async let errors = Self.tail(of: execution.standardError)
                var output: [UInt8] = []
                for try await part in execution.standardOutput {
                    part.withUnsafeBytes { output += $0 }
                    guard output.count <= limit else {
                        throw PlumbError(.limit, "\(executable) printed more than \(limit) bytes.")
                    }
                }
                return (output, await errors)
            }
            try Task.checkCancellation()
            let (output, errors) = result.closureResult
            return Outcome(status: Self.status(result.terminationStatus), output: output, errors: redactor(errors))
        } catch let error as SubprocessError {
            throw explain(error)
        }
    }

    func configuration(_ arguments: [String]) -> Configuration {
        var options = PlatformOptions()
        // A session of its own, so that the helpers git starts (ssh, git-remote-https) end with it.
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(3))]
        let pairs = environment.compactMap { name, value in Environment.Key(rawValue: name).map { ($0, value) } }
        return Configuration(
            executable: .name(executable), arguments: Arguments(arguments),
            environment: .custom(Dictionary(pairs) { first, _ in first }), workingDirectory: FilePath(workingDirectory),
            platformOptions: options)
    }

    /// A program that ends while it is written to must cost an error, not the process.
    static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Reads to the end, keeping the last 16 KiB. A read that fails ends it.
    static func tail(of sequence: SubprocessOutputSequence) async -> String {
        var kept: [UInt8] = []
        do {
            for try await part in sequence {
                part.withUnsafeBytes { kept += $0 }
                if kept.count > 32 << 10 { kept.removeFirst(kept.count - 16 << 10) }
            }
        } catch {}
        return String(decoding: kept.suffix(16 << 10), as: UTF8.self)
    }

    static func status(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }

    private func explain(_ error: SubprocessError) -> any Error {
        if error.code == .executableNotFound {
            return PlumbError(
                .notFound, "The program \(executable) is not there.",
                remedy: executable == "git" ? "Install Git 2.30 or later, and make sure it is in PATH." : nil)
        }
        if Task.isCancelled { return CancellationError() }
        return PlumbError(.failed, "\(executable) could not be run: \(error)")
    }
}
