/// How long each stage of a reconcile took.
struct StageClock: Sendable {
    private(set) var marks: [(String, Duration)] = []
    private var last = ContinuousClock.now

    mutating func mark(_ stage: String) {
        let now = ContinuousClock.now
        marks.append((stage, now - last))
        last = now
    }
}
