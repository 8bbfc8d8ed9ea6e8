import ArgumentParser
import Manifests

struct SuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Let an application stand still until it is resumed.",
        discussion: "Nothing is written for it meanwhile: no new revisions, and no correction of drift.")

    @Argument(help: "The application's name.")
    var name: String

    @Option(help: "Why, for whoever asks.")
    var reason: String?

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let body: Value = reason.map { ["reason": .string($0)] } ?? [:]
        let application = try await OperatorClient.with(operatorOptions) {
            try await $0.post(["applications", name, "suspend"], body)
        }
        outputOptions.output.print(application) { "\(name) is suspended. Go on with: plumb resume \(name)" }
    }
}
