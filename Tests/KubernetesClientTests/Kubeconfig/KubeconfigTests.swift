import KubernetesClient
import Model
import TestSupport
import Testing

/// Which files are read, how they merge, and what a context gives.
@Suite struct KubeconfigTests {
    private static func file(_ name: String, server: String, current: Bool = true, user: String = "") -> String {
        """
        apiVersion: v1
        kind: Config
        unknown: {nobody: cares}
        clusters: [{name: \(name), cluster: {server: "\(server)", new-key: 1}}]
        users: [{name: \(name), user: {\(user)}}]
        contexts: [{name: \(name), context: {cluster: \(name), user: \(name), namespace: ns-\(name)}}]
        \(current ? "current-context: \(name)" : "")
        """
    }

    @Test func theFirstFileOfAListWins() async throws {
        try await TemporaryDirectory.with { directory in
            try Files.write(
                [
                    "one": Self.file("a", server: "https://one"), "two": Self.file("a", server: "https://two"),
                    "three": Self.file("b", server: "https://three", user: "as: someone, as-groups: [g], as-user-extra: {k: [v]}"),
                ], to: directory)
            let list = ["missing", "one", "two", "three"].map { "\(directory)/\($0)" }.joined(separator: ":")
            let environment = ["KUBECONFIG": list]
            let current = try await KubernetesConfiguration.load(kubeconfig: nil, context: nil, environment: environment)
            #expect(current.server.description == "https://one")
            #expect(current.contextName == "a")
            #expect(current.defaultNamespace == "ns-a")
            #expect(current.impersonate == nil)
            let other = try await KubernetesConfiguration.load(kubeconfig: nil, context: "b", environment: environment)
            #expect(other.server.description == "https://three")
            #expect(other.impersonate == Impersonation(user: "someone", groups: ["g"], extra: ["k": ["v"]]))
            let named = try await KubernetesConfiguration.load(
                kubeconfig: "\(directory)/two", context: nil, environment: environment)
            #expect(named.server.description == "https://two")
            let error = await #expect(throws: PlumbError.self) {
                try await KubernetesConfiguration.load(kubeconfig: nil, context: "c", environment: environment)
            }
            #expect(error?.remedy == #"There are: "a", "b"."#)
        }
    }

    @Test func theDefaultIsInTheHomeDirectory() async throws {
        try await TemporaryDirectory.with { directory in
            try Files.write([".kube/config": Self.file("home", server: "https://home:6443/base/")], to: directory)
            let configuration = try await KubernetesConfiguration.load(
                kubeconfig: nil, context: nil, environment: ["HOME": directory])
            #expect(configuration.server.description == "https://home:6443/base")
            #expect(configuration.server.basePath == "/base")
        }
    }

    @Test func nothingToReadIsASentence() async throws {
        try await TemporaryDirectory.with { directory in
            for (path, environment) in [
                (nil, [:]), (nil, ["HOME": directory]), (nil, ["KUBECONFIG": "\(directory)/a:\(directory)/b"]),
                ("\(directory)/missing", ["HOME": directory]), (directory, [:]),
            ] as [(String?, [String: String])] {
                let error = await #expect(throws: PlumbError.self) {
                    try await KubernetesConfiguration.load(kubeconfig: path, context: nil, environment: environment)
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    /// Relative paths are relative to the file they stand in, also when files are merged.
    @Test func pathsAreRelativeToTheirFile() async throws {
        try await TemporaryDirectory.with { directory in
            let authority = try await CertificateAuthority.create(in: directory)
            let pair = try await authority.client(commonName: "a", organization: "o")
            try Files.write(
                [
                    "first/config": "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x",
                    "second/config": "clusters: [{name: c, cluster: {server: \"https://h\", certificate-authority: pki/ca.crt}}]",
                    "second/pki/ca.crt": try Files.read(authority.authority.certificate),
                    "third/config": "users: [{name: u, user: {client-certificate: ./u.crt, client-key: ./u.key}}]",
                    "third/u.crt": try Files.read(pair.certificate), "third/u.key": try Files.read(pair.key),
                ], to: directory)
            let list = ["first", "second", "third"].map { "\(directory)/\($0)/config" }.joined(separator: ":")
            let configuration = try await KubernetesConfiguration.load(
                kubeconfig: nil, context: nil, environment: ["KUBECONFIG": list])
            #expect(configuration.server.host == "h")
        }
    }

    @Test(arguments: [
        ("https://h", "https://h", 443), ("http://h/", "http://h", 80), ("https://h:443", "https://h", 443),
        ("https://[::1]:6443", "https://[::1]:6443", 6443), ("https://10.0.0.1:6443", "https://10.0.0.1:6443", 6443),
        ("HTTPS://h/k8s/clusters/c-1/", "https://h/k8s/clusters/c-1", 443),
    ])
    func addresses(_ text: String, _ expected: String, _ port: Int) throws {
        let address = try ServerAddress(text)
        #expect(address.description == expected)
        #expect(address.port == port)
    }
}
