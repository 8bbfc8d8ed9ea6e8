import KubernetesClient
import Manifests
import Model
import TestSupport
import Testing

/// Every way to prove who one is, against a real API server.
@Suite struct CredentialTests {
    /// Who the server takes the client for, as the audit log has it.
    private func userName(_ server: KubeServer, _ client: KubernetesClient) async throws -> String {
        let marker = "whoami-\(UInt64.random(in: .min ... .max))"
        let mark = try await server.auditLog.mark()
        _ = try? await client.get(Clients.configMaps, namespace: "default", name: marker)
        return try await server.auditLog.entries(since: mark).last { $0.name == marker }?.user ?? "nobody"
    }

    @Test(arguments: KubeUser.allCases)
    func tokensAndCertificates(_ user: KubeUser) async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server, user: user) { client in
            let name = try await userName(server, client)
            #expect(name == user.name)
        }
    }

    @Test func aWrongTokenIsASentence() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            let configuration = try await Clients.configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"", user: "token: wrong-wrong-wrong",
                in: directory)
            try await Clients.with(configuration) { client in
                let error = await #expect(throws: KubernetesError.self) {
                    try await client.list(Clients.pods, namespace: "default")
                }
                #expect(error?.description.hasPrefix("The API server does not accept the credentials: ") == true)
                #expect(error?.description.contains("wrong-wrong") == false)
            }
        }
    }

    @Test func aForbiddenRequestNamesUserVerbAndResource() async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server, user: .alice) { client in
            let error = await #expect(throws: KubernetesError.self) {
                try await client.list(Clients.deployments, namespace: "default")
            }
            #expect(error?.isForbidden == true)
            for word in ["does not permit it", #"User "alice""#, "cannot list resource \"deployments\""] {
                #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
            }
        }
    }

    @Test func aTokenFileIsReadAgainWhenItsTokenIsRefused() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            try Files.write("expired-token\n", to: "\(directory)/token")
            let configuration = try await Clients.configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"", user: "tokenFile: token", in: directory)
            try await Clients.with(configuration) { client in
                await #expect(throws: KubernetesError.self) { try await client.list(Clients.pods, namespace: "default") }
                try Files.write("\(server.adminToken)\n", to: "\(directory)/token")
                #expect(try await userName(server, client) == "admin")
            }
        }
    }

    @Test func aTokenFileIsReadAgainAfterAWhile() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            try Files.write(server.adminToken, to: "\(directory)/token")
            let configuration = try await Clients.configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"", user: "tokenFile: token", in: directory)
            var limits = ClientLimits()
            limits.credentialAge = .zero
            try await Clients.with(configuration, limits: limits) { client in
                #expect(try await userName(server, client) == "admin")
                try Files.write(server.aliceToken, to: "\(directory)/token")
                #expect(try await userName(server, client) == "alice")
            }
        }
    }

    @Test func aRenewedClientCertificateIsPickedUp() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            for (from, to) in [(server.clientCertificate.certificate, "c.crt"), (server.clientCertificate.key, "c.key")] {
                try Files.write(try Files.read(from), to: "\(directory)/\(to)")
            }
            let configuration = try await Clients.configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"",
                user: "client-certificate: c.crt, client-key: c.key", in: directory)
            var limits = ClientLimits()
            limits.credentialAge = .zero
            try await Clients.with(configuration, limits: limits) { client in
                #expect(try await userName(server, client) == KubeUser.adminByCertificate.name)
                // Half of a new pair is written: the last good one stays in use.
                let foreign = try await CertificateAuthority.create(in: directory, name: "foreign").client(
                    commonName: "x", organization: "y")
                try Files.write(try Files.read(foreign.certificate), to: "\(directory)/c.crt")
                #expect(try await userName(server, client) == KubeUser.adminByCertificate.name)
                // A whole pair of another authority: the server does not know it.
                try Files.write(try Files.read(foreign.key), to: "\(directory)/c.key")
                #expect(try await userName(server, client) != KubeUser.adminByCertificate.name)
            }
        }
    }

    @Test func impersonationIsOnEveryRequest() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let deployer = client.impersonating(.serviceAccount(namespace: namespace, name: "deployer"))
            let error = await #expect(throws: KubernetesError.self) { try await deployer.list(Clients.pods, namespace: namespace) }
            #expect(error?.description.contains("system:serviceaccount:\(namespace):deployer") == true)
            let member = client.impersonating(
                Impersonation(user: "someone", groups: ["system:masters"], extra: ["Example/Key": ["v"]]))
            _ = try await member.list(Clients.pods, namespace: namespace)
            _ = try await client.list(Clients.pods, namespace: namespace)
        }
    }

    @Test(arguments: [
        Impersonation(user: ""), Impersonation(user: "", groups: ["system:masters"]),
        Impersonation(user: "a\r\nImpersonate-User: b"),
        Impersonation(user: "a", groups: [""]), Impersonation(user: " a"), Impersonation(user: "a", extra: ["": ["b"]]),
        .serviceAccount(namespace: "", name: "x"), .serviceAccount(namespace: "x", name: ""),
    ])
    func impersonationFailsClosed(_ user: Impersonation) async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server) { client in
            let error = await #expect(throws: PlumbError.self) {
                try await client.impersonating(user).list(Clients.pods, namespace: "default")
            }
            #expect(error?.message.hasPrefix("No request is sent") == true)
        }
    }

    @Test func thePodsOwnServiceAccount() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            try Files.write(
                ["token": server.adminToken, "ca.crt": try Files.read(server.caFile), "namespace": "here\n"], to: directory)
            let environment = ["KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "\(server.port)"]
            let configuration = try await KubernetesConfiguration.inCluster(environment: environment, directory: directory)
            #expect(configuration.defaultNamespace == "here")
            try await Clients.with(configuration) { client in
                let name = try await userName(server, client)
                #expect(name == "admin")
            }
            for missing in ["token", "ca.crt", "namespace"] {
                try Files.write(
                    ["token": server.adminToken, "ca.crt": try Files.read(server.caFile), "namespace": "here"], to: directory)
                try removeFile("\(directory)/\(missing)")
                let error = await #expect(throws: PlumbError.self) {
                    try await KubernetesConfiguration.inCluster(environment: environment, directory: directory)
                }
                #expect(error?.message.contains(missing) == true)
            }
            await #expect(throws: PlumbError.self) {
                try await KubernetesConfiguration.inCluster(environment: [:], directory: directory)
            }
        }
    }

    @Test func aServerOfAnotherAuthorityIsNotTrusted() async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            let other = try await CertificateAuthority.create(in: directory, name: "other").authority.certificate
            let cases = [
                ("certificate-authority: \"\(other)\"", "is not trusted"),
                ("", "is not trusted"),
            ]
            for (cluster, words) in cases {
                let configuration = try await Clients.configuration(
                    server: server.url, cluster: cluster, user: "token: \(server.adminToken)", in: directory)
                try await Clients.with(configuration) { client in
                    let error = await #expect(throws: PlumbError.self) { try await client.list(Clients.pods, namespace: "default") }
                    #expect(error?.code == .denied)
                    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
                    #expect(error?.message.contains("of context \"test\"") == true)
                }
            }
        }
    }

    @Test(arguments: ["tls-server-name: localhost, certificate-authority: \"CA\"", "insecure-skip-tls-verify: true"])
    func otherWaysToTrust(_ cluster: String) async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            let configuration = try await Clients.configuration(
                server: server.url, cluster: cluster.replacing("CA", with: server.caFile), user: "token: \(server.adminToken)",
                in: directory)
            try await Clients.with(configuration) { client in
                let name = try await userName(server, client)
                #expect(name == "admin")
            }
        }
    }
}
