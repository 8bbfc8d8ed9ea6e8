/// Wall-clock times of one piece of work: the median of several runs, after one that is not counted.
enum Stopwatch {
    static func median(of runs: Int = 5, _ work: () async throws -> Void) async throws -> Duration {
        try await work()
        var times: [Duration] = []
        for _ in 0..<runs { times.append(try await ContinuousClock().measure { try await work() }) }
        return times.sorted()[runs / 2]
    }

    /// The medians of two pieces of work that take turns, so that a slow minute of the machine meets both.
    static func medians(
        of rounds: Int = 5, _ ours: () async throws -> Void, beside theirs: () async throws -> Void
    ) async throws -> (ours: Duration, theirs: Duration) {
        var times: (ours: [Duration], theirs: [Duration]) = ([], [])
        for _ in 0..<rounds {
            times.theirs.append(try await ContinuousClock().measure { try await theirs() })
            times.ours.append(try await median(of: 3, ours))
        }
        return (times.ours.sorted()[rounds / 2], times.theirs.sorted()[rounds / 2])
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension Double {
    func text(_ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (self * scale).rounded()
        let whole = Int64(scaled / scale)
        let rest = Int64(scaled) - whole * Int64(scale)
        let fraction = String(rest)
        return digits == 0 ? "\(whole)" : "\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
