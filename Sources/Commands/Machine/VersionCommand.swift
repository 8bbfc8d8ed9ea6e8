import ArgumentParser
import Manifests

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    @OptionGroup var outputOptions: OutputOptions

    func run() {
        outputOptions.output.print(["version": .string(PlumbVersion.text)]) { "plumb \(PlumbVersion.text)" }
    }
}
