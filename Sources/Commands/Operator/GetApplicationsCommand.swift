import ArgumentParser
import Manifests

struct GetApplicationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "applications", abstract: "List applications: in sync, healthy, and if not, why.",
        discussion: "AGE is the time since the last operation.", aliases: ["application", "apps", "app"])

    @Argument(help: "Only this application.")
    var name: String?

    @Flag(help: "Only applications that somebody should look at.")
    var problems = false

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let all = try await OperatorClient.with(operatorOptions) { client in
            if let name { return [try await client.get(["applications", name])] }
            return try await client.items(["applications"])
        }
        let items = problems ? all.filter(StatusText.isProblem) : all
        // One that was named is itself, several are a list.
        outputOptions.output.print(name == nil ? .list(items) : items.first ?? .null) {
            if problems && items.isEmpty && !all.isEmpty { return "Nothing is wrong with any of \(all.count) applications." }
            return ListTables.applications(items, now: AgeText.now)
        }
    }
}
