import Synchronization
import TestSupport

@testable import FileWatching

/// What a watcher has told so far.
final class Reports: Sendable {
    private let state = Mutex<(paths: Set<String>, everything: Int)>(([], 0))

    func add(_ change: FileWatcher.Change) {
        state.withLock { state in
            switch change {
            case .paths(let paths): state.paths.formUnion(paths)
            case .everything: state.everything += 1
            }
        }
    }

    var paths: Set<String> { state.withLock { $0.paths } }

    func clear() { state.withLock { $0.paths = [] } }

    func wait(for path: String) async throws {
        _ = try await eventually("a report of \(path)", every: .milliseconds(5)) { self.paths.contains(path) ? true : nil }
    }

    /// The first report: now nothing is missed.
    func waitForBeginning() async throws {
        _ = try await eventually("the first report", every: .milliseconds(5)) {
            self.state.withLock { $0.everything } > 0 ? true : nil
        }
    }

    enum Means: CaseIterable {
        case kernel, polling

        @Sendable func notifier(_ changes: PendingChanges) throws -> any Notifier {
            switch self {
            case .kernel: try InotifyNotifier(changes: changes)
            case .polling: PollingNotifier(changes: changes)
            }
        }
    }

    /// Runs `body` while the paths are watched, and checks that watching ends with it.
    static func with(
        _ means: Means, _ paths: [String], _ scope: WatchedPath.Scope = .entries,
        _ body: @Sendable @escaping (Reports) async throws -> Void
    ) async throws {
        try await with(
            means,
            AsyncStream {
                $0.yield(paths.map { WatchedPath($0, scope) }); $0.finish()
            }, body)
    }

    static func with(
        _ means: Means, _ paths: AsyncStream<[WatchedPath]>, _ body: @Sendable @escaping (Reports) async throws -> Void
    )
        async throws
    {
        let reports = Reports()
        let watching = Task {
            try await FileWatcher.watch(
                paths,
                makingNotifier: means.notifier
            ) { reports.add($0) }
        }
        do {
            try await reports.waitForBeginning()
            try await body(reports)
        } catch {
            watching.cancel()
            try await watching.value
            throw error
        }
        watching.cancel()
        try await withDeadline(.seconds(30), "watching") { try await watching.value }
    }
}
