/// The public half of a key that commits or tags are signed with.
package enum SigningKey: Sendable, Hashable {
    /// `ssh-ed25519 AAAA…`: the type and the key, without a comment.
    case ssh(String)
    /// An armoured block.
    case openPGP(String)

    private static let length = 64 << 10
    private static let types = [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ]

    /// Reads a line of an `id_….pub` file, or what `gpg --armor --export` prints. Throws `invalid`, without the text: it
    /// may be a private key.
    package init(_ text: String) throws {
        let lines = text.split(whereSeparator: \.isNewline).filter { $0.contains { !$0.isWhitespace } }
        guard text.utf8.count <= Self.length, let first = lines.first, !text.contains("PRIVATE KEY") else {
            throw Self.error(
                text.contains("PRIVATE KEY") ? "is a private key" : text.utf8.count > Self.length ? "is too long" : "is empty")
        }
        if first.hasPrefix("-----BEGIN PGP PUBLIC KEY BLOCK-----") {
            guard lines.last?.hasPrefix("-----END PGP PUBLIC KEY BLOCK-----") == true else { throw Self.error("is cut off") }
            self = .openPGP(text)
            return
        }
        let words = first.split { $0 == " " || $0 == "\t" }
        guard lines.count == 1, words.count > 1, Self.types.contains(String(words[0])), Self.isBase64(words[1]) else {
            throw Self.error("is none")
        }
        self = .ssh("\(words[0]) \(words[1])")
    }

    package var text: String {
        switch self {
        case .ssh(let text), .openPGP(let text): text
        }
    }

    private static func error(_ what: String) -> PlumbError {
        PlumbError(
            .invalid, "What is given as a key that signs commits \(what).",
            remedy: "Give the public key: the line of an id_….pub file, or the block that gpg --armor --export prints.")
    }

    private static func isBase64(_ text: Substring) -> Bool {
        text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 43 || $0 == 47 || $0 == 61
        }
    }
}
