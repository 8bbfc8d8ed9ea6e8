import ArgumentParser
import Manifests

struct GetRepositoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repositories", abstract: "List repositories, when they were looked at, and what failed.",
        aliases: ["repository", "repos", "repo"])

    @Argument(help: "Only this repository, by name or URL.")
    var name: String?

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let all = try await OperatorClient.with(operatorOptions) { try await $0.items(["repositories"]) }
        let items = try all.named(name, "repository", by: ["name", "url"])
        outputOptions.output.print(.list(items)) { ListTables.repositories(items, now: AgeText.now) }
    }
}
