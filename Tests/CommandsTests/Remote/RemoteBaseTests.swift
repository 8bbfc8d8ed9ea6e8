import TestSupport
import Testing

/// `plumb build` of a kustomization whose base is in another repository, on a server.
struct RemoteBaseTests {
    private func bases(in directory: String) async throws -> (TestRepository, commit: String) {
        let repository = try await TestRepository.create(in: directory, name: "bases")
        let commit = try await repository.commit([
            "web/base/kustomization.yaml": "resources: [m.yaml]",
            "web/over/kustomization.yaml": "{resources: [../base], nameSuffix: -s}",
            "web/base/m.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}",
        ])
        try await repository.tag("v1.0.0")
        return (repository, commit)
    }

    private func with(_ body: (_ directory: String, _ url: String, _ commit: String) async throws -> Void) async throws {
        try await TemporaryDirectory.with("remote") { directory in
            let (repository, commit) = try await bases(in: directory)
            try await GitHTTPServer.with(serving: directory) { server in
                try await body(directory, server.url(of: repository), commit)
            }
        }
    }

    private func build(_ directory: String, _ resource: String, _ flags: String...) async throws -> ProcessOutput {
        try Files.write(["app/kustomization.yaml": "resources: ['\(resource)']\nnamePrefix: p-\n"], to: directory)
        return try await ProcessRunner.run(
            try PlumbBinary.path(), ["build", "app"] + flags, environment: ["XDG_CACHE_HOME": "\(directory)/cache"], in: directory)
    }

    @Test func aPermittedBaseIsBuilt() async throws {
        try await with { directory, url, commit in
            for reference in ["v1.0.0", commit] {
                let output = try await build(
                    directory, "\(url)//web/over?ref=\(reference)", "--allow-remote-bases", "https://example.com,\(url)")
                #expect(output.status == 0, "\(output.stderr)")
                #expect(output.stdout.contains("name: p-m-s"))
            }
        }
    }

    @Test func aBaseOverSSHIsBuiltWithItsKey() async throws {
        try await TemporaryDirectory.with("remote") { directory in
            let (repository, commit) = try await bases(in: directory)
            try await GitSSHServer.with { server in
                let url = server.url(of: repository)
                try Files.write(
                    ["secrets/bases/identity": server.privateKey, "secrets/bases/known_hosts": server.knownHosts + "\n"],
                    to: directory)
                let prefix = String(url.prefix { $0 != "@" }) + "@127.0.0.1:\(server.port)"
                for reference in ["v1.0.0", commit] {
                    let output = try await build(
                        directory, "\(url)//web/over?ref=\(reference)", "--allow-remote-bases", "\(prefix)=bases", "--secrets-dir",
                        "secrets")
                    #expect(output.status == 0 && output.stdout.contains("name: p-m-s"), "\(output)")
                }
                let none = try await build(
                    directory, "\(url)//web/over?ref=v1.0.0", "--allow-remote-bases", prefix, "--secrets-dir", "secrets")
                #expect(none.status == 1 && none.stderr.contains("SSH"), "\(none)")
            }
        }
    }

    @Test func nothingElseIsFetched() async throws {
        try await with { directory, url, _ in
            let off = try await build(directory, "\(url)//web/over?ref=v1.0.0")
            #expect(off.status == 1 && off.stderr.contains("--allow-remote-bases"))
            let other = try await build(directory, "\(url)//web/over?ref=v1.0.0", "--allow-remote-bases", "https://example.com")
            #expect(other.status == 1 && other.stderr.contains("may not be fetched: --allow-remote-bases does not cover it"))
            let branch = try await build(directory, "\(url)//web/over?ref=main", "--allow-remote-bases", url)
            #expect(branch.status == 1 && branch.stderr.contains("has no tag \"main\""))
            let wrong = try await build(directory, "\(url)//web/over?ref=v1.0.0", "--allow-remote-bases", "nowhere")
            #expect(wrong.status == 64)
        }
    }
}
