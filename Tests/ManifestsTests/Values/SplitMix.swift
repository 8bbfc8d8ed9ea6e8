import Manifests

/// Random values from a seed (SplitMix64), so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func value(depth: Int) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0..<63, using: &self))
        case 3:
            return Value(
                number: Double(Int.random(in: -1_000_000...1_000_000, using: &self)) / pow2(Int.random(in: -80...80, using: &self)))
        case 4, 5: return .string(string())
        case 6: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
        default: return .object(Object((0..<Int.random(in: 0..<5, using: &self)).map { _ in (string(), value(depth: depth - 1)) }))
        }
    }

    private func pow2(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    /// Strings of what makes writers stumble.
    mutating func string() -> String {
        let parts = [
            " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", "#", " #", "-", "- ", "?", "? ", "'", "\"", "\\", ",", "[", "]", "{",
            "}", "&", "*", "!", "|", ">",
            "%", "@", "`", "=", "<<", "~", "null", "true", "yes", "0", "1", "0x1", "1e3", ".5", "12:30", "2001-01-01", "---", "...",
            "a", "word", "é", "日本", "😀",
            "\u{A0}", "\u{85}", "\u{2028}", "\u{7F}", "\u{0}", "\u{1B}", "\u{FEFF}", "\u{E000}", "\u{FFFD}",
            "a long run of words that must be folded somewhere ",
        ]
        return (0..<Int.random(in: 0..<6, using: &self)).map { _ in parts[Int.random(in: parts.indices, using: &self)] }.joined()
    }
}
