/// When to look at a repository again. Pure: chance comes from outside.
package struct PollSchedule: Sendable, Hashable {
    /// Between two looks while all is well.
    package let interval: Duration

    package init(interval: Duration) { self.interval = interval }

    private static let firstRetry = Duration.seconds(5)
    private static let longest = Duration.seconds(600)

    /// How long to wait after a look.
    ///
    /// After `failures` failed ones in a row it doubles from 5 s (or the interval, if that is less) up to 10 intervals, at
    /// most 10 minutes, but at least the interval. `chance`, from 0 to 1, spreads it by ±10 %, so that what was started
    /// together does not ask together.
    package func delay(failures: Int, chance: Double) -> Duration {
        let factor = 0.9 + 0.2 * min(max(chance, 0), 1)
        guard failures > 0 else { return interval * factor }
        let bound = max(interval, min(interval * 10, Self.longest))
        let first = min(interval, Self.firstRetry)
        return min(bound, first * (1 << min(failures - 1, 30))) * factor
    }
}
