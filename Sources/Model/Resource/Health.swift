/// How a resource is doing, in the words that Argo CD and kstatus users know.
package struct Health: Sendable, Hashable {
    /// Ordered from good to bad, so that the worst of several is their maximum.
    package enum Status: String, Sendable, Hashable, CaseIterable, Comparable {
        case healthy = "Healthy"
        case suspended = "Suspended"
        case progressing = "Progressing"
        case missing = "Missing"
        case degraded = "Degraded"
        case unknown = "Unknown"

        package static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package var status: Status
    /// Why, in a sentence; nil when healthy says it all.
    package var message: String?

    package init(_ status: Status, _ message: String? = nil) {
        self.status = status
        self.message = message
    }

    package static let healthy = Health(.healthy)

    /// The worst of the parts; of nothing, healthy.
    package static func worst(of parts: some Sequence<Health>) -> Health {
        parts.max { $0.status < $1.status } ?? .healthy
    }
}
