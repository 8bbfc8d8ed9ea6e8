import Model
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Credentials as Kubernetes mounts them: a directory for each secret, one file for each key.
struct SecretsDirectory {
    let path: String

    init(_ given: String?) {
        path = given ?? ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] ?? "/etc/plumb/secrets"
    }

    /// What a secret has for Git; without a name, what there is for the URL. Throws `notFound` where one is named and not there,
    /// `invalid` where it holds no credentials.
    func credentials(_ name: String?, for url: String) async throws -> GitCredentials {
        guard let name = try await secret(name, for: url) else { return .none }
        let keys = try await keys(name)
        let authority = keys["ca.crt"]
        if let token = keys.line("bearerToken") { return GitCredentials(.bearerToken(token), certificateAuthority: authority) }
        if let identity = keys["identity"] {
            return GitCredentials(
                .sshKey(identity: identity, knownHosts: keys["known_hosts"] ?? ""), certificateAuthority: authority)
        }
        if let password = keys.line("password") {
            return GitCredentials(
                .userPassword(user: keys.line("username") ?? "git", password: password), certificateAuthority: authority)
        }
        guard authority != nil else { throw empty(name) }
        return GitCredentials(certificateAuthority: authority)
    }

    /// The same for charts; nil where nobody names a secret, and there is none for the URL.
    func chartCredentials(_ name: String?, for url: String) async throws -> ChartCredentials? {
        guard let name = try await secret(name, for: url) else { return nil }
        let keys = try await keys(name)
        let authority = keys["ca.crt"]
        if let token = keys.line("bearerToken") {
            return ChartCredentials(.bearerToken(Secret(token)), certificateAuthority: authority)
        }
        if let password = keys.line("password") {
            guard let user = keys.line("username") else {
                throw PlumbError(.invalid, "The secret \(name.quoted) in \(path) has a password and no username.")
            }
            return ChartCredentials(.userPassword(user: user, password: Secret(password)), certificateAuthority: authority)
        }
        guard authority != nil else { throw empty(name) }
        return ChartCredentials(certificateAuthority: authority)
    }

    // MARK: Reading

    private func secret(_ name: String?, for url: String) async throws -> String? {
        if let name { return name }
        return try await templates().name(for: url)
    }

    private static let names = ["username", "password", "bearerToken", "identity", "known_hosts", "ca.crt"]
    private static let mostSecrets = 1000

    /// Those directories that have a file `url`; none where there is no directory of secrets at all.
    private func templates() async throws -> CredentialTemplates {
        guard let tree = try? await DirectoryTree(path) else { return CredentialTemplates(urls: [:]) }
        var urls: [String: String] = [:]
        for name in try await tree.list(.root).prefix(Self.mostSecrets) {
            let file = TreePath.root.child(name).child("url")
            guard case .file? = try await tree.entry(at: file) else { continue }
            urls[name] = String(String(decoding: try await tree.read(file), as: UTF8.self).dropLast(while: \.isWhitespace))
        }
        return CredentialTemplates(urls: urls)
    }

    private func keys(_ name: String) async throws -> [String: String] {
        guard let secret = try? TreePath(name), secret.components.count == 1 else {
            throw PlumbError(.invalid, "The secretRef \(name.quoted) is no name of a directory in \(path).")
        }
        let tree: DirectoryTree
        do {
            tree = try await DirectoryTree("\(path)/\(secret)")
        } catch {
            throw PlumbError(
                .notFound, "The secret \(name.quoted) cannot be read from \(path): \(error)",
                remedy:
                    "Make a directory of that name with the files username and password, bearerToken, or identity and known_hosts.")
        }
        var keys: [String: String] = [:]
        for name in Self.names {
            let file = TreePath.root.child(name)
            guard try await tree.entry(at: file) != nil else { continue }
            keys[name] = String(decoding: try await tree.read(file), as: UTF8.self)
        }
        return keys
    }

    private func empty(_ name: String) -> PlumbError {
        PlumbError(
            .invalid, "The secret \(name.quoted) in \(path) holds no credentials for this.",
            remedy: "Put username and password, or bearerToken into it, for Git over SSH identity and known_hosts, one file a key.")
    }
}

extension [String: String] {
    /// A value without the line breaks that an editor puts at its end.
    fileprivate func line(_ key: String) -> String? { self[key].map { String($0.dropLast(while: \.isNewline)) } }
}
