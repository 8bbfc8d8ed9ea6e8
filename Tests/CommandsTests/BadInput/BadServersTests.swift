import TestSupport
import Testing

/// Servers that answer, and not as they should.
@Suite struct BadServersTests {
    private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
    private static let apply = ["apply", "src", "--name", "app", "--kubeconfig", "kubeconfig"]

    private func check(_ server: String, cluster: String = "", says: String...) async throws {
        var input = BadInput(
            "server", ["src/app.yaml": Self.map, "kubeconfig": BadKubeconfigs.text(server: server, cluster: cluster)],
            arguments: Self.apply)
        input.says = says
        try await input.check()
    }

    @Test func aWebServerIsNoAPIServer() async throws {
        let host = try await HTTPHost.start { _ in HTTPHost.Response(text: "<html>nothing here</html>") }
        try await check(host.url, says: "The API server \(host.url) of context \"a\" answered with something that is not JSON")
        try await check(
            host.url.replacing("http:", with: "https:"),
            says: "There is no TLS connection to the API server \(host.url.replacing("http:", with: "https:"))")
        await host.stop()
    }

    @Test func aCertificateOfAnotherAuthorityIsRefused() async throws {
        try await TemporaryDirectory.with("certificates") { directory in
            let certificate = try await CertificateAuthority.create(in: directory).server("api")
            let host = try await HTTPHost.start(certificate: certificate) { _ in HTTPHost.Response(text: "{}") }
            try await check(host.url, says: "The API server \(host.url) of context \"a\" is not trusted", "certificate")
            try await TemporaryDirectory.with("other") { other in
                let authority = try await CertificateAuthority.create(in: other).authority.certificate
                try await check(
                    host.url, cluster: ", certificate-authority: \(authority)",
                    says: "The API server \(host.url) of context \"a\" is not trusted", "certificate")
            }
            await host.stop()
        }
    }

    @Test func aWrongPasswordIsDeniedAndNeverShown() async throws {
        try await TemporaryDirectory.with("git") { scratch in
            let repository = try await TestRepository.create(in: scratch)
            try await repository.commit(["app.yaml": Good.file])
            try await GitHTTPServer.with(serving: scratch, authentication: .basic(user: "tess", password: "right")) { server in
                let url = server.url(of: repository)
                let spec = "{sources: [{git: {url: \"\(url)\"}, secretRef: {name: x}}], target: {name: host}}"
                try await BadInput(
                    "no password", arguments: ["apply", url, "--name", "app", "--root", "root"], says: url, "credentials"
                )
                .check()
                for key in ["password", "bearerToken"] {
                    try await BadInput(
                        "a wrong \(key)",
                        ["app.yaml": Good.application(spec), "secrets/x/username": "tess", "secrets/x/\(key)": "hunter2\n"],
                        arguments: ["apply", "-f", "app.yaml", "--root", "root", "--secrets-dir", "secrets"], says: url,
                        "credentials"
                    ).check()
                }
                server.set(.status(500))
                try await BadInput(
                    "a failing server", arguments: ["apply", url, "--name", "app", "--root", "root"], says: url, "500"
                ).check()
            }
        }
    }
}
