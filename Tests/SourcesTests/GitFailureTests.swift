import Model
import Sources
import TestSupport
import Testing

/// Each way in which a repository cannot be had is told from the others, for real, without a secret in the sentence.
@Suite struct GitFailureTests {
    private static let secret = "s3cret/Wrong+Word"

    enum Server: Sendable {
        case open, password, token, tls
        case fault(GitHTTPServer.Fault)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let server: Server
        var credentials = GitCredentials.none
        var repository = "app.git"
        let code: PlumbError.Code
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "no repository", server: .open, repository: "other.git", code: .repositoryNotFound),
        Case(name: "no credentials", server: .password, code: .denied),
        Case(
            name: "wrong password", server: .password, credentials: GitCredentials(.userPassword(user: "me", password: secret)),
            code: .denied),
        Case(name: "no token", server: .token, code: .denied),
        Case(name: "wrong token", server: .token, credentials: GitCredentials(.bearerToken(secret)), code: .denied),
        Case(name: "forbidden", server: .fault(.status(403)), credentials: GitCredentials(.bearerToken(secret)), code: .denied),
        Case(name: "server error", server: .fault(.status(503)), code: .unreachable),
        Case(name: "silence", server: .fault(.silence), code: .timedOut),
        Case(name: "unknown authority", server: .tls, code: .certificateNotTrusted),
    ]

    @Test(arguments: cases) func isTold(_ test: Case) async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await Self.with(test.server, scratch) { server in
                let url = server.url(of: scratch.repository).replacing("app.git", with: test.repository)
                let limits = GitLimits(stall: .seconds(test.code == .timedOut ? 1 : 60), query: .seconds(120))
                try await scratch.source(url, test.credentials, limits: limits) { source in
                    let error = await failure { _ = try await source.resolve() }
                    #expect(error?.code == test.code, "\(error as Any)")
                    #expect(error?.message.contains(url) == true, "\(error as Any)")
                    #expect(error?.remedy != nil)
                    #expect(error?.description.contains("s3cret") == false)
                }
            }
        }
    }

    @Test(arguments: ["http://127.0.0.1:PORT/app.git", "git://127.0.0.1:PORT/app.git", "https://no-such-host.invalid/app.git"])
    func saysThatNobodyAnswers(url: String) async throws {
        try await Scratch.with { scratch in
            let port = try FreePort.next()
            try await scratch.source(url.replacing("PORT", with: "\(port)")) { source in
                #expect(await failure { _ = try await source.resolve() }?.code == .unreachable)
            }
        }
    }

    @Test func saysThatNobodyAnswersOverSSH() async throws {
        try await Scratch.with { scratch in
            let port = try FreePort.next()
            let credentials = GitCredentials(.sshKey(identity: "x", knownHosts: "x"))
            try await scratch.source("ssh://git@127.0.0.1:\(port)/app.git", credentials) { source in
                #expect(await failure { _ = try await source.resolve() }?.code == .unreachable)
            }
        }
    }

    @Test(arguments: ["", "file://"]) func saysThatThereIsNoRepository(scheme: String) async throws {
        try await Scratch.with { scratch in
            try await scratch.source("\(scheme)\(scratch.directory)") { source in
                #expect(await failure { _ = try await source.resolve() }?.code == .repositoryNotFound)
            }
        }
    }

    @Test func stopsWaitingWhenTheTimeIsUp() async throws {
        try await Scratch.with { scratch in
            try await Self.with(.fault(.silence), scratch) { server in
                let limits = GitLimits(stall: .seconds(600), query: .seconds(1))
                try await scratch.source(server.url(of: scratch.repository), limits: limits) { source in
                    #expect(await failure { _ = try await source.resolve() }?.code == .timedOut)
                }
                try await Self.expectNoProcess(naming: server.url(of: scratch.repository))
            }
        }
    }

    @Test func canBeCancelled() async throws {
        try await Scratch.with { scratch in
            try await Self.with(.fault(.silence), scratch) { server in
                let url = server.url(of: scratch.repository)
                try await scratch.source(url) { source in
                    let task = Task { try await source.resolve() }
                    try await eventually("git asks the server") {
                        try await ProcessRunner.run("pgrep", ["-f", "ls-remote.*\(url)"]).succeeded ? () : nil
                    }
                    task.cancel()
                    await #expect(throws: CancellationError.self) { try await task.value }
                }
                try await Self.expectNoProcess(naming: url)
            }
        }
    }

    /// A process that has gone is gone from the list a moment later.
    static func expectNoProcess(naming text: String) async throws {
        try await eventually("no process is left") { try await ProcessRunner.run("pgrep", ["-f", text]).succeeded ? nil : () }
    }

    private static func with(_ kind: Server, _ scratch: Scratch, _ body: (GitHTTPServer) async throws -> Void) async throws {
        let authentication: GitHTTPServer.Authentication =
            switch kind {
            case .password: .basic(user: "me", password: "right")
            case .token: .bearer("right")
            default: .none
            }
        let isTLS = if case .tls = kind { true } else { false }
        try await GitHTTPServer.with(serving: scratch.directory, authentication: authentication, tls: isTLS) { server in
            if case .fault(let fault) = kind { server.set(fault) }
            try await body(server)
        }
    }
}
