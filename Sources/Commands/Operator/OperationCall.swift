import Manifests
import Model

/// Begins an operation of a running operator and, if asked to, follows it to its end.
struct OperationCall {
    let name: String
    let waiting: WaitOptions
    let options: OperatorOptions
    let output: OutputFormat

    private static let usualTime = Duration.seconds(900)

    /// Throws the exit codes of `apply` for how it ended.
    func run(_ path: [String], _ body: Value? = nil) async throws {
        let (operation, mark) = try await OperatorClient.with(options) { client in
            // The last event from before, so that none of the operation's own is missed.
            let mark = waiting.wait ? try await client.items(["events"], query: [("application", name), ("limit", "1")]) : []
            return (try await client.post(path, body), mark.last?["id"]?.integer ?? 0)
        }
        guard waiting.wait, let id = operation["id"]?.string else {
            output.print(operation) { "\(name): the operator has taken it on (operation \(operation["id"]?.string ?? "-"))." }
            return
        }
        let ended = try await withTime(waiting.timeout?.duration ?? Self.usualTime) { try await end(of: id, after: mark) }
        try await finish(ended)
    }

    private func finish(_ operation: Value) async throws {
        let phase = operation["phase"]?.string ?? "-"
        let message = operation["message"]?.string ?? ""
        output.print(operation) { "\(name): \(phase)" + (message.isEmpty ? "." : ": \(message)") }
        switch phase {
        case "Succeeded": return
        case "Held":
            Console.error("plumb: \(try await remedy())")
            throw CommandExit.held
        default: throw CommandExit.error
        }
    }

    /// What ends the hold: a digest to approve, or what the operator says.
    private func remedy() async throws -> String {
        let application = try await OperatorClient.with(options) { try await $0.get(["applications", name]) }
        let reason = application.at("hold", "reason")?.string
        guard let why = application["why"]?.string, reason != nil, reason != Hold.Reason.approval.rawValue else {
            return "What waits, and the digest to approve it with: plumb describe application \(name)"
        }
        return why
    }

    private func end(of id: String, after mark: Int64) async throws -> Value {
        var ended = try await OperatorClient.with(options) { try await outcome(of: id, $0) }
        if let ended { return ended }
        try await EventFollower(options: options, application: name).follow(after: mark) { sign in
            if case .event(let event) = sign {
                Console.error(ListTables.line(of: event))
                guard Self.mayEnd(event) else { return true }
            }
            ended = try await OperatorClient.with(options) { try await outcome(of: id, $0) }
            return ended == nil
        }
        guard let ended else { throw PlumbError(.failed, "The operator does not tell how the operation \(id) ended.") }
        return ended
    }

    private static func mayEnd(_ event: Value) -> Bool {
        [Event.Kind.operationEnded, .operationStarted, .held].contains { $0.rawValue == event["type"]?.string }
    }

    /// nil while it goes on. Ids grow: a smaller one is of an operation from before, and a larger one of what came in this
    /// one's place, such as a newer revision's.
    private func outcome(of id: String, _ client: OperatorClient) async throws -> Value? {
        guard let current = try await client.get(["applications", name])["operation"], let other = current["id"]?.string,
            other >= id, let phase = current["phase"]?.string.flatMap(OperationRecord.Phase.init(rawValue:))
        else { return nil }
        return phase.isTerminal ? current : nil
    }

    private func withTime<Result: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw PlumbError(
                    .timedOut, "\(name) has not come to an end within \(DurationText.print(limit)).",
                    remedy: "The operator goes on; ask it with: plumb why \(name)")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}
