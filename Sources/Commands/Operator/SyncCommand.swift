import ArgumentParser
import Manifests
import Model

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Sync an application now, also one that is synced by hand.",
        discussion: """
            Exit codes with --wait: 0 applied and healthy, 3 something waits for approval while the rest was done, 1 an error. \
            Without it: 0 when the operator has taken it on.
            """)

    @Argument(help: "The application's name.")
    var name: String

    @OptionGroup var waiting: WaitOptions
    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await OperationCall(name: name, waiting: waiting, options: operatorOptions, output: outputOptions.output).run(
            ["applications", name, "sync"])
    }
}

/// Whether a verb that begins an operation waits for its end.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Wait until the operation has ended, and show what happens.")
    var wait = false

    @Option(help: "How long to wait: 90s, 5m. The operator goes on when the time is up.")
    var timeout: DurationArgument?

    func validate() throws {
        if timeout != nil && !wait { throw ValidationError("--timeout says how long --wait waits; give both.") }
    }
}
