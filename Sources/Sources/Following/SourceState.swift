package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How looks at a repository went. What was known last stays known while it cannot be looked at.
package struct SourceState: Sendable {
    /// When the last look that succeeded was, since 1970-01-01T00:00:00Z; nil where none did yet.
    package internal(set) var checkedAt: Duration?
    /// Why the last look failed; nil when it succeeded.
    package internal(set) var error: PlumbError?
    /// Since when every look fails, since 1970-01-01T00:00:00Z.
    package internal(set) var failingSince: Duration?
    /// How many looks in a row have failed.
    package internal(set) var failures = 0
    /// When it is looked at next, unless somebody asks before, since 1970-01-01T00:00:00Z; nil before the first look.
    package internal(set) var nextCheckAt: Duration?

    mutating func succeed() {
        (error, failingSince, failures) = (nil, nil, 0)
        checkedAt = Self.now
    }

    mutating func fail(_ error: PlumbError) {
        self.error = error
        failingSince = failingSince ?? Self.now
        failures += 1
    }

    /// Whether a look ended otherwise than the one before. Times do not count.
    func isNews(after other: SourceState) -> Bool {
        Self.essence(error) != Self.essence(other.error) || (checkedAt == nil) != (other.checkedAt == nil)
    }

    /// Without numbers: the programs say how many milliseconds it took to fail.
    private static func essence(_ error: PlumbError?) -> String? {
        error.map { error in "\(error.code.name) \(error.message.filter { !$0.isNumber })" }
    }

    static var now: Duration { .seconds(Date().timeIntervalSince1970) }
}
