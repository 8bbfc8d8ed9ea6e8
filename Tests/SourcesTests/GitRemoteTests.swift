import Model
import Sources
import TestSupport
import Testing

/// Fetching from real servers.
@Suite struct GitRemoteTests {
    private static let secret = "r1ght/Pass word+"

    @Test(arguments: [
        (GitHTTPServer.Authentication.none, GitCredentials.none),
        (.basic(user: "me", password: secret), GitCredentials(.userPassword(user: "me", password: secret))),
        (.bearer("t0ken-Right"), GitCredentials(.bearerToken("t0ken-Right"))),
    ])
    func readsOverHTTP(authentication: GitHTTPServer.Authentication, credentials: GitCredentials) async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["apps/a": "1", "apps/b": "2"])
            try await GitHTTPServer.with(serving: scratch.directory, authentication: authentication) { server in
                try await scratch.source(server.url(of: scratch.repository), credentials) { source in
                    let snapshot = try await source.snapshot(at: try await source.resolve(.branch("main")))
                    #expect(try await snapshot.tree.text("apps/a") == "1")
                    #expect(try await snapshot.tree.text("apps/b") == "2")
                }
            }
            let leaks = try await ProcessRunner.run("grep", ["-rlE", "r1ght|t0ken", "\(scratch.directory)/store"])
            #expect(leaks.stdout.isEmpty)
        }
    }

    @Test func trustsTheGivenAuthority() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory, tls: true) { server in
                let authority = try Files.read(try #require(server.caFile))
                let credentials = GitCredentials(.none, certificateAuthority: authority)
                try await scratch.source(server.url(of: scratch.repository), credentials) { source in
                    let tree = try await source.snapshot(at: try await source.resolve()).tree
                    #expect(try await tree.text("a") == "1")
                }
            }
        }
    }

    @Test(arguments: [true, false]) func fetchesADirectoryInOneRequest(partial: Bool) async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(
                Dictionary(uniqueKeysWithValues: (0..<300).map { ("apps/\($0 % 10)/\($0)", "\($0)") }))
            try await scratch.repository.configure("uploadpack.allowFilter", "\(partial)")
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                try await scratch.source(server.url(of: scratch.repository)) { source in
                    let snapshot = try await source.snapshot(at: try await source.resolve())
                    func fetches() -> Int { server.requests.count { $0.method == "POST" && $0.path.hasSuffix("git-upload-pack") } }
                    let before = fetches()
                    try await (snapshot.tree as? GitTree)?.prefetch(try TreePath("apps"))
                    for number in 0..<300 {
                        let text = try await snapshot.tree.text("apps/\(number % 10)/\(number)")
                        #expect(text == "\(number)")
                    }
                    #expect(fetches() - before == (partial ? 1 : 0))
                }
            }
        }
    }

    /// Without being asked to, reading fetches a directory with all below it at once.
    @Test func fetchesAFileWithItsNeighbours() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(
                Dictionary(uniqueKeysWithValues: (0..<100).map { ("apps/\($0 % 2)/\($0)", "\($0)") }))
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                try await scratch.source(server.url(of: scratch.repository)) { source in
                    let tree = try await source.snapshot(at: try await source.resolve()).tree
                    func fetches() -> Int { server.requests.count { $0.method == "POST" && $0.path.hasSuffix("git-upload-pack") } }
                    let before = fetches()
                    for number in 0..<100 { #expect(try await tree.text("apps/\(number % 2)/\(number)") == "\(number)") }
                    #expect(fetches() - before == 2)
                }
            }
        }
    }

    @Test func followsABranch() async throws {
        try await Scratch.with { scratch in
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                var trees: [any FileTree] = []
                try await scratch.source(url) { source in
                    for number in 0..<12 {
                        try await scratch.repository.commit(["a": "\(number)", "b/\(number)": "x"])
                        trees.append(try await source.snapshot(at: try await source.resolve()).tree)
                    }
                    // Later commits do not disturb readers of earlier ones.
                    for (number, tree) in trees.enumerated() { #expect(try await tree.text("a") == "\(number)") }
                }
                try await scratch.source(url) { source in
                    let tree = try await source.snapshot(at: try await source.resolve()).tree
                    #expect(try await tree.text("a") == "11")
                }
            }
        }
    }

    @Test func readsThroughGitDaemon() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            let port = try FreePort.next()
            let daemon = try await ServerProcess.start(
                "git",
                [
                    "daemon", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(scratch.directory)", "--export-all",
                    scratch.directory,
                ],
                log: "\(scratch.directory)/daemon.log")
            defer { withExtendedLifetime(daemon) {} }
            try await scratch.source("git://127.0.0.1:\(port)/app.git") { source in
                let revision = try await eventually("git daemon answers") { try await source.resolve() }
                let tree = try await source.snapshot(at: revision).tree
                #expect(try await tree.text("a") == "1")
            }
            try await scratch.source("git://127.0.0.1:\(port)/none.git") { source in
                #expect(await failure { _ = try await source.resolve() }?.code == .repositoryNotFound)
            }
            await daemon.kill()
        }
    }
}
