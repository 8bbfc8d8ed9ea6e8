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

    /// Throws `notFound` where a secret is named and not there, `invalid` where it holds no credentials.
    func credentials(_ name: String?) async throws -> GitCredentials {
        guard let name else { return .none }
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
        return try await credentials(in: tree, name: name)
    }

    private func credentials(in tree: DirectoryTree, name: String) async throws -> GitCredentials {
        func key(_ name: String) async throws -> String? {
            let file = try TreePath(name)
            guard try await tree.entry(at: file) != nil else { return nil }
            return String(decoding: try await tree.read(file), as: UTF8.self)
        }
        func line(_ name: String) async throws -> String? {
            try await key(name).map { String($0.dropLast(while: \.isNewline)) }
        }
        let authority = try await key("ca.crt")
        if let token = try await line("bearerToken") { return GitCredentials(.bearerToken(token), certificateAuthority: authority) }
        if let identity = try await key("identity") {
            return GitCredentials(
                .sshKey(identity: identity, knownHosts: try await key("known_hosts") ?? ""), certificateAuthority: authority)
        }
        if let password = try await line("password") {
            return GitCredentials(
                .userPassword(user: try await line("username") ?? "git", password: password), certificateAuthority: authority)
        }
        if authority != nil { return GitCredentials(certificateAuthority: authority) }
        throw PlumbError(
            .invalid, "The secret \(name.quoted) in \(path) holds no credentials.",
            remedy: "Put username and password, bearerToken, or identity and known_hosts into it, one file a key.")
    }
}
