package import ArgumentParser
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// From the arguments to the exit code: what a command throws becomes one sentence on stderr.
package enum PlumbMain {
    package static func run(_ arguments: [String]) async -> Int32 {
        // A program that ended before it read its input is an error of that write, not the end of this process.
        Signals.ignoreBrokenPipes()
        // Not the parser's: it would take --version from the commands, where it is that of a chart.
        let arguments = arguments == ["--version"] ? [VersionCommand.configuration.commandName ?? "version"] : arguments
        do {
            // The supervisor handles its own signals, and has the main thread to itself.
            if arguments.first == Supervise.configuration.commandName {
                var supervise = try PlumbCommand.parseAsRoot(arguments)
                try supervise.run()
                return 0
            }
            // Parsed once before, so that wrong flags end here rather than in a task.
            _ = try PlumbCommand.parseAsRoot(arguments)
            try await Signals.cancellingOnInterrupt { try await execute(arguments) }
            return 0
        } catch {
            return report(error)
        }
    }

    private static func execute(_ arguments: [String]) async throws {
        var command = try PlumbCommand.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case let code as ExitCode:
            return code.rawValue
        case let error as PlumbError:
            Console.error("plumb: \(error)")
            return CommandExit.code(for: error).rawValue
        case is CancellationError:
            Console.error("plumb: It was stopped before its end. Run the command again to go on.")
            return 130
        default:
            let code = PlumbCommand.exitCode(for: error)
            let message = PlumbCommand.fullMessage(for: error)
            if code == .success {
                Console.out(message)
            } else {
                Console.error(code == .validationFailure ? message : "plumb: \(error)")
            }
            return code == .success || code == .validationFailure ? code.rawValue : CommandExit.error.rawValue
        }
    }
}

/// The exit codes of the design.
enum CommandExit {
    static let error = ExitCode(1)
    static let changes = ExitCode(2)
    static let held = ExitCode(3)

    static func code(for error: PlumbError) -> ExitCode {
        switch error.code {
        case .held: held
        case .usage: .validationFailure
        default: Self.error
        }
    }
}
