import ArgumentParser
import Manifests

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let a suspended application go on.")

    @Argument(help: "The application's name.")
    var name: String

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let application = try await OperatorClient.with(operatorOptions) {
            try await $0.post(["applications", name, "resume"])
        }
        outputOptions.output.print(application) { "\(name) goes on." }
    }
}
