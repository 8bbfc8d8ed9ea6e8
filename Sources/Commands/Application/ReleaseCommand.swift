import ArgumentParser
import Engine
import Manifests
import Model

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Forget an application, and keep every object as it is.",
        discussion: "Takes Plumb's marks off the objects and drops the inventory. Nothing restarts, nothing is deleted.")

    @Argument(help: "The application's name.")
    var name: String

    @Option(help: "How long it may take: 90s, 5m.")
    var timeout: DurationArgument?

    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws { try ApplicationName.validate(argument: name) }

    func run() async throws {
        try await TargetSession.with(targetOptions) { target in
            let engine = SyncEngine(target: target, holder: .thisProcess(), logger: Session.logger)
            let keys = try await engine.release(name, deadline: timeout?.duration ?? .seconds(120))
            let value: Value = ["application": .string(name), "released": .array(keys.map { .string($0.description) })]
            outputOptions.output.print(value) {
                (keys.map { "released   \($0)" } + ["\(name) on \(target.place): \(keys.count) released."]).joined(separator: "\n")
            }
        }
    }
}

/// For commands that need a target and no source.
enum TargetSession {
    static func with(_ options: TargetOptions, _ body: (any Target) async throws -> Void) async throws {
        let opened = try await TargetFactory(options: options, logger: Session.logger).target(for: nil)
        do {
            try await body(opened.target)
        } catch {
            await opened.close()
            throw error
        }
        await opened.close()
    }
}
