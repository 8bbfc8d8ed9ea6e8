package import Model

/// Two managers that fight are told, not raced: the third revert of one field within ten minutes makes it contested, and it is
/// left alone for a while that doubles.
package struct ContestTracker: Sendable {
    package struct Contest: Sendable, Hashable {
        package var manager: String
        package var path: String
        package var until: ContinuousClock.Instant
    }

    private struct Field: Hashable {
        let key: ResourceKey
        let path: String
    }

    private static let window = Duration.seconds(600)
    private static let reverts = 3
    private static let firstPause = Duration.seconds(60)
    private static let longestPause = Duration.seconds(3600)
    /// A bound for what is remembered, far above what one application has.
    private static let fields = 10_000

    private var times: [Field: [ContinuousClock.Instant]] = [:]
    private var pauses: [Field: (until: ContinuousClock.Instant, length: Duration, manager: String)] = [:]

    package init() {}

    /// Told of a revert. Returns the contest that it makes of the field, if it does.
    package mutating func reverted(_ key: ResourceKey, _ change: FieldChange, now: ContinuousClock.Instant) -> Contest? {
        forget(before: now - Self.window)
        let field = Field(key: key, path: change.path)
        guard times.count < Self.fields else { return nil }
        times[field, default: []].append(now)
        guard times[field, default: []].count >= Self.reverts else { return nil }
        let length = min((pauses[field]?.length).map { $0 * 2 } ?? Self.firstPause, Self.longestPause)
        let manager = change.manager ?? "unknown"
        pauses[field] = (now + length, length, manager)
        return Contest(manager: manager, path: change.path, until: now + length)
    }

    /// The contest over a field of this resource that still goes on.
    package func contest(over key: ResourceKey, now: ContinuousClock.Instant) -> Contest? {
        pauses.filter { $0.key.key == key && $0.value.until > now }.map {
            Contest(manager: $0.value.manager, path: $0.key.path, until: $0.value.until)
        }.min { $0.path < $1.path }
    }

    /// What has been quiet for as long as it was paused is at peace.
    private mutating func forget(before limit: ContinuousClock.Instant) {
        for (field, moments) in times {
            let recent = moments.filter { $0 > limit }
            times[field] = recent.isEmpty ? nil : recent
        }
        pauses = pauses.filter { $0.value.until > limit }
    }
}
