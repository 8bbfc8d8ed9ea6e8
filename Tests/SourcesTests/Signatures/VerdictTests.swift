import Testing

@testable import Sources

/// What the programs print, and how objects carry signatures.
@Suite struct VerdictTests {
    static let openPGP: [(lines: String, succeeded: Bool, expected: SignatureVerdict)] = [
        ("NEWSIG\nGOODSIG K T <t@x>\nVALIDSIG F 2020\nTRUST_UNDEFINED", true, .good),
        ("GOODSIG K T\nVALIDSIG F", false, .unreadable("[GNUPG:] GOODSIG K T; [GNUPG:] VALIDSIG F")),
        (
            "GOODSIG K T\nVALIDSIG F\nGOODSIG K2 T\nVALIDSIG F2", true,
            .unreadable("[GNUPG:] VALIDSIG F; [GNUPG:] GOODSIG K2 T; [GNUPG:] VALIDSIG F2")
        ),
        ("GOODSIG K T", true, .unreadable("[GNUPG:] GOODSIG K T")),
        ("KEYEXPIRED 1\nEXPKEYSIG K T\nVALIDSIG F", true, .expiredKey("K")),
        ("REVKEYSIG K T\nVALIDSIG F", true, .revokedKey("K")),
        ("EXPSIG K T\nVALIDSIG F", false, .expired),
        ("BADSIG K T", false, .bad),
        ("ERRSIG K 22 10 00 1 9 F\nNO_PUBKEY K", false, .otherKey("K")),
        ("GOODSIG K T\nVALIDSIG F\nBADSIG K2 T", true, .bad),
        ("", true, .unreadable("it said nothing")),
    ]

    @Test(arguments: openPGP) func readsGnuPG(lines: String, succeeded: Bool, expected: SignatureVerdict) {
        let text = lines.split(separator: "\n").map { "[GNUPG:] \($0)\n" }.joined()
        #expect(SignatureVerdict(.openPGP, succeeded: succeeded, errors: text) == expected)
    }

    static let ssh: [(text: String, succeeded: Bool, expected: SignatureVerdict)] = [
        ("Good \"git\" signature for plumb with ED25519 key SHA256:x", true, .good),
        ("Good \"git\" signature for plumb with ED25519 key SHA256:x", false, .otherKey("SHA256:x")),
        ("Good \"git\" signature with ED25519 key SHA256:x\nNo principal matched.", false, .otherKey("SHA256:x")),
        ("Signature verification failed: incorrect signature", false, .bad),
        ("fatal: Good \"git\" signature for plumb", true, .unreadable("fatal: Good \"git\" signature for plumb")),
        (
            "error: cannot run ssh-keygen: No such file or directory", false,
            .unreadable("error: cannot run ssh-keygen: No such file or directory")
        ),
    ]

    @Test(arguments: ssh) func readsSSH(text: String, succeeded: Bool, expected: SignatureVerdict) {
        #expect(SignatureVerdict(.ssh, succeeded: succeeded, errors: text) == expected)
    }

    static let commits: [(text: String, expected: SignatureKind?)] = [
        ("tree t\nauthor a\n\nmessage\n", nil),
        ("tree t\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nm\n", .openPGP),
        ("tree t\ngpgsig -----BEGIN SSH SIGNATURE-----\n x\n\nm\n", .ssh),
        ("tree t\ngpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n x\n\nm\n", .ssh),
        ("tree t\ngpgsig -----BEGIN SIGNED MESSAGE-----\n x\n\nm\n", .other),
        ("tree t\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n", nil),
        ("", nil),
    ]

    @Test(arguments: commits) func findsTheSignatureOfACommit(text: String, expected: SignatureKind?) {
        #expect(SignatureKind(inCommit: Array(text.utf8)) == expected)
    }

    static let tags: [(text: String, expected: SignatureKind?)] = [
        ("object o\ntag v1\n\nmessage\n", nil),
        ("object o\ntag v1\n\nmessage\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n", .openPGP),
        ("object o\ntag v1\n\nm\n-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n", .ssh),
        ("object o\ntag v1\n\nm\n-----BEGIN SIGNED MESSAGE-----\nx\n", .other),
        ("object o\ntag -----BEGIN SSH SIGNATURE-----\n\nm\n", nil),
    ]

    @Test(arguments: tags) func findsTheSignatureOfATag(text: String, expected: SignatureKind?) {
        #expect(SignatureKind(inTag: Array(text.utf8)) == expected)
    }
}
