/// Ids of operations: RFC 9562 version 7, so that they sort by the time they were made.
package enum UUIDv7 {
    /// `milliseconds` since 1970.
    package static func make(milliseconds: Int64) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(milliseconds: milliseconds, using: &generator)
    }

    static func make(milliseconds: Int64, using generator: inout some RandomNumberGenerator) -> String {
        let time = UInt64(bitPattern: milliseconds) & 0xffff_ffff_ffff
        let high = time << 16 | 0x7000 | UInt64.random(in: 0...0xfff, using: &generator)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3fff_ffff_ffff_ffff, using: &generator)
        let digits = hexadecimal(high) + hexadecimal(low)
        var groups: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
