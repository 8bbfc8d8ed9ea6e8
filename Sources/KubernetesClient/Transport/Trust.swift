import Model
import NIOSSL

/// How the API server proves who it is.
struct Trust: Sendable {
    /// PEM certificates that replace the system's; nil means the system's.
    var authorities: [UInt8]?
    var serverName: String?
    /// The kubeconfig says `insecure-skip-tls-verify`: anybody may pretend to be the server.
    var isSkipped = false

    /// - Throws: `PlumbError` for certificates that cannot be read, or a key that does not belong to its certificate.
    func tlsConfiguration(_ client: ClientCertificate?) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        // The library's own default still permits TLS 1.0.
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = isSkipped ? .none : .fullVerification
        if let authorities {
            guard let certificates = try? NIOSSLCertificate.fromPEMBytes(authorities), !certificates.isEmpty else {
                throw PlumbError(.invalid, "holds no certificate in PEM format")
            }
            tls.trustRoots = .certificates(certificates)
        }
        if let client { try client.use(in: &tls) }
        return tls
    }
}

/// A certificate and its key, both in PEM format.
struct ClientCertificate: Sendable, Hashable {
    var certificate: [UInt8]
    var key: Secret

    /// Puts the whole chain and the key into `tls`; throws `PlumbError` when they cannot be read or do not belong together.
    func use(in tls: inout TLSConfiguration) throws {
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificate), !chain.isEmpty else {
            throw PlumbError(.invalid, "client certificate: holds no certificate in PEM format")
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: Array(key.reveal().utf8), format: .pem) else {
            throw PlumbError(.invalid, "client key: holds no private key in PEM format that can be read without a password")
        }
        tls.certificateChain = chain.map { .certificate($0) }
        tls.privateKey = .privateKey(privateKey)
        // The library compares the two only when it makes a context.
        if (try? NIOSSLContext(configuration: tls)) == nil {
            throw PlumbError(.invalid, "client certificate and key do not belong together")
        }
    }
}
