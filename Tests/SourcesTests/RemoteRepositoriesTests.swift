import Model
import Sources
import TestSupport
import Testing

/// Repositories that remote bases come from, and who may be asked for them.
@Suite struct RemoteRepositoriesTests {
    static let prefixes: [(prefix: String, url: String, isCovered: Bool)] = [
        ("https://h.example.com/org", "https://h.example.com/org/repo.git", true),
        ("https://h.example.com/org/", "https://H.example.com/org/repo", true),
        ("https://h.example.com/org/repo", "https://h.example.com/org/repo.git", true),
        ("https://h.example.com/org/repo.git", "https://h.example.com/org/repo", true),
        ("https://h.example.com", "https://h.example.com/any/repo", true),
        ("git@h.example.com:org", "git@h.example.com:org/repo.git", true),
        ("ssh://git@h.example.com/org", "ssh://git@h.example.com/org/repo", true),
        ("file:///srv/git", "file:///srv/git/repo.git", true),
        ("https://h.example.com/org", "https://h.example.com/organisation/repo", false),
        ("https://h.example.com/org", "http://h.example.com/org/repo", false),
        ("https://h.example.com", "https://h.example.com.evil.org/org/repo", false),
        ("https://h.example.com", "https://h.example.com:444/org/repo", false),
        ("https://h.example.com/org", "https://h.example.com/org/../other/repo", false),
        ("https://h.example.com/org", "https://h.example.com/org/%2e%2e/other/repo", false),
        ("git@h.example.com:org", "root@h.example.com:org/repo.git", false),
        ("git@h.example.com:org", "ssh://git@h.example.com/org/repo", false),
        ("file:///srv/git", "file:///srv/git/../secret", false),
    ]

    @Test(arguments: prefixes) func coversWholeSteps(_ item: (prefix: String, url: String, isCovered: Bool)) throws {
        #expect(try AllowedPrefix(item.prefix).covers(try GitURL(item.url)) == item.isCovered)
    }

    private let none: @Sendable (String) async throws -> GitCredentials = { name in
        throw PlumbError(.notFound, "There is no secret \(name).")
    }

    @Test(arguments: ["", "org", "/srv/git", "./x", "https://", "https://h/../x", "https://h/org=", "https://h/org=../x"])
    func noPrefix(_ text: String) {
        #expect(throws: PlumbError.self) { try AllowedPrefix(text) }
    }

    @Test func aTagAndACommitAreFetchedOnce() async throws {
        try await Scratch.with { scratch in
            let first = try await scratch.repository.commit(["base/a": "1"])
            try await scratch.repository.tag("v1", message: "One")
            try await scratch.repository.commit(["base/a": "2"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                let remote = RemoteRepositories(
                    allowed: [try AllowedPrefix(url)], store: "\(scratch.directory)/store", credentials: none)
                for reference in ["v1", first] {
                    let found = try await remote.tree(url, reference)
                    #expect(found.commit == first)
                    #expect(try await found.tree.text("base/a") == "1")
                }
                let requests = server.requests.count
                // A tag that has moved is not looked up again.
                try await scratch.repository.tag("v1", message: "Two")
                #expect(try await remote.tree(url, "v1").commit == first)
                #expect(server.requests.count == requests)
                await remote.close()
            }
        }
    }

    @Test func whatIsNotPermittedIsNotAskedFor() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                let remote = RemoteRepositories(
                    allowed: [try AllowedPrefix(url + "/more")], store: "\(scratch.directory)/store", credentials: none)
                for other in [url, scratch.repository.path] {
                    let error = await #expect(throws: PlumbError.self) { try await remote.tree(other, "v1") }
                    #expect(error?.code == .denied)
                }
                #expect(server.requests.isEmpty)
                await remote.close()
            }
        }
    }

    @Test(arguments: ["main", "HEAD", "abc1234"]) func aBranchIsNoTag(_ reference: String) async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            let url = "file://\(scratch.repository.path)"
            let remote = RemoteRepositories(
                allowed: [try AllowedPrefix(url)], store: "\(scratch.directory)/store", credentials: none)
            let error = await #expect(throws: PlumbError.self) { try await remote.tree(url, reference) }
            #expect(error?.code == .referenceNotFound)
            #expect(error?.description.contains("Name a tag, or all digits of a commit") == true)
            await remote.close()
        }
    }

    @Test func credentialsAreThoseOfTheLongestPrefix() async throws {
        try await Scratch.with { scratch in
            let commit = try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory, authentication: .basic(user: "me", password: "s3cret")) {
                server in
                let url = server.url(of: scratch.repository)
                let allowed = try ["\(url)=team", String(url.dropLast("/app.git".count))].map { try AllowedPrefix($0) }
                let remote = RemoteRepositories(allowed: allowed, store: "\(scratch.directory)/store") { name in
                    #expect(name == "team")
                    return GitCredentials(.userPassword(user: "me", password: "s3cret"))
                }
                #expect(try await remote.tree(url, commit).tree.text("a") == "1")
                await remote.close()
            }
            let ssh = RemoteRepositories(
                allowed: [try AllowedPrefix("git@h:org")], store: "\(scratch.directory)/store", credentials: none)
            let error = await #expect(throws: PlumbError.self) { try await ssh.tree("git@h:org/repo.git", "v1") }
            #expect(error?.code == .denied)
            #expect(error?.description.contains("PREFIX=NAME") == true)
        }
    }
}
