import Crypto

/// A SHA-256 digest, printed `sha256:<hex>`.
package struct Digest: Sendable, Hashable, CustomStringConvertible {
    package let hex: String

    private init(hex: String) { self.hex = hex }

    package init(bytes: [UInt8]) { self.hex = Self.hexadecimal(SHA256.hash(data: bytes)) }

    /// nil unless the text is `sha256:` and 64 lower-case hexadecimal digits.
    package init?(parsing text: String) {
        guard text.hasPrefix("sha256:") else { return nil }
        let digits = text.dropFirst(7)
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = String(digits)
    }

    package var short: String { String(hex.prefix(12)) }
    package var description: String { "sha256:\(hex)" }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
