import Manifests
import Testing

@Suite struct DigestTests {
    @Test func isTheDigestOfTheBytes() {
        let digest = Digest(bytes: Array("abc".utf8))
        #expect(digest.description == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(digest.short == "ba7816bf8f01")
    }

    @Test func ofAValueIsThatOfItsJSON() throws {
        let small: Value = ["b": 1, "a": ["x"]]
        #expect(Digest(of: small) == Digest(bytes: Array(#"{"a":["x"],"b":1}"#.utf8)))
        let large: Value = [
            "a": .array((0..<5000).map { .string("element \($0)") }), "b": .string(String(repeating: "é", count: 20_000)),
        ]
        #expect(Digest(of: large) == Digest(bytes: JSON.serialize(large)))
        #expect(Digest(of: try JSON.parse(Array("1.0".utf8))) == Digest(of: 1))
    }

    /// The second test case of RFC 4231.
    @Test func underAKeyIsAnHMAC() {
        let digest = Digest.keyed(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(digest.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test(arguments: [
        ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true),
        ("sha256:BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false),
        ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false), ("sha256:ba78", false), ("sha256:", false),
        ("", false),
        ("sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false),
    ])
    func readsOnlyItsOwnForm(text: String, isDigest: Bool) {
        #expect((Digest(parsing: text)?.description == text) == isDigest)
    }
}
