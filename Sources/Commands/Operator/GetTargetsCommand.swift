import ArgumentParser
import Manifests

struct GetTargetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "targets", abstract: "List targets, and which of them do not answer.", aliases: ["target"])

    @Argument(help: "Only this target.")
    var name: String?

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let all = try await OperatorClient.with(operatorOptions) { try await $0.items(["targets"]) }
        let items = try all.named(name, "target", by: ["name"])
        outputOptions.output.print(.list(items)) { ListTables.targets(items, now: AgeText.now) }
    }
}
