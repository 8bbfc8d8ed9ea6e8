/// What is due later, apart from what may begin: what happens meanwhile must not bring a retry forward.
struct DelayedWork: Sendable {
    private var moments: [String: [WorkQueue.Work: ContinuousClock.Instant]] = [:]
    /// Not later than any of them: most looks find nothing due, at no cost.
    private var earliest: ContinuousClock.Instant?

    mutating func add(_ work: WorkQueue.Work, at moment: ContinuousClock.Instant) {
        moments[work.name, default: [:]][work] = min(moment, moments[work.name]?[work] ?? moment)
        earliest = min(moment, earliest ?? moment)
    }

    mutating func remove(_ name: String) { moments[name] = nil }

    /// Gives out what is due, and forgets it.
    mutating func due(_ now: ContinuousClock.Instant) -> [WorkQueue.Work] {
        guard let earliest, earliest <= now else { return [] }
        var result: [WorkQueue.Work] = []
        for (name, works) in moments {
            let later = works.filter { $0.value > now }
            guard later.count < works.count else { continue }
            result += works.filter { $0.value <= now }.sorted { $0.value < $1.value }.map(\.key)
            moments[name] = later.isEmpty ? nil : later
        }
        self.earliest = moments.values.lazy.flatMap(\.values).min()
        return result
    }

    func nextMoment(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard let earliest else { return nil }
        return earliest > now ? earliest : moments.values.lazy.flatMap(\.values).filter { $0 > now }.min()
    }
}
