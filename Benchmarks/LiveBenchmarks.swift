import KubernetesClient
import KubernetesTarget
import Manifests
import Model
import Synchronization
import TestSupport

/// 1000 × (ServiceAccount, Service, Deployment, Ingress) on a cluster that is watched, as an operator has it.
enum LiveBenchmarks {
    private static let count = 1000
    private static let drifts = 20

    static func run() async throws {
        try await Cluster.with { cluster in
            let told = Told()
            let watch = Task { await cluster.live.watch { told.hear($0) } }
            do {
                try await measure(cluster, told)
            } catch {
                watch.cancel()
                await watch.value
                throw error
            }
            watch.cancel()
            await watch.value
        }
    }

    private static func measure(_ cluster: Cluster, _ told: Told) async throws {
        // The kinds are followed from here on.
        try await cluster.apply("warm-up", Workload.manifests(1, prefix: "warm-up"))
        try await row("First sync of 1000 applications × 4 objects", cluster) { try await applyAll(cluster) }
        try await row("Look at 1000 applications again, nothing changed", cluster) { try await applyAll(cluster) }
        var times: [Duration] = []
        for index in 0..<drifts { times.append(try await revert(index * 7, cluster, told)) }
        times.sort()
        Report.row(
            "A Deployment scaled by somebody, until it is scaled back", "\((times[drifts / 2].seconds * 1000).text(0)) ms",
            "the slowest of \(drifts): \((times[drifts - 1].seconds * 1000).text(0)) ms")
    }

    private static func applyAll(_ cluster: Cluster) async throws {
        try await ApplyBenchmarks.forEach(0..<count) { index in
            try await cluster.apply("app-\(index)", Workload.manifests(1, prefix: "app-\(index)"))
        }
    }

    private static func row(_ name: String, _ cluster: Cluster, _ work: () async throws -> Void) async throws {
        let mark = try await cluster.server.auditLog.mark()
        let time = try await ContinuousClock().measure { try await work() }
        let requests = try await cluster.server.auditLog.entries(since: mark) {
            $0.userAgent == Cluster.userAgent && $0.verb != "watch"
        }
        Report.row(name, "\(time.seconds.text(2)) s", "\((Double(requests.count) / Double(count)).text(2)) requests an application")
    }

    /// From the other's write to the end of ours.
    private static func revert(_ index: Int, _ cluster: Cluster, _ told: Told) async throws -> Duration {
        let name = "app-\(index)"
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: "bench", name: "\(name)-0")
        return try await ContinuousClock().measure {
            async let news: Void = told.wait(for: key)
            try await cluster.scale(key.name, to: 7)
            try await news
            try await cluster.apply(name, Workload.manifests(1, prefix: name))
        }
    }
}

/// What the watched cluster has told, for one listener at a time.
private final class Told: Sendable {
    private let waiting = Mutex<(key: ResourceKey, continuation: AsyncStream<Void>.Continuation)?>(nil)

    func hear(_ change: TargetChange) {
        guard case .resources(let keys) = change else { return }
        waiting.withLock { if let waiting = $0, keys.contains(waiting.key) { waiting.continuation.yield() } }
    }

    func wait(for key: ResourceKey) async throws {
        let (news, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        waiting.withLock { $0 = (key, continuation) }
        for await _ in news { break }
        try Task.checkCancellation()
    }
}

extension Cluster {
    func scale(_ name: String, to replicas: Int64) async throws {
        guard let resource = resources["Deployment"] else { return }
        _ = try await client.patch(
            resource, namespace: "bench", name: name, body: ["spec": ["replicas": .integer(replicas)]], type: .merge,
            fieldManager: "somebody")
    }
}
