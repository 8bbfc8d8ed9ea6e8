import ArgumentParser
import Manifests

struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Go back to an earlier revision, and stay there until something else is rendered.",
        discussion: "The lasting way back is git revert. Exit codes as for sync.")

    @Argument(help: "The application's name.")
    var name: String

    @Option(help: "The revision, as plumb history shows it, or the commit's digits.")
    var to: String

    @OptionGroup var waiting: WaitOptions
    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await OperationCall(name: name, waiting: waiting, options: operatorOptions, output: outputOptions.output).run(
            ["applications", name, "rollback"], ["revision": .string(to)])
    }
}
