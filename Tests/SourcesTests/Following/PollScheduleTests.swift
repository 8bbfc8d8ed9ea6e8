import Sources
import Testing

@Suite struct PollScheduleTests {
    /// Seconds, with the middle of the spread.
    static let cases: [(interval: Double, failures: Int, expected: Double)] = [
        (60, 0, 60), (60, 1, 5), (60, 2, 10), (60, 3, 20), (60, 7, 320), (60, 8, 600), (60, 100, 600), (60, .max, 600),
        (1, 0, 1), (1, 1, 1), (1, 2, 2), (1, 4, 8), (1, 5, 10), (1, 50, 10),
        (10, 1, 5), (10, 5, 80), (10, 6, 100), (10, 9, 100),
        (3600, 0, 3600), (3600, 1, 5), (3600, 10, 2560), (3600, 11, 3600), (3600, 30, 3600),
    ]

    @Test(arguments: cases) func waits(interval: Double, failures: Int, expected: Double) {
        let schedule = PollSchedule(interval: .seconds(interval))
        #expect(abs(schedule.delay(failures: failures, chance: 0.5) / .seconds(expected) - 1) < 0.000_001)
        #expect(abs(schedule.delay(failures: failures, chance: 0) / .seconds(expected) - 0.9) < 0.000_001)
        #expect(abs(schedule.delay(failures: failures, chance: 1) / .seconds(expected) - 1.1) < 0.000_001)
        #expect(schedule.delay(failures: failures, chance: -5) == schedule.delay(failures: failures, chance: 0))
    }
}
