import ArgumentParser
import Manifests

struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Print the rendered objects as YAML.",
        discussion: "Needs no target and changes nothing.")

    @OptionGroup var source: SourceOptions

    func run() async throws {
        let loaded = try await LoadedApplication.load(source, nil)
        await loaded.close()
        let documents = loaded.manifests.map { YAML.serialize($0.value) }
        if documents.isEmpty {
            Console.error("The source holds no manifests.")
        } else {
            Console.out(documents.map { $0.dropLast(while: \.isNewline) }.joined(separator: "\n---\n"))
        }
    }
}
