import Manifests
import TestSupport

/// An operator on a host: a repository that somebody commits to, `plumb serve`, and the verbs that ask it.
struct ServedHost: Sendable {
    let host: PlumbHost
    let process: ServerProcess

    var repository: String { "\(host.scratch)/repository" }
    var data: String { "\(host.scratch)/state" }

    /// Commits the files, starts the operator on them, and ends it and all that it started.
    static func with<Result: Sendable>(
        _ files: [String: String], _ flags: [String] = [], _ body: (ServedHost) async throws -> Result
    ) async throws -> Result {
        try await PlumbHost.with { host in
            let repository = "\(host.scratch)/repository"
            try await ProcessRunner.check("git", ["init", "--quiet", "--initial-branch", "main", repository])
            let served = ServedHost(host: host, process: try await start(host, files, flags))
            do {
                let result = try await body(served)
                await served.process.kill()
                return result
            } catch {
                let log = (try? Files.read(served.process.logFile)) ?? ""
                print("the operator's log:\n\(log.suffix(4000))")
                await served.process.kill()
                throw error
            }
        }
    }

    private static func start(_ host: PlumbHost, _ files: [String: String], _ flags: [String]) async throws -> ServerProcess {
        let repository = "\(host.scratch)/repository"
        try await commit(files, "The beginning", in: repository)
        return try await start(host, flags)
    }

    static func start(_ host: PlumbHost, _ flags: [String]) async throws -> ServerProcess {
        try await PlumbBinary.start(
            [
                "serve", "--repository", "\(host.scratch)/repository", "--root", host.root, "--data-dir", "\(host.scratch)/state",
                "--listen", "127.0.0.1:0",
            ] + flags, environment: host.environment, directory: host.scratch)
    }

    // MARK: Committing

    /// nil removes a file. Returns the commit.
    @discardableResult
    func commit(_ files: [String: String?], _ message: String) async throws -> String {
        try await Self.commit(files, message, in: repository)
    }

    @discardableResult
    static func commit(_ files: [String: String?], _ message: String, in repository: String) async throws -> String {
        for (name, text) in files {
            if let text {
                try Files.write(text, to: "\(repository)/\(name)")
            } else {
                try await git(["rm", "--quiet", name], repository)
            }
        }
        try await git(["add", "-A"], repository)
        try await git(["commit", "--quiet", "--message", message], repository)
        return try await git(["rev-parse", "HEAD"], repository)
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String { try await Self.git(arguments, repository) }

    @discardableResult
    private static func git(_ arguments: [String], _ repository: String) async throws -> String {
        try await ProcessRunner.check(
            "git", ["-C", repository, "-c", "user.name=Ann", "-c", "user.email=ann@example.com"] + arguments
        ).split(separator: "\n").joined(separator: "\n")
    }

    // MARK: Asking

    /// `plumb ARGUMENTS --data-dir …`.
    func plumb(_ arguments: String...) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            try PlumbBinary.path(), arguments + ["--data-dir", data], environment: host.environment, in: host.scratch,
            timeout: .seconds(60))
    }

    func status(_ name: String) async throws -> Value {
        let output = try await plumb("get", "application", name, "-o", "json")
        guard output.status == 0 else { throw TestSupportError("plumb get: \(output.stderr)") }
        return try JSON.parse(Array(output.stdout.utf8), file: "status")
    }

    /// Waits until the application is as a condition wants it.
    @discardableResult
    func wait(_ name: String, _ what: String, until condition: @escaping (Value) -> Bool) async throws -> Value {
        var last = Value.null
        do {
            return try await eventually("\(name) is \(what)", within: .seconds(60), every: .milliseconds(100)) {
                last = try await status(name)
                return condition(last) ? last : nil
            }
        } catch {
            throw TestSupportError("\(error); the last status was \(last.json)")
        }
    }

    @discardableResult
    func settled(_ name: String, at commit: String? = nil) async throws -> Value {
        try await wait(name, "Synced and Healthy\(commit.map { " at \($0)" } ?? "")") { status in
            status.at("sync", "status")?.string == "Synced" && status.at("health", "status")?.string == "Healthy"
                && (commit.map { status["revisions"]?.array?.first?.string?.hasSuffix($0) ?? false } ?? true)
        }
    }

    func events(_ name: String? = nil) async throws -> [Value] {
        let arguments = ["events"] + (name.map { [$0] } ?? []) + ["-o", "json", "--data-dir", data]
        let output = try await ProcessRunner.run(try PlumbBinary.path(), arguments, environment: host.environment, in: host.scratch)
        return try JSON.parse(Array(output.stdout.utf8), file: "events")["items"]?.array ?? []
    }

    /// Waits until the page that the application serves says this.
    func page(says text: String) async throws {
        _ = try await eventually("the page says \(text)", within: .seconds(60)) { host.live("www/index.html") == text ? true : nil }
    }
}

extension ServedHost {
    /// One application, `site`: a page and a process that follows it.
    static func site(_ host: String = "site", page: String, settings: String = "") -> [String: String] {
        [
            "plumb/\(host).yaml": application(host, settings: settings),
            "\(host)/page.yaml": Sample.file("page", path: "www/index.html", content: page),
            "\(host)/web.yaml": Sample.process("web", ["tail", "-f", "www/index.html"]),
        ]
    }

    static func application(_ name: String, path: String? = nil, settings: String = "") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: \(name)}
        spec:
          sources: [{path: \(path ?? name)}]
        \(settings)

        """
    }
}
