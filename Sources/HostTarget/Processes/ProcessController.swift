import Manifests
import Model

/// Starting and stopping, waiting included: on threads that may block, in steps short enough to be cancelled between.
struct ProcessController: Sendable {
    let keeper: ProcessKeeper
    private let queue = BlockingQueue("plumb.host.processes", concurrent: true)

    /// A supervisor gives its process ten seconds before it kills it.
    private static let patience = Duration.seconds(15)

    init(keeper: ProcessKeeper) { self.keeper = keeper }

    func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult {
        let keeper = keeper
        if let kept = try await queue.run({ try keeper.keep(write, context) }) { return kept }
        let name = write.desired.key.name
        guard try await stop(name) else {
            throw PlumbError(
                .timedOut, "\(write.desired.key) does not stop, so it was not started anew.", remedy: "Look at what it waits for.")
        }
        return try await queue.run { try keeper.start(write, context) }
    }

    func delete(_ key: ResourceKey, uid: String, owner: String) async throws -> Deletion {
        let keeper = keeper
        guard let stored = try await queue.run({ try keeper.view(key.name)?.stored }) else { return .gone }
        guard stored.owner == owner else {
            return .notOurs(stored.owner.map { "it belongs to the application \($0)" } ?? "it was released")
        }
        guard stored.uid == uid else { return .notOurs("another process has its name now") }
        guard try await stop(key.name) else { return .pending("it does not stop") }
        try await queue.run { try keeper.forget(key.name) }
        return .gone
    }

    /// Whether nothing of it runs any more.
    private func stop(_ name: String) async throws -> Bool {
        let keeper = keeper
        if try await queue.run({ try keeper.tellToStop(name) }) == .stopped { return true }
        let killTime = ContinuousClock.now + RunningChild.patience
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if try await queue.run({ try keeper.wait(name) }) == .stopped { return true }
            if ContinuousClock.now > killTime, try await queue.run({ try keeper.killSurvivor(name) }) == .stopped { return true }
        }
        return false
    }
}
