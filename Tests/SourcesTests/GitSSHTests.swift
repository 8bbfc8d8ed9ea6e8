import Model
import Sources
import TestSupport
import Testing

@Suite struct GitSSHTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let code: PlumbError.Code
        var repository = "app.git"
        /// From the right key, the stranger's key and the right known_hosts.
        let credentials: @Sendable (_ key: String, _ stranger: String, _ known: String) -> (String, String)
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "a key that is not let in", code: .denied) { _, stranger, known in (stranger, known) },
        Case(name: "something that is no key", code: .denied) { _, _, known in ("-----BEGIN s3cret-----\n", known) },
        Case(name: "a server that is not known", code: .hostKeyUnknown) { key, _, known in
            (key, known.replacing("127.0.0.1", with: "127.0.0.2"))
        },
        Case(name: "a server with another key", code: .hostKeyChanged) { key, _, known in
            (key, "\(known.prefix { $0 != " " }) \(other)")
        },
        Case(name: "no such repository", code: .repositoryNotFound, repository: "none.git") { key, _, known in (key, known) },
    ]

    private static let other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS"

    @Test func readsAndTellsWhatIsWrong() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitSSHServer.with { server in
                let url = server.url(of: scratch.repository)
                let right = GitCredentials(.sshKey(identity: server.privateKey, knownHosts: server.knownHosts))
                try await scratch.source(url, right) { source in
                    let tree = try await source.snapshot(at: try await source.resolve()).tree
                    #expect(try await tree.text("a") == "1")
                }
                #expect(try await !ProcessRunner.run("grep", ["-rl", "PRIVATE KEY", "\(scratch.directory)/store"]).succeeded)
                let stranger = try Files.read(server.strangersKeyFile)
                for (number, test) in Self.cases.enumerated() {
                    let (identity, known) = test.credentials(server.privateKey, stranger, server.knownHosts)
                    let credentials = GitCredentials(.sshKey(identity: identity, knownHosts: known))
                    try await scratch.source(url.replacing("app.git", with: test.repository), credentials, store: "\(number)") {
                        source in
                        let error = await failure { _ = try await source.resolve() }
                        #expect(error?.code == test.code, "\(test.name): \(error as Any)")
                        #expect(error?.description.contains("s3cret") == false)
                    }
                }
            }
        }
    }

    @Test func refusesWhatCannotWork() throws {
        let ssh = try GitURL("git@host:a.git")
        let web = try GitURL("https://host/a.git")
        let key = GitCredentials(.sshKey(identity: "key", knownHosts: "host key"))
        let password = GitCredentials(.userPassword(user: "me", password: "line\nbreak"))
        for (url, credentials) in [
            (ssh, .none), (ssh, GitCredentials(.sshKey(identity: "key", knownHosts: " \n"))), (web, key), (ssh, password),
            (web, password),
        ] {
            let error = #expect(throws: PlumbError.self) {
                try GitSource(url: url, credentials: credentials, store: "/nonexistent")
            }
            #expect(error?.description.contains("break") != true || error?.description.contains("line break") == true)
        }
        #expect(!"\(key)".contains("host key"))
        var text = ""
        dump(key, to: &text)
        #expect(!text.contains("host key"))
    }
}
