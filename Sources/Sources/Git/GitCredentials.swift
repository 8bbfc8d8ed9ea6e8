import Model

/// How Plumb proves to a Git server who it is, and which server it believes. Never printed.
package struct GitCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    package enum Method: Sendable {
        case none
        case userPassword(user: String, password: String)
        case bearerToken(String)
        /// Contents of a private key file without passphrase, and of a `known_hosts` file that has the server's key.
        case sshKey(identity: String, knownHosts: String)
    }

    package let method: Method
    /// PEM: the authorities trusted for this server, in place of the system's.
    package let certificateAuthority: String?

    package init(_ method: Method = .none, certificateAuthority: String? = nil) {
        self.method = method
        self.certificateAuthority = certificateAuthority
    }

    package static let none = GitCredentials()

    var secrets: [String] {
        switch method {
        case .none: []
        case .userPassword(_, let password): [password]
        case .bearerToken(let token): [token]
        case .sshKey(let identity, _): [identity]
        }
    }

    /// Throws `invalid` when they cannot be used with `url`: better said here than by a server that knows nothing of them.
    func validate(for url: GitURL) throws {
        switch (method, url.kind) {
        case (.none, .ssh):
            throw PlumbError(
                .denied, "The repository \(url) is reached over SSH, and no key is given.",
                remedy: "Put a private key as identity and the server's key as known_hosts into the repository's secret.")
        case (.sshKey(_, let knownHosts), .ssh):
            guard knownHosts.contains(where: { !$0.isWhitespace }) else {
                throw PlumbError(
                    .invalid, "The repository \(url) is reached over SSH, and known_hosts is empty.",
                    remedy:
                        "Put the server's key there, as ssh-keyscan prints it and after checking it against what the server's owner says."
                )
            }
        case (.sshKey, _):
            throw PlumbError(
                .invalid, "An SSH key is given for \(url), which is not reached over SSH.",
                remedy: "Give username and password, or a bearerToken.")
        case (.userPassword, .ssh), (.bearerToken, .ssh):
            throw PlumbError(
                .invalid, "A password or token is given for \(url), which takes an SSH key.",
                remedy: "Give identity and known_hosts.")
        case (.userPassword(let user, let password), _) where (user + password).contains(where: \.isNewline):
            throw PlumbError(.invalid, "The user name or password for \(url) has a line break in it.")
        case (.bearerToken(let token), _) where token.contains(where: \.isNewline):
            throw PlumbError(.invalid, "The bearer token for \(url) has a line break in it.")
        default: break
        }
    }

    package var description: String { "GitCredentials(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
