import ArgumentParser
import Manifests

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "List what happened, or follow it.",
        discussion: "With --watch and -o json each event is one line of JSON; a lost connection is taken up where it broke.")

    @Argument(help: "Only of this application.")
    var name: String?

    @Flag(help: "Show the last ones, then each as it comes, until Ctrl-C.")
    var watch = false

    @Option(help: "Only events with a larger id.")
    var after: Int64?

    @Option(help: "How many at once, up to 1000.")
    var limit = 50

    @OptionGroup var operatorOptions: OperatorOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws {
        try LimitArgument.validate(limit)
        if let after, after < 0 { throw ValidationError("--after is the id of an event, which is no negative number.") }
    }

    func run() async throws {
        if watch, let after { return try await follow(after: after) }
        var query = [("limit", "\(limit)")]
        if let name { query.append(("application", name)) }
        if let after { query.append(("after", "\(after)")) }
        let events = try await OperatorClient.with(operatorOptions) { try await $0.items(["events"], query: query) }
        if watch {
            for event in events { show(event) }
            return try await follow(after: events.last?["id"]?.integer ?? 0)
        }
        outputOptions.output.print(.list(events)) { ListTables.events(events, now: AgeText.now) }
    }

    private func follow(after id: Int64) async throws {
        try await EventFollower(options: operatorOptions, application: name).follow(after: id) { sign in
            if case .event(let event) = sign { show(event) }
            return true
        }
    }

    private func show(_ event: Value) {
        switch outputOptions.output {
        case .table: Console.out(ListTables.line(of: event))
        case .json: Console.out(event.json)
        case .yaml: Console.out("---\n" + YAML.serialize(event), isWhole: true)
        }
    }
}
