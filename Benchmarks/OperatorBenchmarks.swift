import Foundation
import Manifests
import Model
import TestSupport

/// `plumb serve` itself, with 1000 applications of four objects in one repository, on a fresh API server.
enum OperatorBenchmarks {
    static let count = number("APPLICATIONS", 1000)
    private static let rounds = 10

    static func run() async throws {
        try await OperatedCluster.with { cluster in
            try await firstSync(cluster)
            try await steadyState(cluster)
            try await changes(cluster)
        }
    }

    private static func firstSync(_ cluster: OperatedCluster) async throws {
        let mark = try await cluster.server.auditLog.mark()
        let (ours, cpu) = try await cluster.start()
        let requests = try await cluster.requests(since: mark)
        Report.row(
            "`plumb serve`: first sync of \(count) applications × 4 objects", "\(ours.text(1)) s",
            "\((Double(requests.count) / Double(count)).text(2)) requests an application, \(cpu.text(1)) s of CPU")
        try await cluster.makeHealthy()
    }

    private static func steadyState(_ cluster: OperatedCluster) async throws {
        let mark = try await cluster.server.auditLog.mark()
        let before = try cluster.usage()
        let time = try await ContinuousClock().measure { try await Task.sleep(for: .seconds(seconds)) }
        let after = try cluster.usage()
        let requests = try await cluster.requests(since: mark)
        let watches = try await cluster.watches(since: mark)
        let share = (after.cpu - before.cpu) / time.seconds * 100
        Report.row(
            "…, \(seconds) s of steady state",
            "\(requests.count) requests besides watches (\(watches.count) opened again), \(share.text(1)) % of a core",
            "\(after.megabytes.text(0)) MiB resident (most of all: \(after.peak.text(0)) MiB)")
    }

    /// How long nothing happens.
    private static let seconds = number("STEADY_SECONDS", 120)

    private static func number(_ variable: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? standard
    }

    private static func changes(_ cluster: OperatedCluster) async throws {
        var commits: [Double] = []
        var fixes: [Double] = []
        var drifts: [Double] = []
        for round in 0..<rounds {
            // Nothing makes the Deployment of a new image ready: the operation waits for its health, and the next commit overtakes it.
            commits.append(try await cluster.commitAndWait("app-\(round * 90 % count)", image: "new:\(round)"))
            fixes.append(try await cluster.commitAndWait("app-\(round * 90 % count)", image: "fix:\(round)"))
            drifts.append(try await cluster.scaleAndWait("app-\((round * 90 + 45) % count)"))
        }
        row("…, a commit that changes one application, until the server has it", commits)
        row("…, the fix of it, while its health is waited for, until the server has it", fixes)
        row("…, a Deployment scaled by somebody, until it is scaled back", drifts)
    }

    private static func row(_ name: String, _ times: [Double]) {
        let times = times.sorted()
        Report.row(
            name, "\((times[times.count / 2] * 1000).text(0)) ms",
            "the slowest of \(times.count): \((times[times.count - 1] * 1000).text(0)) ms")
    }
}
