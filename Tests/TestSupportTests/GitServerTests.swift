import TestSupport
import Testing

@Suite struct GitServerTests {
    struct HTTPCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let server: GitHTTPServer.Authentication
        var tls = false
        /// The value of the Authorization header that the client sends.
        var client: String?
        var clones = true
    }

    @Test(arguments: [
        HTTPCase(testDescription: "open", server: .none),
        HTTPCase(testDescription: "TLS", server: .none, tls: true),
        HTTPCase(testDescription: "right password", server: .basic(user: "u", password: "p"), client: "Basic dTpw"),
        HTTPCase(testDescription: "wrong password", server: .basic(user: "u", password: "p"), client: "Basic dTpx", clones: false),
        HTTPCase(testDescription: "no password", server: .basic(user: "u", password: "p"), clones: false),
        HTTPCase(testDescription: "right token", server: .bearer("t"), tls: true, client: "Bearer t"),
        HTTPCase(testDescription: "wrong token", server: .bearer("t"), client: "Bearer x", clones: false),
    ])
    func `git clones over HTTP when it may`(_ test: HTTPCase) async throws {
        try await TemporaryDirectory.with { directory in
            let repository = try await TestRepository.create(in: directory)
            let commit = try await repository.commit(["a/b.yaml": "x: 1\n", "c": "2"])
            try await GitHTTPServer.with(serving: directory, authentication: test.server, tls: test.tls) { server in
                var environment = TestRepository.environment
                environment["GIT_SSL_CAINFO"] = server.caFile
                let header = test.client.map { ["-c", "http.extraHeader=Authorization: \($0)"] } ?? []
                let result = try await ProcessRunner.run(
                    "git", header + ["clone", "-q", server.url(of: repository), "\(directory)/clone"], environment: environment)
                #expect(result.succeeded == test.clones, "\(result.stderr)")
                guard test.clones else { return }
                #expect(try Files.read("\(directory)/clone/a/b.yaml") == "x: 1\n")
                #expect(try Files.read("\(directory)/clone/.git/refs/heads/main") == commit + "\n")
                #expect(server.requests.contains { $0.path == "/app.git/git-upload-pack" && $0.status == 200 })
            }
        }
    }

    @Test(arguments: [true, false])
    func `a partial clone gets no files where filters are allowed`(allowed: Bool) async throws {
        try await TemporaryDirectory.with { directory in
            let repository = try await TestRepository.create(in: directory)
            try await repository.commit(["large": String(repeating: "x", count: 10_000)])
            try await repository.configure("uploadpack.allowFilter", "\(allowed)")
            try await GitHTTPServer.with(serving: directory) { server in
                let clone = "\(directory)/clone.git"
                try await ProcessRunner.check(
                    "git", ["clone", "-q", "--bare", "--filter=blob:none", server.url(of: repository), clone],
                    environment: TestRepository.environment)
                let missing = try await ProcessRunner.check("git", ["rev-list", "--objects", "--missing=print", "main"], in: clone)
                #expect(missing.contains("?") == allowed)
            }
        }
    }

    @Test func `a server that is told to fail fails, and recovers`() async throws {
        try await TemporaryDirectory.with { directory in
            let repository = try await TestRepository.create(in: directory)
            try await repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: directory) { server in
                let list = ["ls-remote", server.url(of: repository)]
                server.set(.status(503))
                let failed = try await ProcessRunner.run("git", list, in: directory)
                #expect(failed.stderr.contains("503"))
                server.set(.silence)
                await #expect(throws: TestSupportError.self) {
                    try await ProcessRunner.run("git", list, in: directory, timeout: .milliseconds(300))
                }
                server.set(.none)
                let recovered = try await ProcessRunner.run("git", list, in: directory)
                #expect(recovered.succeeded)
            }
        }
    }

    @Test func `git clones over SSH with the right key alone`() async throws {
        try await TemporaryDirectory.with { directory in
            let repository = try await TestRepository.create(in: directory)
            try await repository.commit(["a": "1"])
            try await GitSSHServer.with { server in
                let stranger = server.sshCommand.replacing(server.privateKeyFile, with: server.strangersKeyFile)
                for (command, succeeds) in [(server.sshCommand, true), (stranger, false)] {
                    let result = try await ProcessRunner.run(
                        "git", ["ls-remote", server.url(of: repository)],
                        environment: TestRepository.environment.merging(["GIT_SSH_COMMAND": command]) { $1 }, in: directory)
                    #expect(result.succeeded == succeeds, "\(result.stderr)")
                }
            }
        }
    }

    @Test func `a repository can be written in every way that tests need`() async throws {
        try await TemporaryDirectory.with { directory in
            let library = try await TestRepository.create(in: directory, name: "library")
            try await library.commit(["l": "1"])
            let repository = try await TestRepository.create(in: directory)
            let first = try await repository.commit(["a": "1", "b": "2"], message: "First", executable: ["a"])
            try await repository.commit(["b": nil, "c": "3"], author: "Ann Other <ann@example.com>")
            try await repository.symlink("d/link", to: "../c")
            try await repository.submodule(library.path, at: "sub")
            try await repository.tag("v1")
            try await repository.tag("v0", at: first, message: "The first one")
            let tree = try await ProcessRunner.check("git", ["ls-tree", "-r", "main"], in: repository.path)
            let modes = tree.split(separator: "\n").map { "\($0.prefix(6)) \($0.split(separator: "\t")[1])" }
            #expect(modes == ["100644 .gitmodules", "100755 a", "100644 c", "120000 d/link", "160000 sub"])
            try await repository.commit(["x": "1"], branch: "feature")
            try await repository.rewind(to: first)
            try await repository.branch("old", at: first)
            #expect(try await repository.head() == first)
            try await repository.deleteBranch("feature")
            let references = try await ProcessRunner.check(
                "git", ["for-each-ref", "--format=%(refname:short) %(objecttype)"], in: repository.path)
            #expect(references.split(separator: "\n") == ["main commit", "old commit", "v0 tag", "v1 commit"])
        }
    }
}
