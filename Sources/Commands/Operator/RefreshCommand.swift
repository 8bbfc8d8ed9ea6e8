import ArgumentParser
import Manifests

struct RefreshCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh", abstract: "Look at an application's repository now, without waiting for its interval.")

    @Argument(help: "The application's name.")
    var name: String

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let repository = try await OperatorClient.with(operatorOptions) {
            try await $0.post(["applications", name, "refresh"], within: OperatorClient.slowTime)
        }
        outputOptions.output.print(repository) { ListTables.repositories([repository], now: AgeText.now) }
        if repository["error"] != nil { throw CommandExit.error }
    }
}
