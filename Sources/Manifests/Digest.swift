import Crypto

/// A SHA-256 digest, written `sha256:<64 hex digits>`.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package let hex: String

    /// Of the bytes as they are.
    package init(bytes: [UInt8]) {
        hex = Self.hex(SHA256.hash(data: bytes))
    }

    /// Of the value's compact JSON: equal for equal values, whatever text they were read from.
    package init(of value: Value) {
        var writer = JSONWriter(sink: HashingSink())
        writer.write(value)
        hex = Self.hex(writer.sink.finalized())
    }

    /// Reads `sha256:<hex>`; nil for anything else, upper-case digits included.
    package init?(parsing text: String) {
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
        let isHex = digits.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard text.hasPrefix(Self.prefix), digits.count == 64, isHex else { return nil }
        hex = String(decoding: digits, as: UTF8.self)
    }

    private init(hex: String) { self.hex = hex }

    /// Of bytes that may not be guessed from their digest: HMAC-SHA-256 under a key that is kept apart from it.
    package static func keyed(_ bytes: [UInt8], key: [UInt8]) -> Digest {
        Digest(hex: hex(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key))))
    }

    /// The first twelve hexadecimal digits: enough for people, and for names.
    package var short: String { String(hex.prefix(12)) }

    package var description: String { Self.prefix + hex }

    private static let prefix = "sha256:"

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Feeds a hash in blocks, so that the text hashed never stands in memory whole.
private struct HashingSink: ByteSink {
    private static let blockSize = 4096
    private var hash = SHA256()
    private var block: [UInt8] = []

    init() { block.reserveCapacity(2 * Self.blockSize) }

    mutating func write(_ byte: UInt8) {
        block.append(byte)
        if block.count >= Self.blockSize { flush() }
    }

    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count >= Self.blockSize {
            flush()
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        } else {
            block.append(contentsOf: bytes)
            if block.count >= Self.blockSize { flush() }
        }
    }

    private mutating func flush() {
        hash.update(data: block)
        block.removeAll(keepingCapacity: true)
    }

    mutating func finalized() -> SHA256.Digest {
        flush()
        return hash.finalize()
    }
}
