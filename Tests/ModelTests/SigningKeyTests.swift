import Model
import Testing

@Suite struct SigningKeyTests {
    private static let block = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"

    static let accepted: [(text: String, expected: SigningKey)] = [
        ("ssh-ed25519 AAAA", .ssh("ssh-ed25519 AAAA")),
        ("ssh-ed25519  AAAA  tess@example.com laptop\n", .ssh("ssh-ed25519 AAAA")),
        ("sk-ssh-ed25519@openssh.com AAAA+/==", .ssh("sk-ssh-ed25519@openssh.com AAAA+/==")),
        (block, .openPGP(block)),
    ]

    @Test(arguments: accepted) func reads(text: String, expected: SigningKey) throws {
        #expect(try SigningKey(text) == expected)
    }

    static let refused: [(text: String, says: String)] = [
        ("", "is empty"), (" \n ", "is empty"), ("ssh-ed25519", "is none"), ("ssh-dss AAAA", "is none"),
        ("AAAA", "is none"), ("ssh-ed25519 AA\"A", "is none"), ("ssh-ed25519 AAAA\nssh-ed25519 BBBB", "is none"),
        ("cert-authority ssh-ed25519 AAAA", "is none"),
        (String(block.prefix(60)), "is cut off"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n-----END OPENSSH PRIVATE KEY-----", "is a private key"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nsecret\n", "is a private key"),
        ("ssh-rsa " + String(repeating: "A", count: 70_000), "is too long"),
    ]

    @Test(arguments: refused) func refuses(text: String, says: String) {
        let error = #expect(throws: PlumbError.self) { try SigningKey(text) }
        #expect(error?.message.contains(says) == true, "\(error as Any)")
        #expect(error?.description.contains("secret") == false)
    }
}
