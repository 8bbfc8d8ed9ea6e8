import Engine
import Model
import Synchronization

/// What a sync is doing: one line that is written over on a terminal, plain lines of what matters elsewhere.
final class ProgressLine: Sendable {
    private struct State {
        var total = 0
        var finished = 0
        var isShown = false
        var lastWait = ""
    }

    private let isTerminal = Console.isErrorTerminal
    private let state = Mutex(State())

    func show(_ progress: SyncProgress) {
        state.withLock { state in
            switch progress {
            case .planned(let plan):
                state.total = plan.due.count
                state.finished = 0
            case .started(let operation): line(&state, "\(operation.action.rawValue) \(operation.key)")
            case .finished(let operation, _):
                state.finished += 1
                line(&state, "\(operation.action.rawValue) \(operation.key)")
            case .failed(let operation, let reason):
                state.finished += 1
                note(&state, "\(operation.key): \(reason)")
            case .waitingForLease(let holder): wait(&state, "Waiting for another process that writes this application: \(holder)")
            case .waitingForHealth(let health):
                if let summary = Self.summary(of: health) { wait(&state, summary) }
            }
        }
    }

    func end() { state.withLock { clear(&$0) } }

    /// nil where nothing is waited for any more.
    private static func summary(of health: [ResourceKey: Health]) -> String? {
        let unsettled = health.filter { $0.value.status != .healthy && $0.value.status != .suspended }.sorted { $0.key < $1.key }
        guard let first = unsettled.first else { return nil }
        let reason = first.value.message.map { ": \($0)" } ?? ""
        return "Waiting for \(unsettled.count) of \(health.count): \(first.key) is \(first.value.status.rawValue)\(reason)"
    }

    private func wait(_ state: inout State, _ text: String) {
        if isTerminal {
            line(&state, text)
        } else if text != state.lastWait {
            Console.error(text)
        }
        state.lastWait = text
    }

    private func line(_ state: inout State, _ text: String) {
        guard isTerminal else { return }
        let counter = state.total > 0 ? "[\(state.finished)/\(state.total)] " : ""
        Console.status("\r\u{1b}[2K" + String((counter + text).prefix(120)))
        state.isShown = true
    }

    private func note(_ state: inout State, _ text: String) {
        clear(&state)
        Console.error(text)
    }

    private func clear(_ state: inout State) {
        if state.isShown { Console.status("\r\u{1b}[2K") }
        state.isShown = false
    }
}
