import Engine
import KubernetesClient
import KubernetesTarget
import Logging
import Manifests
import Model
import TestSupport

/// N × (ServiceAccount, Service, Deployment, Ingress) on a fresh API server a side, against a bare loop that writes the
/// same objects and inventories with the same concurrency.
enum ApplyBenchmarks {
    static let concurrency = 32

    static func run() async throws {
        try await compare("Apply 100 applications × 4 objects", 100, ours: applyMany)
        try await compare("The same by a process that watches the cluster", 100, ours: applyMany, isWatched: true)
        try await compare("1000 applications × 4 objects, by such a process", 1000, ours: applyMany, isWatched: true, rounds: 3)
        try await compare("Apply one application of 400 objects", 100, ours: applyOne, inventories: 1)
    }

    private static func compare(
        _ name: String, _ count: Int, ours: @Sendable (Cluster, Int) async throws -> Void, inventories: Int? = nil,
        isWatched: Bool = false, rounds: Int = 5
    ) async throws {
        var times: [(ours: Double, bare: Double)] = []
        for round in 0..<rounds {
            var measured: [Bool: Double] = [:]
            for isOurs in round.isMultiple(of: 2) ? [true, false] : [false, true] {
                measured[isOurs] = try await Cluster.with(isWatched: isOurs && isWatched) { cluster in
                    try await ContinuousClock().measure {
                        if isOurs {
                            try await ours(cluster, count)
                        } else {
                            try await bareLoop(cluster, count, inventories: inventories ?? count)
                        }
                    }.seconds
                }
            }
            times.append((measured[true] ?? 0, measured[false] ?? 0))
        }
        let ratios = times.map { $0.ours / $0.bare }.sorted()
        let middle = times.sorted { $0.ours < $1.ours }[rounds / 2]
        let bare = times.map(\.bare).sorted()[rounds / 2]
        Report.row(
            name, "\(middle.ours.text(2)) s",
            "bare loop \(bare.text(2)) s, ratio \(ratios[rounds / 2].text(2)) (of \(rounds): \(ratios[0].text(2)) to \(ratios[rounds - 1].text(2)))"
        )
    }

    @Sendable private static func applyMany(_ cluster: Cluster, _ count: Int) async throws {
        try await forEach(0..<count) { index in
            try await cluster.apply("app-\(index)", Workload.manifests(1, prefix: "app-\(index)"))
        }
    }

    @Sendable private static func applyOne(_ cluster: Cluster, _ count: Int) async throws {
        try await cluster.apply("all", Workload.manifests(count))
    }

    /// For each application: the inventory, the objects, the inventory.
    private static func bareLoop(_ cluster: Cluster, _ count: Int, inventories: Int) async throws {
        let objects = Workload.manifests(count)
        let size = objects.count / inventories
        try await forEach(0..<inventories) { index in try await cluster.writeInventory(index, version: 1, entries: size) }
        try await forEach(objects.indices) { index in try await cluster.patch(objects[index]) }
        try await forEach(0..<inventories) { index in try await cluster.writeInventory(index, version: 2, entries: size) }
    }

    static func forEach(_ range: Range<Int>, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        _ = try await Bounded.map(Array(range), limit: concurrency, body)
    }
}

/// A fresh server, a namespace, and a client and target for it.
struct Cluster: Sendable {
    static let userAgent = "plumb-benchmark"

    let server: KubeServer
    let client: KubernetesClient
    let live: LiveCluster
    let target: KubernetesTarget
    let resources: [String: APIResource]
    private let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }

    static func with<Result: Sendable>(
        isWatched: Bool = false, _ body: (Cluster) async throws -> Result
    ) async throws -> Result {
        try await KubeServer.with { server in
            let configuration = try await KubernetesConfiguration.load(
                kubeconfig: try server.kubeconfig(user: .admin, namespace: "default"), context: nil, environment: [:])
            let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
            let client = try KubernetesClient(configuration: configuration, userAgent: userAgent, logger: logger)
            let discovery = try await client.discovery()
            var resources: [String: APIResource] = [:]
            for (version, kind) in [
                ("v1", "ServiceAccount"), ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Namespace"), ("apps/v1", "Deployment"),
                ("networking.k8s.io/v1", "Ingress"),
            ] {
                resources[kind] = discovery.resource(apiVersion: version, kind: kind)
            }
            let live = LiveCluster(client: client, logger: logger)
            let cluster = Cluster(
                server: server, client: client, live: live, target: live.target(), resources: resources)
            let watch = isWatched ? Task { await live.watch { _ in } } : nil
            func end() async throws {
                watch?.cancel()
                await watch?.value
                await live.close()
                try await client.shutdown()
            }
            let result: Result
            do {
                try await cluster.warmUp()
                result = try await body(cluster)
            } catch {
                try await end()
                throw error
            }
            try await end()
            return result
        }
    }

    /// Namespaces, discovery and the installation are there before the clock starts: an operator has long made them.
    private func warmUp() async throws {
        try await apply("warm-up", Workload.manifests(1, prefix: "warm-up"))
    }

    func apply(_ name: String, _ manifests: [Value]) async throws {
        var application = Application(name: name)
        application.target.namespace = "bench"
        application.target.createNamespace = name == "warm-up"
        let request = SyncRequest(
            application: application, manifests: manifests.map { Manifest(value: $0, origin: Origin(file: "bench.yaml")) },
            tree: MemoryTree([:] as [TreePath: [UInt8]]), revision: "bench")
        let report = try await SyncEngine(target: target, holder: .thisProcess(), logger: logger).apply(request)
        guard !report.hasFailed, !report.isHeld else {
            throw PlumbError(.failed, "The benchmark's application \(name) was not applied.")
        }
    }

    func patch(_ object: Value) async throws {
        guard let resource = resources[object["kind"]?.string ?? ""], let name = object.at("metadata", "name")?.string else {
            return
        }
        _ = try await client.apply(resource, namespace: "bench", name: name, body: object, fieldManager: "bare", force: true)
    }

    func writeInventory(_ index: Int, version: Int, entries: Int) async throws {
        guard let resource = resources["ConfigMap"] else { return }
        let body: Value = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string("bare-\(index)")],
            "data": ["version": .string("\(version)"), "entries": .string(String(repeating: "x", count: entries * 400))],
        ]
        _ = try await client.apply(
            resource, namespace: "plumb-system", name: "bare-\(index)", body: body, fieldManager: "bare", force: true)
    }
}
