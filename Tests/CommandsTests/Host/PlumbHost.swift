import Glibc
import Model
import TestSupport

/// A host's root, the desired state beside it, and `plumb` between the two. What runs below it ends with it.
struct PlumbHost: Sendable {
    /// Everything of the test; no other process has it among its arguments.
    let scratch: String

    /// The desired state.
    var source: String { "\(scratch)/app" }
    var root: String { "\(scratch)/root" }
    var environment: [String: String] { ["HOME": scratch, "XDG_CACHE_HOME": "\(scratch)/cache", "KUBECONFIG": "\(scratch)/none"] }

    /// All tests begin at once; with as many programs at once each would be so slow that its deadlines pass.
    private static let places = Gate(width: 6)

    static func with<Result: Sendable>(
        _ files: [String: String] = [:], _ body: (PlumbHost) async throws -> Result
    ) async throws -> Result {
        try await places.pass { try await place(files, body) }
    }

    private static func place<Result>(
        _ files: [String: String], _ body: (PlumbHost) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with("host") { path in
            let host = PlumbHost(scratch: path)
            do {
                try host.write(files)
                let result = try await body(host)
                await host.stopAll()
                return result
            } catch {
                await host.stopAll()
                throw error
            }
        }
    }

    // MARK: Files

    /// Writes files of the source; nil removes one.
    func write(_ files: [String: String?]) throws {
        for (name, text) in files {
            if let text { try Files.write(text, to: "\(source)/\(name)") } else { unlink("\(source)/\(name)") }
        }
    }

    func live(_ path: String) -> String? { try? Files.read("\(root)/\(path)") }

    /// Every entry below a directory with its kind, mode and content: two that are equal are the same tree.
    func tree(_ path: String) async throws -> String {
        try await ProcessRunner.check(
            "sh",
            [
                "-c",
                "[ -e \"$0\" ] || exit 0; cd \"$0\" && find . -printf '%p %y %m %l\\n' | sort && find . -type f -exec sha256sum {} + | sort",
                path,
            ])
    }

    // MARK: Plumb

    /// `plumb ARGUMENTS --root ROOT`.
    func plumb(_ arguments: String...) async throws -> ProcessOutput { try await plumb(arguments) }

    func plumb(_ arguments: [String]) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            try PlumbBinary.path(), arguments + ["--root", root], environment: environment, in: scratch, timeout: .seconds(60))
    }

    func apply(_ more: String..., name: String = "app") async throws -> ProcessOutput {
        try await plumb(["apply", source, "--name", name] + more)
    }

    func plan(_ more: String..., name: String = "app") async throws -> ProcessOutput {
        try await plumb(["plan", source, "--name", name] + more)
    }

    /// `plumb` in the middle of whose work the power goes after so many milliseconds.
    func killed(after milliseconds: Int, _ arguments: [String]) async throws {
        let seconds = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
        _ = try await ProcessRunner.run(
            "timeout", ["--signal=KILL", seconds, try PlumbBinary.path()] + arguments + ["--root", root], environment: environment,
            in: scratch)
    }

    /// `plumb`, killed in the place of its `step`-th change of the host; it ends by itself where it has not as many.
    func killed(at step: Int, _ arguments: [String]) async throws -> ProcessOutput {
        let library = try PlumbBinary.path(of: "libHostFaults.so")
        return try await ProcessRunner.run(
            try PlumbBinary.path(), arguments + ["--root", root],
            environment: environment.merging(["LD_PRELOAD": library, "PLUMB_FAULT_STEP": "\(step)"]) { $1 }, in: scratch,
            timeout: .seconds(60))
    }

    // MARK: Processes

    var supervisors: [Int32] { get async throws { try await running("supervise --state \(root)/") } }

    /// The processes that have this among their arguments.
    func running(_ words: String) async throws -> [Int32] {
        try await ProcessRunner.run("pgrep", ["-f", "--", words]).stdout.split(separator: "\n").compactMap { Int32($0) }
    }

    private func stopAll() async {
        // Supervisors first: they start what they find ended.
        for process in (try? await supervisors) ?? [] { kill(process, SIGKILL) }
        for process in (try? await running("\(scratch)/")) ?? [] { kill(process, SIGKILL) }
    }
}

/// Desired objects as YAML.
enum Sample {
    static func file(_ name: String, path: String, content: String, more: String = "") -> String {
        """
        apiVersion: host.plumb.dev/v1alpha1
        kind: File
        metadata: {name: \(name)}
        spec: {path: \(path), content: "\(content)"\(more)}

        """
    }

    static func process(_ name: String, _ command: [String], more: String = "", annotations: String = "") -> String {
        """
        apiVersion: host.plumb.dev/v1alpha1
        kind: Process
        metadata: {name: \(name)\(annotations.isEmpty ? "" : ", annotations: {\(annotations)}")}
        spec:
          command: [\(command.map { "\"\($0)\"" }.joined(separator: ", "))]
        \(more)

        """
    }
}

extension PlumbHost {
    /// A page, and a process that follows it and so has the root among its arguments.
    func website(page: String, lines: Int = 1) -> [String: String] {
        [
            "page.yaml": Sample.file("page", path: "www/index.html", content: page),
            "web.yaml": Sample.process("web", watching(lines)),
        ]
    }

    func watching(_ lines: Int = 1) -> [String] { ["tail", "-n", "\(lines)", "-f", "\(root)/www/index.html"] }

    /// The pids of what `website` runs.
    func watchers(_ lines: Int = 1) async throws -> [Int32] { try await running("^tail -n \(lines) -f \(root)/") }

    var allWatchers: [Int32] { get async throws { try await running("^tail -n [0-9]+ -f \(root)/") } }
}
