import ArgumentParser

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "List what a running operator knows.",
        subcommands: [
            GetApplicationsCommand.self, GetRepositoriesCommand.self, GetTargetsCommand.self, GetUnmanagedCommand.self,
        ])
}
