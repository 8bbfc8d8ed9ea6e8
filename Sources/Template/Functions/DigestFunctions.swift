import Crypto

/// Checksums.
enum DigestFunctions {
    static let functions: [String: GoFunction] = [
        "sha1sum": GoFunction([.string]) { .string(hex(Insecure.SHA1.hash(data: $0.bytes(0)))) },
        "sha256sum": GoFunction([.string]) { .string(hex(SHA256.hash(data: $0.bytes(0)))) },
        "sha512sum": GoFunction([.string]) { .string(hex(SHA512.hash(data: $0.bytes(0)))) },
        "adler32sum": GoFunction([.string]) { .string(String(adler32($0.bytes(0)))) },
    ]

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        digest.map { GoQuote.hex(UInt32($0), digits: 2) }.joined()
    }

    private static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return b << 16 | a
    }
}
