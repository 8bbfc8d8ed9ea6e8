import ArgumentParser
import Engine
import Model

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what apply would change, and why. Writes nothing.",
        discussion: "Exit codes: 0 no changes, 2 changes, 3 something waits for approval, 1 an error.")

    @OptionGroup var source: SourceOptions
    @OptionGroup var sync: SyncOptions
    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await Session.with(source, sync, targetOptions, missingKey: .makeUp { Self.tellMadeUp() }) { session in
            let engine = SyncEngine(target: session.target, holder: .thisProcess(), logger: Session.logger)
            let plan = try await engine.plan(session.request).plan
            let output = PlanOutput(plan: plan, place: session.target.place)
            outputOptions.output.print(output.value) { output.text }
            if !plan.blocked.isEmpty { throw CommandExit.error }
            if !plan.held.isEmpty { throw CommandExit.held }
            if plan.hasChanges { throw CommandExit.changes }
        }
    }

    private static func tellMadeUp() {
        Console.error(
            "plumb: The chart draws random values. Those of this plan are made up; the first apply draws and keeps others.")
    }
}
