import Manifests
import TestSupport

/// An operator on a cluster, with one application in a namespace of its own; on the shared server, beside everybody else's.
struct ServedCluster: Sendable {
    let app: ClusterApp
    let process: ServerProcess

    var repository: String { "\(app.directory)/repository" }
    var data: String { "\(app.directory)/state" }

    /// `NAMESPACE` in `target` stands for the namespace.
    static func with<Result: Sendable>(
        _ documents: [String], settings: String = "", target: String = "{namespace: NAMESPACE}", flags: [String] = [],
        on server: KubeServer? = nil, _ body: (ServedCluster) async throws -> Result
    ) async throws -> Result {
        try await with(
            files: { app in
                [
                    "plumb/app.yaml": """
                    apiVersion: plumb.dev/v1alpha1
                    kind: Application
                    metadata: {name: \(app.name)}
                    spec:
                      sources: [{path: app}]
                      target: \(target.replacing("NAMESPACE", with: app.namespace))
                    \(settings)
                    """,
                    "app/objects.yaml": documents.joined(separator: "\n---\n"),
                ]
            }, flags: flags, on: server, body)
    }

    static func with<Result: Sendable>(
        files: (ClusterApp) -> [String: String], flags: [String] = [], on server: KubeServer? = nil,
        _ body: (ServedCluster) async throws -> Result
    ) async throws -> Result {
        try await ClusterApp.with(on: server) { app in
            let repository = "\(app.directory)/repository"
            try await ProcessRunner.check("git", ["init", "--quiet", "--initial-branch", "main", repository])
            try await ServedHost.commit(files(app), "The beginning", in: repository)
            return try await served(app, flags, body)
        }
    }

    private static func served<Result>(
        _ app: ClusterApp, _ flags: [String], _ body: (ServedCluster) async throws -> Result
    ) async throws -> Result {
        let served = ServedCluster(app: app, process: try await start(app, flags))
        do {
            let result = try await body(served)
            await served.process.kill()
            return result
        } catch {
            print("the operator's log:\n\(((try? Files.read(served.process.logFile)) ?? "").suffix(4000))")
            await served.process.kill()
            throw error
        }
    }

    static func start(_ app: ClusterApp, _ flags: [String]) async throws -> ServerProcess {
        try await PlumbBinary.start(
            [
                "serve", "--repository", "\(app.directory)/repository", "--kubeconfig", app.kubeconfig, "--data-dir",
                "\(app.directory)/state", "--listen", "127.0.0.1:0",
            ] + flags, directory: app.directory)
    }

    /// Another operator on the same data, after this one was ended.
    func again(_ flags: String...) async throws -> ServedCluster {
        ServedCluster(app: app, process: try await Self.start(app, flags))
    }

    @discardableResult
    func commit(_ documents: [String], _ message: String) async throws -> String {
        try await ServedHost.commit(["app/objects.yaml": documents.joined(separator: "\n---\n")], message, in: repository)
    }

    func plumb(_ arguments: String...) async throws -> ProcessOutput {
        try await ProcessRunner.run(try PlumbBinary.path(), arguments + ["--data-dir", data], timeout: .seconds(60))
    }

    @discardableResult
    func wait(
        _ what: String, name: String? = nil, within limit: Duration = .seconds(60), until condition: @escaping (Value) -> Bool
    ) async throws -> Value {
        let name = name ?? app.name
        var last = Value.null
        do {
            return try await eventually("\(name) is \(what)", within: limit, every: .milliseconds(100)) {
                let output = try await plumb("get", "application", name, "-o", "json")
                guard output.status == 0 else { throw TestSupportError(output.stderr) }
                last = try JSON.parse(Array(output.stdout.utf8), file: "status")
                return condition(last) ? last : nil
            }
        } catch {
            throw TestSupportError("\(error); the last status was \(last.json)")
        }
    }

    @discardableResult
    func synced(at commit: String? = nil) async throws -> Value {
        try await wait("Synced") { status in
            status.at("sync", "status")?.string == "Synced"
                && (commit.map { status["revisions"]?.array?.first?.string?.hasSuffix($0) ?? false } ?? true)
        }
    }

    func events() async throws -> [Value] {
        let output = try await plumb("events", app.name, "-o", "json")
        return try JSON.parse(Array(output.stdout.utf8), file: "events")["items"]?.array ?? []
    }
}
