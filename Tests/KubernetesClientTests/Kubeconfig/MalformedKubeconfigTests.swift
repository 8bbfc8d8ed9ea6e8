import KubernetesClient
import Model
import TestSupport
import Testing

/// Every malformed kubeconfig is an error that names the file and the place, and quotes no credential.
@Suite struct MalformedKubeconfigTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let words: String

        var testDescription: String { words }

        init(_ text: String, _ words: String) {
            self.text = text
            self.words = words
        }

        /// A whole file around a cluster and a user.
        init(cluster: String = "server: https://h:1", user: String = "", context: String = "cluster: c, user: u", _ words: String) {
            self.init(
                """
                clusters: [{name: c, cluster: {\(cluster)}}]
                users: [{name: u, user: {\(user)}}]
                contexts: [{name: x, context: {\(context)}}]
                current-context: x
                """, words)
        }
    }

    /// `not a PEM file`, in base64.
    private static let junk = "bm90IGEgUEVNIGZpbGU="

    static let files = [
        Case("", "no current-context is set"),
        Case("{", "not valid YAML"),
        Case("token: \"hunter2", "not valid YAML"),
        Case("a: 1\n---\nb: 2\n", "2 documents instead of one"),
        Case("- a", "it is not a mapping, but a list"),
        Case("hunter2", "it is not a mapping, but a string"),
        Case("kind: Secret", #"its kind is "Secret", not Config"#),
        Case("apiVersion: v2", #"its apiVersion is "v2", not v1"#),
        Case("current-context: [x]", "current-context must be a string, and is a list"),
        Case("current-context: x", #"there is no context "x""#),
        Case("contexts: {}", "contexts must be a list, and is a mapping"),
        Case("contexts: [x]", "contexts[0] is not a mapping, but a string"),
        Case("contexts: [{context: {}}]", "contexts[0] has no name"),
        Case("contexts: [{name: 1}]", "contexts[0]: name must be a string, and is a number"),
        Case("users: [{name: u, user: hunter2}]", #"user "u" is not a mapping, but a string"#),
        Case("users: [{name: u}, {name: u}]", #"there are two of the name "u" in users"#),
        Case("contexts: [{name: a}, {name: b}]", "no current-context is set"),
        Case("contexts: [{name: x}]\ncurrent-context: x", #"context "x": it names no cluster"#),
        Case(context: "cluster: other", #"context "x": there is no cluster "other""#),
        Case(context: "cluster: c, user: other", #"context "x": there is no user "other""#),
        Case(context: "cluster: c, namespace: 1", "namespace must be a string"),
    ]

    static let clusters = [
        Case(cluster: "", #"cluster "c": it has no server"#),
        Case(cluster: "server: 6443", #"cluster "c": server must be a string, and is a number"#),
        Case(cluster: "server: \"h:6443\"", "does not start with https:// or http://"),
        Case(cluster: "server: \"ftp://h\"", "does not start with https:// or http://"),
        Case(cluster: "server: \"https://\"", "names no host"),
        Case(cluster: "server: \"https://a:hunter2@h\"", "must not hold a user name or password"),
        Case(cluster: "server: \"https://h?x=1\"", "has a query or fragment"),
        Case(cluster: "server: \"https://h:99999\"", "is not"),
        Case(cluster: "server: \"https://h\", proxy-url: \"http://p\"", "proxy-url is not supported"),
        Case(cluster: "server: \"https://h\", insecure-skip-tls-verify: \"true\"", "must be true or false, and is a string"),
        Case(cluster: "server: \"https://h\", certificate-authority: missing.crt", "missing.crt\" cannot be read"),
        Case(cluster: "server: \"https://h\", certificate-authority: .", "cannot be read"),
        Case(cluster: "server: \"https://h\", certificate-authority-data: \"%%%\"", "certificate-authority-data is not base64"),
        Case(
            cluster: "server: \"https://h\", certificate-authority-data: \(junk)",
            "certificate-authority: holds no certificate in PEM format"),
        Case(
            cluster: "server: \"https://h\", certificate-authority-data: \(junk), insecure-skip-tls-verify: true",
            "exclude each other"),
    ]

    static let users = [
        Case(user: "token: 12345", #"user "u": token must be a string, and is a number"#),
        Case(user: "token: \"hunter2\\nmore\"", "holds characters that no header can carry"),
        Case(user: "client-certificate-data: \(junk)", "a client-certificate and no client-key"),
        Case(user: "client-key-data: \(junk)", "a client-key and no client-certificate"),
        Case(
            user: "client-certificate-data: \(junk), client-key-data: \(junk)",
            "client certificate: holds no certificate in PEM format"),
        Case(user: "client-certificate: a.crt, client-key: a.key", "client-certificate: the file"),
        Case(user: "password: hunter2", "a password and no username"),
        Case(user: "token: hunter2, username: a", "only one of token, username and exec"),
        Case(
            user: "token: hunter2, exec: {command: a, apiVersion: client.authentication.k8s.io/v1}",
            "only one of token, username and exec"),
        Case(user: "auth-provider: {name: gcp}", "auth-provider is not supported"),
        Case(user: "exec: hunter2", "exec must be a mapping, and is a string"),
        Case(user: "exec: {apiVersion: client.authentication.k8s.io/v1}", "it has no command"),
        Case(user: "exec: {command: a}", "it has no apiVersion"),
        Case(user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1alpha1}", "v1alpha1\" is not supported"),
        Case(user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, args: hunter2}", "args must be a list"),
        Case(user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, args: [1]}", "args must be a list of strings"),
        Case(
            user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, env: [{value: a}]}",
            "a variable has no usable name"),
        Case(user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Often}", "is none of"),
        Case(
            user: "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}",
            "a person at a terminal"),
        Case(user: "as-groups: [a]", "need a user name in as"),
        Case(user: "as: a, as-user-extra: [a]", "as-user-extra must be a mapping"),
    ]

    @Test(arguments: files + clusters + users)
    func isASentence(_ test: Case) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/config"
            try Files.write(test.text, to: path)
            let error = await #expect(throws: PlumbError.self) {
                try await KubernetesConfiguration.load(kubeconfig: path, context: nil, environment: [:])
            }
            #expect(error?.message.contains(test.words) == true, "\(error.map { "\($0)" } ?? "")")
            #expect(error?.message.contains(path) == true, "\(error.map { "\($0)" } ?? "")")
            #expect(error.map { "\($0)" }?.contains("hunter2") == false)
        }
    }

    @Test func aKeyMustBelongToItsCertificate() async throws {
        try await TemporaryDirectory.with { directory in
            let authority = try await CertificateAuthority.create(in: directory)
            let pairs = [
                try await authority.client(commonName: "a", organization: "o"),
                try await authority.client(commonName: "b", organization: "o"),
            ]
            let error = await #expect(throws: PlumbError.self) {
                try await Clients.configuration(
                    server: "https://h", user: "client-certificate: \"\(pairs[0].certificate)\", client-key: \"\(pairs[1].key)\"",
                    in: directory)
            }
            #expect(error?.message.contains("do not belong together") == true)
            _ = try await Clients.configuration(
                server: "https://h", user: "client-certificate: \"\(pairs[0].certificate)\", client-key: \"\(pairs[0].key)\"",
                in: directory)
        }
    }
}
