package import ArgumentParser

/// `plumb`: every verb is a file of its own.
package struct PlumbCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plumb",
        abstract: "Keeps running systems true to what version control says.",
        discussion: """
            Exit codes: 0 done or nothing to do, 1 an error, 2 (plan) there are changes, 3 something waits for approval, \
            64 wrong flags or arguments.
            """,
        groupedSubcommands: [
            CommandGroup(name: "The operator", subcommands: [ServeCommand.self]),
            CommandGroup(
                name: "From files to a target",
                subcommands: [BuildCommand.self, PlanCommand.self, ApplyCommand.self, ReleaseCommand.self, DeleteCommand.self]),
            CommandGroup(
                name: "On a running operator",
                subcommands: [
                    GetCommand.self, DescribeCommand.self, WhyCommand.self, SyncCommand.self, RefreshCommand.self,
                    SuspendCommand.self, ResumeCommand.self, ApproveCommand.self, HistoryCommand.self, RollbackCommand.self,
                    EventsCommand.self,
                ]),
            CommandGroup(
                name: "This machine", subcommands: [CheckCommand.self, VersionCommand.self, CompletionCommand.self, Supervise.self]),
        ])

    package init() {}
}
