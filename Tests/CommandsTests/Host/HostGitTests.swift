import TestSupport
import Testing

/// A Git repository as what should run.
@Suite struct HostGitTests {
    private static let page = Sample.file("page", path: "www/index.html", content: "from ${PLACE:-git}")

    @Test(arguments: ["file", "http", "path"])
    func aRepositoryIsASource(by way: String) async throws {
        try await PlumbHost.with { host in
            let repository = try await TestRepository.create(in: host.scratch)
            try await repository.commit(["page.yaml": Self.page])
            try await GitHTTPServer.with(serving: host.scratch) { server in
                let url =
                    switch way {
                    case "file": "file://\(repository.path)"
                    case "http": server.url(of: repository)
                    default: repository.work
                    }
                let first = try await host.plumb("apply", url, "--name", "app")
                #expect(first.status == 0, "\(first)")
                #expect(host.live("www/index.html") == "from ${PLACE:-git}", "without substitute, text is text")
                try await repository.commit(["page.yaml": Sample.file("page", path: "www/index.html", content: "two")])
                let plan = try await host.plumb("plan", url, "--name", "app")
                #expect(plan.status == 2, "\(plan)")
                #expect(try await host.plumb("apply", url, "--name", "app").status == 0)
                #expect(host.live("www/index.html") == "two")
            }
        }
    }

    @Test func anApplicationNamesItsRepository() async throws {
        try await PlumbHost.with { host in
            let repository = try await TestRepository.create(in: host.scratch)
            try await repository.commit(["apps/page/page.yaml": Self.page], branch: "staging")
            try await repository.commit(["other.yaml": "text"])
            try await GitHTTPServer.with(serving: host.scratch, authentication: .basic(user: "tess", password: "hunter2")) {
                server in
                try Files.write("tess", to: "\(host.scratch)/secrets/credentials/username")
                try Files.write("hunter2\n", to: "\(host.scratch)/secrets/credentials/password")
                let file = "\(host.scratch)/app.yaml"
                try Files.write(Self.application(server.url(of: repository)), to: file)
                let missing = try await host.plumb("apply", "-f", file, "--secrets-dir", "\(host.scratch)/none")
                #expect(missing.status == 1 && missing.stderr.contains(#"The secret "credentials" cannot be read"#), "\(missing)")
                let done = try await host.plumb("apply", "-f", file, "--secrets-dir", "\(host.scratch)/secrets")
                #expect(done.status == 0, "\(done)")
                #expect(host.live("www/index.html") == "from the north")

                try Files.write("wrong-secret", to: "\(host.scratch)/secrets/credentials/password")
                let wrong = try await host.plumb("plan", "-f", file, "--secrets-dir", "\(host.scratch)/secrets")
                #expect(wrong.status == 1, "\(wrong)")
                #expect(!(wrong.stderr + wrong.stdout).contains("wrong-secret"), "\(wrong)")
            }
        }
    }

    @Test func anApplicationMeansTheRepositoryThatItIsIn() async throws {
        try await PlumbHost.with { host in
            let repository = try await TestRepository.create(in: host.scratch)
            try await repository.commit([
                "apps/page/page.yaml": Self.page,
                "plumb/app.yaml": """
                apiVersion: plumb.dev/v1alpha1
                kind: Application
                metadata: {name: app}
                spec: {sources: [{path: apps/page}], target: {name: host}, substitute: {PLACE: here}}
                """,
            ])
            let done = try await host.plumb("apply", "-f", "\(repository.work)/plumb/app.yaml")
            #expect(done.status == 0, "\(done)")
            #expect(host.live("www/index.html") == "from here")
        }
    }

    @Test func anApplicationNamesARangeOfVersionsAndWhoMaySign() async throws {
        try await PlumbHost.with { host in
            let repository = try await TestRepository.create(in: host.scratch)
            try await ProcessRunner.check("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(host.scratch)/key"])
            for (name, value) in [("gpg.format", "ssh"), ("user.signingKey", "\(host.scratch)/key.pub")] {
                try await repository.git("config", name, value)
            }
            let key = try Files.read("\(host.scratch)/key.pub").split(separator: "\n")[0]
            func apply() async throws -> ProcessOutput {
                let git = "{url: \"file://\(repository.path)\", semver: 1.x, verify: {keys: [\"\(key)\"]}}"
                try Files.write(
                    """
                    apiVersion: plumb.dev/v1alpha1
                    kind: Application
                    metadata: {name: app}
                    spec: {sources: [{git: \(git)}], target: {name: host}}
                    """, to: "\(host.scratch)/app.yaml")
                return try await host.plumb("apply", "-f", "\(host.scratch)/app.yaml")
            }
            try await repository.git("config", "commit.gpgSign", "true")
            try await repository.commit(["page.yaml": Sample.file("page", path: "www/index.html", content: "signed")])
            try await repository.tag("v1.9.0")
            let done = try await apply()
            #expect(done.status == 0 && host.live("www/index.html") == "signed", "\(done)")
            try await repository.git("config", "commit.gpgSign", "false")
            try await repository.commit(["page.yaml": Sample.file("page", path: "www/index.html", content: "unsigned")])
            try await repository.tag("v1.10.0")
            let refused = try await apply()
            #expect(refused.status == 1 && refused.stderr.contains("is not signed"), "\(refused)")
            #expect(host.live("www/index.html") == "signed")
        }
    }

    private static func application(_ url: String) -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: app}
        spec:
          sources: [{git: {url: "\(url)", branch: staging}, path: apps/page, secretRef: {name: credentials}}]
          target: {name: host}
          substitute: {PLACE: the north}
        """
    }
}
