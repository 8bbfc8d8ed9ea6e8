import Crypto

/// Bytes that look random and are the same for the same seed, use and count of earlier uses of that name: what is drawn
/// for one thing does not move when something else draws more.
package struct KeyedRandom: Sendable {
    private let key: SymmetricKey

    package init(seed: [UInt8]) { key = SymmetricKey(data: SHA256.hash(data: seed)) }

    package func bytes(for use: String, count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + 32)
        var block: UInt32 = 0
        while result.count < count {
            let message = Array("\(use)#\(block)".utf8)
            result += HMAC<SHA256>.authenticationCode(for: message, using: key)
            block += 1
        }
        return Array(result.prefix(count))
    }
}
