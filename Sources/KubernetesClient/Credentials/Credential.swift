import Model
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What requests prove themselves with, for now.
struct Credential: Sendable {
    /// The value of the `Authorization` header.
    var authorization: Secret?
    /// Nil where the connection's own configuration holds.
    var tls: TLSConfiguration?
    var certificate: ClientCertificate?

    /// Refuses what no header can carry, so that a stray newline is not taken for an expired token.
    static func bearer(_ token: String) throws -> Secret {
        let isVisible = token.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        guard !token.isEmpty, isVisible else {
            throw PlumbError(.invalid, token.isEmpty ? "the token is empty" : "the token holds characters that no header can carry")
        }
        return Secret("Bearer \(token)")
    }

    static func basic(user: String, password: Secret) -> Secret {
        Secret("Basic \(Data("\(user):\(password.reveal())".utf8).base64EncodedString())")
    }
}
