import ArgumentParser
import KubernetesClient
import KubernetesTarget
import Manifests
import Model

/// Is this machine ready: what is missing, and what to do about it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether this machine is ready, and what is missing.",
        discussion:
            "Looks at git, at the cluster if there is a kubeconfig, and at the host's root if --root is given. Writes nothing.")

    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        var findings = [await MachineChecks.git()]
        findings += await MachineChecks.cluster(targetOptions)
        if let root = targetOptions.root { findings.append(await MachineChecks.host(root)) }
        outputOptions.output.print(["checks": .array(findings.map(\.value))]) {
            var table = Table(header: ["CHECK", "STATE", "DETAIL"])
            table.rows = findings.map { [$0.name, $0.state.rawValue, $0.detail] }
            return table.text
        }
        if findings.contains(where: { $0.state == .missing }) { throw CommandExit.error }
    }
}

struct Finding: Sendable {
    enum State: String, Sendable { case ok, missing, skipped }

    let name: String
    let state: State
    let detail: String

    var value: Value { ["name": .string(name), "state": .string(state.rawValue), "detail": .string(detail)] }
}
