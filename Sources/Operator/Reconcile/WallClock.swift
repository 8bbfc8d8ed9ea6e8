#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The time of day, for people; deadlines go by the monotonic clock.
enum WallClock {
    /// Since 1970, UTC.
    static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// RFC 3339, UTC, with milliseconds.
    static var text: String { text(milliseconds: milliseconds) }

    static func text(_ since1970: Duration) -> String { text(milliseconds: Int64(since1970 / .milliseconds(1))) }

    static func text(milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
