import ArgumentParser
import Manifests

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say in one sentence what is wrong with an application, since when, and what happens next.")

    @Argument(help: "The application's name.")
    var name: String

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let application = try await OperatorClient.with(operatorOptions) { try await $0.get(["applications", name]) }
        let why = application["why"]?.string ?? ""
        outputOptions.output.print(["application": .string(name), "why": .string(why)]) { why }
    }
}
