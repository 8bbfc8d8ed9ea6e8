import Model
import Synchronization
import TestSupport

@testable import HostTarget

/// What a host target has told of its changes.
final class Changes: Sendable {
    private let state = Mutex<(keys: Set<ResourceKey>, phases: [String])>(([], []))

    private func add(_ change: TargetChange) {
        state.withLock { state in
            switch change {
            case .resources(let keys): state.keys.formUnion(keys)
            case .everything: state.phases.append("everything")
            case .interrupted(let error): state.phases.append("interrupted: \(error.code.name)")
            case .resumed: state.phases.append("resumed")
            }
        }
    }

    var keys: Set<ResourceKey> { state.withLock { $0.keys } }
    var phases: [String] { state.withLock { $0.phases } }
    func clear() { state.withLock { $0 = ([], []) } }

    func wait(for key: ResourceKey) async throws {
        _ = try await eventually("a report of \(key)", every: .milliseconds(5)) { self.keys.contains(key) ? true : nil }
    }

    func wait(forPhase phase: String) async throws {
        _ = try await eventually("\(phase)", every: .milliseconds(5)) { self.phases.contains(phase) ? true : nil }
    }

    /// Waits until nothing is told for a while: reports of what happened before are in.
    func settle() async throws {
        _ = try await eventually("quiet") {
            self.clear()
            try await Task.sleep(for: .milliseconds(300))
            return self.keys.isEmpty ? true : nil
        }
    }

    /// Runs `body` while the target is watched; its first report is in.
    static func with(_ host: Host, _ body: (Changes) async throws -> Void) async throws {
        let changes = Changes()
        let watching = Task { await host.target.watch { changes.add($0) } }
        let result: Result<Void, any Error>
        do {
            try await changes.wait(forPhase: "everything")
            try await body(changes)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        watching.cancel()
        try await withDeadline(.seconds(30), "watching") { await watching.value }
        try result.get()
    }
}
