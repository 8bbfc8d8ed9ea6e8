import ArgumentParser
import Engine
import Manifests
import Model

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make the target match the source, once.",
        discussion: """
            Exit codes: 0 applied (with --wait: and healthy), 3 something waits for approval while the rest was applied, \
            1 an error.
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var sync: SyncOptions
    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var outputOptions: OutputOptions

    @Flag(help: "Wait until everything is healthy.")
    var wait = false

    @Option(help: "How long to wait, for being applied and for being healthy: 90s, 5m, 1h30m.")
    var timeout: DurationArgument?

    @Option(help: "The digest (sha256:…) of a plan that a person has looked at: do what it holds.")
    var approve: DigestArgument?

    func run() async throws {
        try await Session.with(source, sync, targetOptions) { session in
            session.request.approval = approve?.digest
            session.request.waitForHealth = wait
            if let timeout {
                session.request.application.deadlines = Deadlines(applied: timeout.duration, healthy: timeout.duration)
            }
            let progress = ProgressLine()
            let engine = SyncEngine(
                target: session.target, holder: .thisProcess(), logger: Session.logger, progress: { progress.show($0) })
            defer { progress.end() }
            let report = try await engine.apply(session.request)
            progress.end()
            try finish(report, session)
        }
    }

    private func finish(_ report: SyncReport, _ session: Session) throws {
        let output = ReportOutput(report: report, place: session.target.place)
        outputOptions.output.print(output.value) { output.text }
        if let approve, !report.plan.held.isEmpty, approve.digest != report.plan.digest {
            Console.error(
                "plumb: \(approve.digest) is not the digest of this plan; the target or the source has changed since. Nothing that is held was done."
            )
        }
        if report.hasFailed { throw CommandExit.error }
        if report.isHeld { throw CommandExit.held }
    }
}
