package import Model

/// What waits to be reconciled: one entry an application, the most urgent first, none while it is under way.
package struct WorkQueue: Sendable {
    package enum Priority: Int, Sendable, Comparable {
        case interval, drift, revision, webhook, person

        package static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Work: Sendable, Hashable {
        package var name: String
        package var cause: OperationRecord.Cause
        package var priority: Priority

        package init(name: String, cause: OperationRecord.Cause, priority: Priority) {
            self.name = name
            self.cause = cause
            self.priority = priority
        }
    }

    private struct Entry: Sendable {
        var work: Work
        var notBefore: ContinuousClock.Instant?
        /// Earlier comes first among equals.
        var order: UInt64
    }

    private var entries: [String: Entry] = [:]
    private var underWay: Set<String> = []
    private var nextOrder: UInt64 = 0

    package init() {}

    package var count: Int { entries.count }
    package func isUnderWay(_ name: String) -> Bool { underWay.contains(name) }
    package func isWaiting(_ name: String) -> Bool { entries[name] != nil }

    /// Requests for one application become one: the more urgent cause, at the earlier time.
    package mutating func add(_ work: Work, notBefore: ContinuousClock.Instant? = nil) {
        guard var entry = entries[work.name] else {
            nextOrder += 1
            entries[work.name] = Entry(work: work, notBefore: notBefore, order: nextOrder)
            return
        }
        if work.priority > entry.work.priority { entry.work = work }
        if let earlier = entry.notBefore { entry.notBefore = notBefore.map { min($0, earlier) } }
        entries[work.name] = entry
    }

    /// The next one that may begin, which is under way from then on.
    package mutating func next(now: ContinuousClock.Instant) -> Work? {
        let due = entries.values.filter { !underWay.contains($0.work.name) && ($0.notBefore ?? now) <= now }
        guard let best = due.max(by: { ($0.work.priority, $1.order) < ($1.work.priority, $0.order) }) else { return nil }
        entries[best.work.name] = nil
        underWay.insert(best.work.name)
        return best.work
    }

    package mutating func finished(_ name: String) { underWay.remove(name) }

    package mutating func remove(_ name: String) { entries[name] = nil }

    /// When the next entry that waits for its time has to be looked at; nil where none does.
    package func nextMoment(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        entries.values.filter { !underWay.contains($0.work.name) }.compactMap(\.notBefore).filter { $0 > now }.min()
    }
}
