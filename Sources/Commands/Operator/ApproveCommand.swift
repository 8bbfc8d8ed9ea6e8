import ArgumentParser
import Manifests

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Let an application do what its plan holds.",
        discussion: "plumb describe application NAME shows the plan that waits, and its digest. Exit codes as for sync.")

    @Argument(help: "The application's name.")
    var name: String

    @Option(help: "The digest (sha256:…) of the plan that you have looked at; another one is refused.")
    var plan: DigestArgument

    @OptionGroup var waiting: WaitOptions
    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await OperationCall(name: name, waiting: waiting, options: operatorOptions, output: outputOptions.output).run(
            ["applications", name, "approve"], ["plan": .string(plan.digest.description)])
    }
}
