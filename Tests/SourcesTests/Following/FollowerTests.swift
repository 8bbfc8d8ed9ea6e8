import Model
import Sources
import TestSupport
import Testing

@Suite struct FollowerTests {
    @Test func asksOnceForEverybody() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "main"])
            for number in 0..<100 { try await scratch.repository.branch("b\(number)") }
            try await scratch.repository.tag("v1.0.0")
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                try await scratch.running(server.url(of: scratch.repository)) { follower, reports async throws in
                    try await eventually("the first report") { reports.all.isEmpty ? nil : () }
                    let asked = server.requests.count
                    for number in 0..<100 { _ = try await follower.revision(of: .branch("b\(number)")) }
                    #expect(try await follower.revision(of: .semver(try VersionRange("1.x"))).name == "v1.0.0")
                    #expect(try await follower.revision(of: .head).name == "main")
                    #expect(server.requests.count == asked, "what is known is not asked for")

                    #expect(try await follower.text("a") == "main")
                    let read = server.requests.count
                    for number in 0..<100 { #expect(try await follower.text("a", at: .branch("b\(number)")) == "main") }
                    #expect(server.requests.count == read, "one commit is fetched once")

                    let before = Self.lists(server)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<50 { group.addTask { #expect(await follower.look().look.error == nil) } }
                        try await group.waitForAll()
                    }
                    #expect((1...2).contains(Self.lists(server) - before), "who asks together is answered together")
                    #expect(reports.all.count == 1, "nothing new, nothing told")
                }
            }
        }
    }

    private static func lists(_ server: GitHTTPServer) -> Int { server.requests.count { $0.method == "GET" } }

    @Test func followsABranchOverHTTP() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "0"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                try await scratch.running(server.url(of: scratch.repository), interval: .milliseconds(100)) {
                    follower, reports async throws in
                    for number in 1...3 {
                        let commit = try await scratch.repository.commit(["a": "\(number)"])
                        try await reports.tell(.branch("main"), at: commit)
                        #expect(try await follower.text("a") == "\(number)")
                    }
                }
            }
        }
    }

    @Test func followsOverSSH() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "0"])
            try await GitSSHServer.with { server in
                let credentials = GitCredentials(.sshKey(identity: server.privateKey, knownHosts: server.knownHosts))
                try await scratch.running(server.url(of: scratch.repository), credentials) { follower, reports async throws in
                    let commit = try await scratch.repository.commit(["a": "1"])
                    _ = await follower.look()
                    try await reports.tell(.branch("main"), at: commit)
                    #expect(try await follower.text("a") == "1")
                }
            }
        }
    }

    @Test func findsOtherReferencesToo() async throws {
        try await Scratch.with { scratch in
            let first = try await scratch.repository.commit(["a": "1"])
            try await scratch.repository.git("push", "-q", "origin", "HEAD:refs/pull/1/head")
            let second = try await scratch.repository.commit(["a": "2"])
            try await scratch.follower("file://\(scratch.repository.path)") { follower async throws in
                #expect(try await follower.revision(of: .head).digest.hex == second)
                #expect(try await follower.revision(of: .ref("refs/pull/1/head")).digest.hex == first)
                try await scratch.repository.git("push", "-q", "origin", "HEAD:refs/pull/1/head")
                _ = await follower.look()
                #expect(try await follower.revision(of: .ref("refs/pull/1/head")).digest.hex == second)
                let error = await failure { _ = try await follower.revision(of: .ref("refs/pull/2/head")) }
                #expect(error?.code == .referenceNotFound)
            }
        }
    }

    @Test func keepsWhatIsGoodThroughFaults() async throws {
        try await Scratch.with { scratch in
            let good = try await scratch.repository.commit(["a": "good"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                let limits = GitLimits(stall: .seconds(1))
                try await scratch.running(url, interval: .milliseconds(50), limits: limits) { follower, reports async throws in
                    try await reports.tell(.branch("main"), at: good)
                    #expect(try await follower.text("a") == "good")
                    for (fault, code) in [(GitHTTPServer.Fault.status(503), PlumbError.Code.unreachable), (.silence, .timedOut)] {
                        server.set(fault)
                        try await eventually("the fault is told") { reports.all.last?.look.error?.code == code ? () : nil }
                        let state = try #require(reports.all.last)
                        #expect(state.look.failingSince != nil && state.look.failures > 0 && state.look.checkedAt != nil)
                        #expect(try await follower.revision(of: .branch("main")).digest.hex == good)
                        #expect(try await follower.text("a") == "good")
                        server.set(.none)
                        try await eventually("it recovers by itself") { reports.all.last?.look.error == nil ? () : nil }
                        #expect(reports.all.last?.look.failures == 0 && reports.all.last?.look.failingSince == nil)
                    }
                    let fix = try await scratch.repository.commit(["a": "fix"])
                    try await reports.tell(.branch("main"), at: fix)
                    #expect(try await follower.text("a") == "fix")
                }
            }
        }
    }

    @Test func fetchesAgainWhatDidNotCome() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                try await scratch.follower(server.url(of: scratch.repository)) { follower async throws in
                    let revision = try await follower.revision(of: .head)
                    server.set(.status(500))
                    #expect(await failure { _ = try await follower.snapshot(at: revision) }?.code == .unreachable)
                    server.set(.none)
                    #expect(try await follower.text("a") == "1")
                    try await ProcessRunner.check(
                        "sh", ["-c", "chmod -R u+w . && rm -r */repository.git/objects/pack/*"], in: "\(scratch.directory)/store")
                    try await scratch.repository.commit(["a": "2"])
                    _ = await follower.look()
                    #expect(try await follower.text("a") == "2")
                }
            }
        }
    }

    @Test func tellsWhatHappenedToAReference() async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            let first = try await repository.commit(["a": "1"])
            let second = try await repository.commit(["a": "2"])
            try await repository.branch("gone")
            try await scratch.follower("file://\(repository.path)") { follower async throws in
                let newest = try await follower.revision(of: .branch("main"))
                #expect(newest.digest.hex == second)
                try await repository.deleteBranch("gone")
                try await repository.rewind(to: first)
                #expect(await follower.look().look.error == nil, "a repository that answers is not broken")
                #expect(await failure { _ = try await follower.revision(of: .branch("gone")) }?.code == .referenceNotFound)
                let rewound = try await follower.revision(of: .branch("main"))
                #expect(try await !follower.isAncestor(newest, of: rewound))
                #expect(try await follower.isAncestor(rewound, of: newest))
                try await repository.deleteBranch("main")
                _ = await follower.look()
                #expect(await failure { _ = try await follower.revision(of: .branch("main")) }?.code == .emptyRepository)
                #expect(try await follower.snapshot(at: newest).tree.text("a") == "2", "what was read stays readable")
            }
        }
    }

    @Test func remembersAcrossProcesses() async throws {
        try await Scratch.with { scratch in
            let commit = try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                try await scratch.follower(url) { follower async throws in #expect(try await follower.text("a") == "1") }
                server.set(.status(503))
                try await scratch.follower(url) { follower async throws in
                    #expect(try await follower.revision(of: .head).digest.hex == commit)
                    #expect(try await follower.text("a") == "1")
                    let state = await follower.look()
                    #expect(state.look.error?.code == .unreachable)
                    #expect(state.look.checkedAt == nil && state.references != nil)
                }
            }
        }
    }

    @Test func saysWhyNothingIsKnown() async throws {
        try await Scratch.with { scratch in
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                server.set(.status(503))
                try await scratch.follower(server.url(of: scratch.repository)) { follower async throws in
                    #expect(await failure { _ = try await follower.revision(of: .head) }?.code == .unreachable)
                    server.set(.none)
                    #expect(await failure { _ = try await follower.revision(of: .head) }?.code == .emptyRepository)
                }
            }
        }
    }

    @Test func aKnownSnapshotCostsNoProcessAndNoRequest() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let limits = GitLimits(idle: .milliseconds(100))
                try await scratch.follower(server.url(of: scratch.repository), limits: limits) { follower async throws in
                    #expect(try await follower.text("a") == "1")
                    let reader = "\(scratch.directory)/store.*cat-file"
                    try await eventually("the reader is let go") {
                        try await ProcessRunner.run("pgrep", ["-f", reader]).succeeded ? nil : ()
                    }
                    let requests = server.requests.count
                    for _ in 0..<20 {
                        let snapshot = try await follower.snapshot(at: try await follower.revision(of: .branch("main")))
                        #expect(snapshot.revision.commit?.message == "Change")
                        #expect(try await snapshot.tree.text("a") == "1")
                    }
                    #expect(try await !ProcessRunner.run("pgrep", ["-f", reader]).succeeded)
                    #expect(server.requests.count == requests)
                }
            }
        }
    }

    @Test func whatIsKnownWaitsForNoFetch() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                let url = server.url(of: scratch.repository)
                try await scratch.follower(url) { follower async throws in
                    let known = try await follower.revision(of: .head)
                    _ = try await follower.snapshot(at: known)
                    let newer = Revision(name: nil, digest: try Revision.Digest(try await scratch.repository.commit(["a": "2"])))
                    server.set(.silence)
                    let stuck = Task { try await follower.snapshot(at: newer) }
                    try await eventually("git asks the server") {
                        try await ProcessRunner.run("pgrep", ["-f", "remote-http.*\(url)"]).succeeded ? () : nil
                    }
                    let snapshot = try await withDeadline(.seconds(20), "what is known") { try await follower.snapshot(at: known) }
                    #expect(snapshot.revision == known)
                    stuck.cancel()
                    await #expect(throws: CancellationError.self) { try await stuck.value }
                }
            }
        }
    }

    @Test func tellsAheadFromBackWithADamagedHistory() async throws {
        try await Scratch.with { scratch in
            let old = Revision(name: nil, digest: try Revision.Digest(try await scratch.repository.commit(["a": "1"])))
            let new = Revision(name: nil, digest: try Revision.Digest(try await scratch.repository.commit(["a": "2"])))
            try await scratch.follower("file://\(scratch.repository.path)") { follower async throws in
                #expect(try await follower.isAncestor(old, of: new))
                try await ProcessRunner.check(
                    "sh", ["-c", "chmod -R u+w . && find */history.git -type f -exec truncate -s 0 {} +"],
                    in: "\(scratch.directory)/store")
                #expect(try await follower.isAncestor(old, of: new))
                #expect(try await !follower.isAncestor(new, of: old))
            }
        }
    }

    @Test func endsWhenCancelled() async throws {
        try await Scratch.with { scratch in
            try await GitHTTPServer.with(serving: scratch.directory) { server in
                server.set(.silence)
                let url = server.url(of: scratch.repository)
                try await scratch.follower(url) { follower async throws in
                    let run = Task { await follower.run { _ in } }
                    let look = Task { await follower.look() }
                    try await eventually("git asks the server") {
                        try await ProcessRunner.run("pgrep", ["-f", "ls-remote.*\(url)"]).succeeded ? () : nil
                    }
                    run.cancel()
                    look.cancel()
                    await run.value
                    #expect(await look.value.look.error == nil, "going away is no failure of the repository")
                }
                try await GitFailureTests.expectNoProcess(naming: url)
            }
        }
    }
}
