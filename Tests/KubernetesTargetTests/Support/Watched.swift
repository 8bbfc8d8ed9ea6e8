import KubernetesTarget
import Model
import Synchronization
import TestSupport

/// What a watched cluster has told, for tests to wait for.
final class Told: Sendable {
    struct State {
        var keys: [ResourceKey] = []
        var everything = 0
        var interrupted = 0
        var resumed = 0
    }

    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }

    func hear(_ change: TargetChange) {
        state.withLock { state in
            switch change {
            case .resources(let keys): state.keys += keys.sorted()
            case .everything: state.everything += 1
            case .interrupted: state.interrupted += 1
            case .resumed: state.resumed += 1
            }
        }
    }

    func forget() { state.withLock { $0 = State() } }

    func wait(for what: String, within limit: Duration = .seconds(30), _ condition: (State) -> Bool) async throws {
        _ = try await eventually("the cluster tells \(what)", within: limit) { condition(now) ? true : nil }
    }

    func wait(for key: ResourceKey) async throws { try await wait(for: "\(key)") { $0.keys.contains(key) } }
}

extension Cluster {
    /// Watches the cluster for the length of `body`, which begins when it can be looked at.
    func watched<Success>(_ body: (Told) async throws -> Success) async throws -> Success {
        let told = Told()
        let watch = Task { await live.watch { told.hear($0) } }
        do {
            try await told.wait(for: "everything") { $0.everything > 0 }
            let result = try await body(told)
            watch.cancel()
            await watch.value
            return result
        } catch {
            watch.cancel()
            await watch.value
            throw error
        }
    }

    func key(_ kind: String, _ name: String, group: String = "") -> ResourceKey {
        ResourceKey(group: group, kind: kind, namespace: namespace, name: name)
    }

    func path(_ plural: String, _ name: String, group: String = "api/v1") -> String {
        "/\(group)/namespaces/\(namespace)/\(plural)/\(name)"
    }
}
