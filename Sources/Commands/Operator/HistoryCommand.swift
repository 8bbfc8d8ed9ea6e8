import ArgumentParser
import Manifests

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List the revisions that an application was brought to, newest first.")

    @Argument(help: "The application's name.")
    var name: String

    @Option(help: "How many, up to 1000.")
    var limit = 20

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws { try LimitArgument.validate(limit) }

    func run() async throws {
        let items = try await OperatorClient.with(operatorOptions) {
            try await $0.items(["applications", name, "history"], query: [("limit", "\(limit)")])
        }
        outputOptions.output.print(.list(items)) { ListTables.history(items, now: AgeText.now) }
    }
}

enum LimitArgument {
    static func validate(_ limit: Int) throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is \(limit), and has to be from 1 to 1000.") }
    }
}
