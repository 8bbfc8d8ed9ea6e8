import Model
import Testing

@Suite struct RedactorTests {
    private static let secret = "hunter2 /+é"

    @Test(arguments: [
        ("nothing to hide", "nothing to hide"),
        ("password is hunter2 /+é!", "password is •••!"),
        ("x=hunter2%20%2F%2B%C3%A9&y", "x=•••&y"),
        ("x=hunter2%20%2f%2b%c3%a9&y", "x=•••&y"),
        ("https://me:other@host/x and more", "https://•••@host/x and more"),
        ("unable to access 'https://token@host:8443/x'", "unable to access 'https://•••@host:8443/x'"),
        ("ssh://git@host/x", "ssh://git@host/x"),
        ("ssh://git:pw@host/x", "ssh://•••@host/x"),
        ("https://host/a@b", "https://host/a@b"),
    ])
    func takesSecretsOut(text: String, expected: String) {
        #expect(Redactor(secrets: [Self.secret])(text) == expected)
    }

    /// Base64 of `<user>:hunter2 /+é` for users of three lengths: one for each place the secret can start at.
    @Test(arguments: ["YTpodW50ZXIyIC8rw6k=", "YWI6aHVudGVyMiAvK8Op", "YWJjOmh1bnRlcjIgLyvDqQ=="])
    func findsSecretsInBase64(encoded: String) {
        let text = Redactor(secrets: [Self.secret])("Authorization: Basic \(encoded)")
        #expect(text.contains(Redactor.mark))
        #expect(!text.contains(encoded.dropFirst(6).dropLast(6)))
    }

    @Test func findsEachLineOfAKey() {
        let redactor = Redactor(secrets: ["-----BEGIN KEY-----\nAAAABBBBCCCC\nDDDDEEEE\n"])
        #expect(redactor("line DDDDEEEE is bad") == "line ••• is bad")
    }
}
