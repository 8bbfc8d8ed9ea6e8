import Model
import Planning

/// Two clocks of which one runs at a time: what we do counts against one deadline, what we wait for against the other.
struct DeadlineClocks {
    let deadlines: Deadlines
    private var spent: [Bool: Duration] = [:]
    private var last = ContinuousClock.now

    init(deadlines: Deadlines) { self.deadlines = deadlines }

    /// Adds the time since the last call to `clock`, and returns it if its deadline is reached. It then starts anew, for
    /// what follows a failure.
    mutating func advance(_ clock: SyncMachine.Deadline) -> SyncMachine.Deadline? {
        let now = ContinuousClock.now
        let isHealthy = clock == .healthy
        spent[isHealthy, default: .zero] += now - last
        last = now
        let limit = isHealthy ? deadlines.healthy : deadlines.applied
        guard spent[isHealthy, default: .zero] >= limit else { return nil }
        spent[isHealthy] = .zero
        return clock
    }
}
