import Manifests
import Model
import Subprocess
import SystemPackage

/// A program that hands out credentials (`users[].user.exec` of a kubeconfig; client-go credential plugins).
struct ExecPlugin: Sendable {
    /// `client.authentication.k8s.io/v1` or `…/v1beta1`; the plugin has to answer in the same.
    var apiVersion: String
    /// A name for `$PATH`, or a path, already made absolute.
    var command: String
    var arguments: [String]
    /// The whole environment, with the variables that the kubeconfig adds.
    var environment: [String: String]
    var installHint: String?
    /// What `provideClusterInfo` asks for.
    var cluster: Value?
    /// Words for messages: the file and the user.
    var place: String

    private static let outputLimit = 1 << 20

    /// Runs the program and reads what it prints. It gets no terminal and no input.
    func run(timeout: Duration) async throws -> ExecCredential {
        let output: (status: TerminationStatus, standard: [UInt8], error: String)
        do {
            output = try await withDeadline(timeout) { try await spawn() }
        } catch is DeadlineExceeded {
            throw PlumbError(
                .timedOut, "\(words) had not answered after \(timeout).", remedy: "Run it by hand; it may be waiting for a person.")
        } catch let error as SubprocessError {
            throw refusal(of: error)
        }
        guard output.status.isSuccess else {
            let said = Confidential.masked(output.error)
            throw PlumbError(
                .denied, "\(words) failed (\(Self.words(output.status)))\(said.isEmpty ? "" : ": \(said)")",
                remedy: "Run it by hand, or log in again with the tool it belongs to.")
        }
        do {
            return try ExecCredential(output.standard, apiVersion: apiVersion)
        } catch let error as PlumbError {
            throw PlumbError(.denied, "\(words) gave no usable credential: \(error.message).")
        }
    }

    private func spawn() async throws -> (status: TerminationStatus, standard: [UInt8], error: String) {
        var options = PlatformOptions()
        // A session of its own: the plugin cannot ask on the terminal, and what it has started ends with it.
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let result = try await Subprocess.run(
            command.contains("/") ? .path(FilePath(command)) : .name(command),
            arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: fullEnvironment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            platformOptions: options,
            input: .none,
            output: .bytes(limit: Self.outputLimit),
            error: .string(limit: Self.outputLimit))
        return (result.terminationStatus, result.standardOutput, result.standardError)
    }

    private var fullEnvironment: [String: String] {
        var spec: Value = ["interactive": false]
        if let cluster { spec["cluster"] = cluster }
        let info: Value = ["apiVersion": .string(apiVersion), "kind": "ExecCredential", "spec": spec]
        return environment.merging(["KUBERNETES_EXEC_INFO": String(decoding: JSON.serialize(info), as: UTF8.self)]) { $1 }
    }

    private var words: String { "The credential plugin \(command.quoted) (\(place))" }

    private func refusal(of error: SubprocessError) -> PlumbError {
        if error.code == .outputLimitExceeded {
            return PlumbError(.denied, "\(words) printed more than \(Self.outputLimit) bytes.")
        }
        let isMissing = error.code == .executableNotFound
        return PlumbError(
            .denied, "\(words) \(isMissing ? "is not installed" : "cannot be started").",
            remedy: installHint.map { Confidential.clean($0, hiding: []) } ?? "Install it, or correct exec.command of the user.")
    }

    private static func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit code \(code)"
        case .signaled(let signal): "ended by signal \(signal)"
        }
    }
}
