/// The files that an API server of the tests is started with, in one directory.
struct KubeFiles: Sendable {
    let directory: String
    let authority: CertificateAuthority
    let server: CertificateAuthority.Pair
    let client: CertificateAuthority.Pair
    let adminToken: String
    let aliceToken: String

    var serviceAccountKey: String { "\(directory)/service-account.key" }
    var tokens: String { "\(directory)/tokens.csv" }
    var auditPolicy: String { "\(directory)/audit-policy.yaml" }
    var auditLog: String { "\(directory)/audit.log" }
    var etcdData: String { "\(directory)/etcd" }
    var etcdLog: String { "\(directory)/etcd.log" }
    var apiServerLog: String { "\(directory)/kube-apiserver.log" }
    var controllerManagerLog: String { "\(directory)/kube-controller-manager.log" }

    static func create(in directory: String) async throws -> KubeFiles {
        let authority = try await CertificateAuthority.create(in: directory)
        let files = KubeFiles(
            directory: directory, authority: authority, server: try await authority.server("apiserver"),
            client: try await authority.client(commonName: KubeUser.certificateUserName, organization: "system:masters"),
            adminToken: secret("admin"), aliceToken: secret("alice"))
        try await ProcessRunner.check(
            "openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", files.serviceAccountKey])
        try Files.write(
            """
            \(files.adminToken),admin,1,system:masters
            \(files.aliceToken),alice,2

            """, to: files.tokens, mode: 0o600)
        try Files.write(
            """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - {level: Request, verbs: [delete]}
              - level: Metadata

            """, to: files.auditPolicy)
        return files
    }

    private static func secret(_ user: String) -> String {
        user + "-" + (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }
}

/// Who a test speaks to the API server as.
package enum KubeUser: Sendable, CaseIterable {
    /// By bearer token, in `system:masters`.
    case admin
    /// By client certificate, in `system:masters`.
    case adminByCertificate
    /// By bearer token; RBAC grants her nothing until a test does.
    case alice

    static let certificateUserName = "certificate-admin"

    /// The name in the audit log and in RBAC bindings.
    package var name: String {
        switch self {
        case .admin: "admin"
        case .adminByCertificate: Self.certificateUserName
        case .alice: "alice"
        }
    }
}
