import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How long ago something was, for tables: `42s`, `12m`, `5h`, `3d`.
enum AgeText {
    /// `-` for no time, or for what is none.
    static func text(since time: String?, now: Duration) -> String {
        guard let time, let since = TimeText.parse(time) else { return "-" }
        // Clocks of two machines differ a little; nothing is in the future.
        let seconds = max(0, (now - since).components.seconds)
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }

    /// `12m ago`
    static func ago(_ time: String?, now: Duration) -> String {
        let age = text(since: time, now: now)
        return age == "-" ? age : age + " ago"
    }

    /// Since 1970.
    static var now: Duration { .milliseconds(Int64(Date().timeIntervalSince1970 * 1000)) }
}
