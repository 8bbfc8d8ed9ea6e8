import Manifests
import Model
import OperatorTestSupport
import Server
import TestSupport

/// `plumb` talking to a scripted operator over its API.
struct RunningOperator: Sendable {
    let served: ServedOperator
    /// Of the operator, and the home of who asks.
    let directory: String

    var script: ScriptedOperator { served.script }

    static func with<Result: Sendable>(
        _ script: ScriptedOperator? = nil, limits: APIServer.Limits = APIServer.Limits(),
        _ body: @escaping @Sendable (RunningOperator) async throws -> Result
    ) async throws -> Result {
        let script = if let script { script } else { await usualScript() }
        return try await TemporaryDirectory.with("operator") { directory in
            try await ServedOperator.with(script, limits: limits, file: ServerFile(directory: directory)) { served in
                let running = RunningOperator(served: served, directory: directory)
                try await eventually("server.json") { Files.exists("\(directory)/server.json") ? true : nil }
                return try await body(running)
            }
        }
    }

    /// A healthy application, and one with all that can be wrong.
    static func usualScript() async -> ScriptedOperator {
        let script = ScriptedOperator(
            applications: [Scripted.healthy("shop"), Scripted.troubled("wiki")], repositories: [Scripted.repository("main")],
            targets: [Scripted.target("kubernetes")])
        await script.set(plan: Scripted.plan("shop"), of: "shop")
        await script.set(history: [Scripted.history("shop", 1)], of: "shop")
        return script
    }

    func plumb(_ arguments: String..., environment: [String: String] = [:]) async throws -> ProcessOutput {
        try await Self.plumb(arguments + ["--data-dir", directory], home: directory, environment: environment)
    }

    static func plumb(
        _ arguments: [String], home: String, environment: [String: String] = [:]
    ) async throws -> ProcessOutput {
        let own = ["HOME": home, "USER": "ada"].merging(environment) { $1 }
        return try await ProcessRunner.run(try PlumbBinary.path(), arguments, environment: own, timeout: .seconds(60))
    }
}
