import Logging
import Operator
import Synchronization

/// What handlers work with.
struct Services: Sendable {
    let interface: any OperatorInterface
    let metrics: MetricsRegistry
    let announcement: Announcement
    let streams: EventStreams
    let heartbeat: Duration
    let version: String
    let logger: Logger
}

/// Whether commands on this machine can find the server already.
final class Announcement: Sendable {
    private let isMade = Atomic(false)

    func make() { isMade.store(true, ordering: .releasing) }
    var hasBeenMade: Bool { isMade.load(ordering: .acquiring) }
}
