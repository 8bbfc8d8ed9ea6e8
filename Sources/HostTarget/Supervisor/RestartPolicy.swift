import Model

/// What follows the end of a process; pure.
struct RestartPolicy {
    enum Next: Equatable {
        /// `succeeded`: as asked for, and nothing is left to do.
        case finish(succeeded: Bool)
        case restart(after: Duration)
    }

    let restart: ProcessSpec.Restart
    /// Ends in a row without a healthy minute between them.
    private(set) var failures = 0

    private static let longest = Duration.seconds(60)
    private static let healthyTime = Duration.seconds(60)

    init(_ restart: ProcessSpec.Restart) { self.restart = restart }

    /// `succeeded` is an exit with 0 that nobody forced; `uptime` counts from the start, `wasReady` says whether it ever
    /// answered its readiness probe, or had none.
    mutating func ended(succeeded: Bool, uptime: Duration, wasReady: Bool) -> Next {
        switch restart {
        case .never: return .finish(succeeded: succeeded)
        case .onFailure where succeeded: return .finish(succeeded: true)
        case .onFailure, .always: break
        }
        if wasReady, uptime >= Self.healthyTime { failures = 0 }
        failures += 1
        let delay = Duration.seconds(1 << min(failures - 1, 6))
        return .restart(after: min(delay, Self.longest))
    }
}
