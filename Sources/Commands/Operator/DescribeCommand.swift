import ArgumentParser
import Manifests

struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Show everything about one thing.", subcommands: [DescribeApplicationCommand.self])
}

struct DescribeApplicationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application", abstract: "Show everything about an application: resources, drift, conditions, events.",
        aliases: ["applications", "apps", "app"])

    @Argument(help: "The application's name.")
    var name: String

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let (application, events, plan) = try await OperatorClient.with(operatorOptions) { client in
            let application = try await client.get(["applications", name])
            let events = try await client.items(["events"], query: [("application", name), ("limit", "10")])
            let isHeld = application.at("hold", "plan") != nil
            // It only adds to what is known.
            return (application, events, isHeld ? try? await client.get(["applications", name, "plan"]) : nil)
        }
        outputOptions.output.print(application) {
            ApplicationDescription(
                application: application, events: events, notes: (plan?["notes"]?.array ?? []).compactMap(\.string),
                now: AgeText.now
            ).text
        }
    }
}
