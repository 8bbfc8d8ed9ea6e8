/// A throw-away certificate authority, made by `openssl`, with EC P-256 keys.
package struct CertificateAuthority: Sendable {
    /// A certificate and its private key, as PEM files.
    package struct Pair: Sendable {
        package let certificate: String
        package let key: String
    }

    package let authority: Pair
    private let directory: String

    /// `directory` must exist; the files go there.
    package static func create(in directory: String, name: String = "plumb-test-ca") async throws -> CertificateAuthority {
        try Files.write(configuration, to: "\(directory)/openssl.cnf")
        let pair = Pair(certificate: "\(directory)/\(name).crt", key: "\(directory)/\(name).key")
        try await request(pair, in: directory, subject: "/CN=\(name)", extensions: "authority", signedBy: nil)
        return CertificateAuthority(authority: pair, directory: directory)
    }

    /// A certificate for a server on 127.0.0.1 and localhost.
    package func server(_ name: String) async throws -> Pair {
        try await issue(name, subject: "/CN=\(name)", extensions: "server")
    }

    /// A client's certificate; Kubernetes takes `commonName` as the user and `organization` as the group.
    package func client(commonName: String, organization: String) async throws -> Pair {
        try await issue("client-\(commonName)", subject: "/O=\(organization)/CN=\(commonName)", extensions: "client")
    }

    private func issue(_ name: String, subject: String, extensions: String) async throws -> Pair {
        let pair = Pair(certificate: "\(directory)/\(name).crt", key: "\(directory)/\(name).key")
        try await Self.request(pair, in: directory, subject: subject, extensions: extensions, signedBy: authority)
        return pair
    }

    private static func request(
        _ pair: Pair, in directory: String, subject: String, extensions: String, signedBy authority: Pair?
    ) async throws {
        let signer = authority.map { ["-CA", $0.certificate, "-CAkey", $0.key] } ?? []
        try await ProcessRunner.check(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", subject,
                "-config", "\(directory)/openssl.cnf", "-extensions", extensions, "-keyout", pair.key, "-out", pair.certificate,
            ] + signer)
    }

    /// The machine's own openssl.cnf must not add extensions of its own.
    private static let configuration = """
        [req]
        distinguished_name = name
        prompt = no
        [name]
        [authority]
        basicConstraints = critical, CA:TRUE
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        [server]
        basicConstraints = critical, CA:FALSE
        keyUsage = critical, digitalSignature
        extendedKeyUsage = serverAuth
        subjectAltName = IP:127.0.0.1, DNS:localhost
        [client]
        basicConstraints = critical, CA:FALSE
        keyUsage = critical, digitalSignature
        extendedKeyUsage = clientAuth
        """
}
