import ArgumentParser
import Manifests

struct GetUnmanagedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmanaged", abstract: "List what nobody declared and what changes behaviour all the same.",
        discussion: "Containers, volumes, environment, ports, selectors and subjects that somebody added to a managed object.")

    @Argument(help: "Only of this application.")
    var name: String?

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let items = try await OperatorClient.with(operatorOptions) { client in
            // So that a name that there is not is an error, and not an empty list.
            if let name { _ = try await client.get(["applications", name]) }
            return try await client.items(["unmanaged"]).filter { name == nil || $0["application"]?.string == name }
        }
        outputOptions.output.print(.list(items)) { ListTables.unmanaged(items) }
    }
}
