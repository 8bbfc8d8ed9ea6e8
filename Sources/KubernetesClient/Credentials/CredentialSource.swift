import Model
import SystemPackage

/// Where the proof of who we are comes from, as the configuration says; what it is at a given moment is a `Credential`.
struct CredentialSource: Sendable {
    enum Authorization: Sendable {
        case none
        case bearer(Secret)
        /// Read again about every minute: the kubelet writes a new one before the old one ends.
        case tokenFile(FilePath)
        case basic(user: String, password: Secret)
        case plugin(ExecPlugin)
    }

    /// The files a client certificate came from, which others may renew.
    struct CertificateFiles: Sendable {
        var certificate: FilePath
        var key: FilePath
    }

    var authorization = Authorization.none
    var certificate: ClientCertificate?
    var certificateFiles: CertificateFiles?

    static let anonymous = CredentialSource()
}
