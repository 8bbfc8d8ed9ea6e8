import Foundation
import Manifests
import Synchronization
import TestSupport

/// A fresh API server, a repository of many applications, and `plumb serve` between them.
struct OperatedCluster: Sendable {
    let server: KubeServer
    let directory: String
    let process: ServerProcess
    private let started: ContinuousClock.Instant

    static let namespace = "bench"

    static func with(_ body: (OperatedCluster) async throws -> Void) async throws {
        try await KubeServer.with { server in
            try await TemporaryDirectory.with("operated") { directory in
                try await server.check(
                    "POST", "/api/v1/namespaces",
                    body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(namespace)"}}"#)
                try await writeRepository(directory)
                let started = ContinuousClock.now
                let process = try await PlumbBinary.start(
                    [
                        "serve", "--repository", "\(directory)/repository", "--kubeconfig", try server.kubeconfig(), "--data-dir",
                        "\(directory)/state", "--listen", "127.0.0.1:0",
                    ], directory: directory)
                let cluster = OperatedCluster(server: server, directory: directory, process: process, started: started)
                do { try await body(cluster) } catch {
                    await process.kill()
                    throw error
                }
                await process.kill()
            }
        }
    }

    /// Waits until every application is applied.
    /// - Returns: seconds since the start, and seconds of CPU.
    func start() async throws -> (Double, cpu: Double) {
        _ = try await eventually("every application is applied", within: .seconds(600), every: .milliseconds(250)) {
            let text = try await server.check("GET", "/apis/apps/v1/namespaces/\(Self.namespace)/deployments?limit=1")
            let list = try JSON.parse(Array(text.utf8), file: "deployments")
            let rest = list.at("metadata", "remainingItemCount")?.integer ?? 0
            return rest + 1 >= Int64(OperatorBenchmarks.count) ? true : nil
        }
        _ = try await eventually("every inventory says so", within: .seconds(120), every: .milliseconds(250)) {
            try await applications().allSatisfy { $0.at("sync", "status")?.string == "Synced" } ? true : nil
        }
        return ((ContinuousClock.now - started).seconds, try usage().cpu)
    }

    /// Does what the controllers of a whole cluster would have done by now.
    func makeHealthy() async throws {
        let replicas: Value = 2
        let deployment: Value = [
            "status": [
                "observedGeneration": 1, "replicas": replicas, "updatedReplicas": replicas, "readyReplicas": replicas,
                "availableReplicas": replicas,
                "conditions": [["type": "Available", "status": "True"]],
            ]
        ]
        let ingress: Value = ["status": ["loadBalancer": ["ingress": [["ip": "192.0.2.1"]]]]]
        try await ApplyBenchmarks.forEach(0..<OperatorBenchmarks.count) { index in
            let name = "app-\(index)-0"
            try await patch("/apis/apps/v1/namespaces/\(Self.namespace)/deployments/\(name)/status", deployment)
            try await patch("/apis/networking.k8s.io/v1/namespaces/\(Self.namespace)/ingresses/\(name)/status", ingress)
        }
        _ = try await eventually("every application is healthy", within: .seconds(120), every: .milliseconds(500)) {
            let busy = try await applications().filter { application in
                application.at("health", "status")?.string != "Healthy"
                    || application.at("operation", "phase")?.string != "Succeeded"
            }
            guard busy.isEmpty else { throw TestSupportError("\(busy.count) are not, such as \(busy[0].json)") }
            return true
        }
    }

    private func patch(_ path: String, _ body: Value) async throws {
        try await server.check("PATCH", path, body: body.json, contentType: "application/merge-patch+json")
    }

    /// What the operator asked, but watches.
    func requests(since mark: AuditLog.Mark) async throws -> [AuditEntry] {
        try await server.auditLog.entries(since: mark) { $0.userAgent.hasPrefix("plumb/") && $0.verb != "watch" }
    }

    func watches(since mark: AuditLog.Mark) async throws -> [AuditEntry] {
        try await server.auditLog.entries(since: mark) { $0.userAgent.hasPrefix("plumb/") && $0.verb == "watch" }
    }

    /// Gives the application's Deployment another image. Returns the seconds from the commit to the server's new object.
    func commitAndWait(_ name: String, image: String) async throws -> Double {
        let image = "registry.example.com/\(image)"
        let file = "\(directory)/repository/apps/\(name)/objects.yaml"
        let lines = try Files.read(file).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let colon = line.firstRange(of: "image: ") else { return String(line) }
            return line[..<colon.upperBound] + image
        }
        try Files.write(lines.joined(separator: "\n"), to: file)
        try await Self.git(["add", "-A"], directory)
        try await Self.git(["commit", "--quiet", "--message", "Another image"], directory)
        return try await seconds("\(name) has \(image)") {
            try await deployment(name).at("spec", "template", "spec", "containers")?.array?.first?["image"]?.string == image
        }
    }

    /// Scales the application's Deployment as another manager. Returns the seconds until it is as declared.
    func scaleAndWait(_ name: String) async throws -> Double {
        let generation = try await deployment(name).at("metadata", "generation")?.integer ?? 0
        try await patch(
            "/apis/apps/v1/namespaces/\(Self.namespace)/deployments/\(name)-0?fieldManager=somebody", ["spec": ["replicas": 7]])
        return try await seconds("\(name) is scaled back") {
            let live = try await deployment(name)
            return live.at("spec", "replicas")?.integer == 2 && live.at("metadata", "generation")?.integer == generation + 2
        }
    }

    private func deployment(_ name: String) async throws -> Value {
        let text = try await server.check("GET", "/apis/apps/v1/namespaces/\(Self.namespace)/deployments/\(name)-0")
        return try JSON.parse(Array(text.utf8), file: "deployment")
    }

    private func seconds(_ what: String, _ condition: () async throws -> Bool) async throws -> Double {
        try await ContinuousClock().measure {
            _ = try await eventually(what, every: .milliseconds(2)) { try await condition() ? true : nil }
        }.seconds
    }

    private func applications() async throws -> [Value] {
        let output = try await ProcessRunner.check(
            try PlumbBinary.path(), ["get", "applications", "-o", "json", "--data-dir", "\(directory)/state"])
        return try JSON.parse(Array(output.utf8), file: "applications")["items"]?.array ?? []
    }

    /// Of the operator and of the children that it has waited for.
    func usage() throws -> (cpu: Double, megabytes: Double, peak: Double) {
        let fields = try Files.read("/proc/\(process.processID)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        // utime, stime, cutime and cstime, in clock ticks.
        let ticks = fields.dropFirst(11).prefix(4).compactMap { Double($0) }.reduce(0, +)
        let status = try Files.read("/proc/\(process.processID)/status")
        func megabytes(_ name: String) -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return (Double(line.filter(\.isNumber)) ?? 0) / 1024
        }
        return (ticks / Double(sysconf(Int32(_SC_CLK_TCK))), megabytes("VmRSS:"), megabytes("VmHWM:"))
    }

    private static func writeRepository(_ directory: String) async throws {
        for index in 0..<OperatorBenchmarks.count {
            let name = "app-\(index)"
            try Files.write(
                Workload.yaml(1, prefix: name), to: "\(directory)/repository/apps/\(name)/objects.yaml")
            try Files.write(
                """
                apiVersion: plumb.dev/v1alpha1
                kind: Application
                metadata: {name: \(name)}
                spec:
                  sources: [{path: apps/\(name)}]
                  target: {namespace: \(namespace)}

                """, to: "\(directory)/repository/plumb/\(name).yaml")
        }
        try await ProcessRunner.check("git", ["init", "--quiet", "--initial-branch", "main", "\(directory)/repository"])
        try await git(["add", "-A"], directory)
        try await git(["commit", "--quiet", "--message", "The beginning"], directory)
    }

    private static func git(_ arguments: [String], _ directory: String) async throws {
        try await ProcessRunner.check(
            "git", ["-C", "\(directory)/repository", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"] + arguments)
    }
}
