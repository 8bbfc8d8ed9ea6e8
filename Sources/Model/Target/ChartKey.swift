/// What an application's charts draw random values and the time from: the same key gives the same values again.
///
/// Made once for an application and kept on its target, beside the inventory. Whoever has it can compute the passwords that were
/// drawn, so printing it shows a placeholder.
package struct ChartKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    package static let length = 32

    /// `length` bytes.
    package let bytes: [UInt8]
    /// In seconds since 1970: the "now" of the charts.
    package let madeAt: Int64

    /// nil where the bytes are too few or too many.
    package init?(bytes: [UInt8], madeAt: Int64) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
        self.madeAt = madeAt
    }

    private init(random bytes: [UInt8], madeAt: Int64) {
        self.bytes = bytes
        self.madeAt = madeAt
    }

    /// Another one each time, from the system's generator.
    package static func random(madeAt: Int64) -> ChartKey {
        var generator = SystemRandomNumberGenerator()
        return ChartKey(random: (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }, madeAt: madeAt)
    }

    package var description: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
