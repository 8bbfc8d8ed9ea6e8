import Model

/// What the end of a run means.
struct PluginVerdict {
    private let plugin: Plugin

    private static let lines = 20
    private static let characters = 2000

    init(_ plugin: Plugin) { self.plugin = plugin }

    func output(of outcome: PluginProcess.Outcome) throws -> [UInt8] {
        switch outcome.stop {
        case .cancelled?: throw CancellationError()
        case .late?:
            throw error(
                .timedOut, "did not end within \(DurationText.print(plugin.timeout)), and was ended", outcome,
                "Make it faster, or raise its timeout in the file of plugins.")
        case .output?:
            throw error(
                .limit, "printed more than \(plugin.output) bytes, and was ended", outcome,
                "Print less, or raise its output in the file of plugins.")
        case .processes?:
            throw error(
                .limit, "ran more than \(plugin.processes) processes at once, and was ended", outcome,
                "Start fewer, or raise its processes in the file of plugins.")
        case .memory?:
            throw error(
                .limit, "took more than \(plugin.memory >> 20) MiB of memory, and was ended", outcome,
                "Take less, or raise its memory in the file of plugins.")
        case nil: break
        }
        guard outcome.status == 0 else {
            let how =
                outcome.status >= 256 ? "was ended by signal \(outcome.status - 256)" : "ended with exit code \(outcome.status)"
            throw error(.failed, how, outcome, "It is its program that says so; its limits are in the file of plugins.")
        }
        guard outcome.output.contains(where: { $0 > 0x20 }) else {
            throw error(
                .invalid, "printed nothing", outcome, "A plugin prints manifests; nothing is deleted because it prints none.")
        }
        return outcome.output
    }

    private func error(_ code: PlumbError.Code, _ what: String, _ outcome: PluginProcess.Outcome, _ remedy: String) -> PlumbError {
        let said = words(outcome.errors)
        return PlumbError(code, "The plugin \(plugin.name) \(what)\(said.isEmpty ? "" : ": \(said)").", remedy: remedy)
    }

    /// The last lines, without what the file of plugins gave it and without what would move a terminal's cursor.
    private func words(_ errors: [UInt8]) -> String {
        let text = Redactor(secrets: Array(plugin.environment.values))(String(decoding: errors, as: UTF8.self))
        let lines = text.split(whereSeparator: \.isNewline).suffix(Self.lines).map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        }
        return String(lines.joined(separator: "\n").suffix(Self.characters))
    }
}
