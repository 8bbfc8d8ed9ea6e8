import ArgumentParser
import Engine
import Model

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete everything that an application's inventory holds, in reverse order.",
        discussion: "Without --yes it shows what would be deleted (exit 2) and deletes nothing.")

    @Argument(help: "The application's name.")
    var name: String

    @Flag(help: "Do it.")
    var yes = false

    @Option(help: "How long to wait for what ends slowly, and for each hook: 90s, 5m.")
    var timeout: DurationArgument?

    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws { try ApplicationName.validate(argument: name) }

    func run() async throws {
        try await TargetSession.with(targetOptions) { target in
            let progress = ProgressLine()
            defer { progress.end() }
            let engine = SyncEngine(target: target, holder: .thisProcess(), logger: Session.logger, progress: { progress.show($0) })
            guard yes else {
                let output = PlanOutput(plan: try await engine.removalPlan(of: name).plan, place: target.place)
                outputOptions.output.print(output.value) { output.text + "\nNothing was deleted; do it with --yes." }
                throw CommandExit.changes
            }
            let report = try await engine.remove(
                name, deadline: timeout?.duration ?? .seconds(120), hookDeadline: timeout?.duration ?? .seconds(600))
            progress.end()
            let output = ReportOutput(report: report, place: target.place)
            outputOptions.output.print(output.value) { output.text }
            if report.hasFailed { throw CommandExit.error }
        }
    }
}
