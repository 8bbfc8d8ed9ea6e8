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
        /// Somebody asked for a look at the target, whatever else was asked for.
        package var looks: Bool

        package init(name: String, cause: OperationRecord.Cause, priority: Priority, looks: Bool? = nil) {
            self.name = name
            self.cause = cause
            self.priority = priority
            self.looks = looks ?? (cause != .revision)
        }
    }

    private struct Entry: Sendable {
        var work: Work
        /// Earlier comes first among equals.
        var order: UInt64
    }

    /// What may begin: one an application.
    private var entries: [String: Entry] = [:]
    /// What is due later, apart from that: what happens meanwhile must not bring a retry forward.
    private var delayed: [String: [Work: ContinuousClock.Instant]] = [:]
    private var underWay: Set<String> = []
    private var nextOrder: UInt64 = 0

    package init() {}

    /// How many applications may begin, or would if they were not under way.
    package var count: Int { entries.count }
    package func isUnderWay(_ name: String) -> Bool { underWay.contains(name) }
    package func isWaiting(_ name: String) -> Bool { entries[name] != nil }

    /// Requests for one application become one with the more urgent cause; those for later stay apart until they are due.
    package mutating func add(_ work: Work, notBefore: ContinuousClock.Instant? = nil) {
        if let notBefore {
            delayed[work.name, default: [:]][work] = min(notBefore, delayed[work.name]?[work] ?? notBefore)
            return
        }
        guard var entry = entries[work.name] else {
            nextOrder += 1
            entries[work.name] = Entry(work: work, order: nextOrder)
            return
        }
        let looks = work.looks || entry.work.looks
        if work.priority >= entry.work.priority { entry.work = work }
        entry.work.looks = looks
        entries[work.name] = entry
    }

    /// The next one that may begin, which is under way from then on.
    package mutating func next(now: ContinuousClock.Instant) -> Work? {
        admit(now)
        let due = entries.values.filter { !underWay.contains($0.work.name) }
        guard let best = due.max(by: { ($0.work.priority, $1.order) < ($1.work.priority, $0.order) }) else { return nil }
        entries[best.work.name] = nil
        underWay.insert(best.work.name)
        return best.work
    }

    package mutating func finished(_ name: String) { underWay.remove(name) }

    package mutating func remove(_ name: String) {
        entries[name] = nil
        delayed[name] = nil
    }

    /// When the next one that waits for its time has to be looked at; nil where none does.
    package func nextMoment(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        delayed.filter { !underWay.contains($0.key) }.values.flatMap(\.values).filter { $0 > now }.min()
    }

    private mutating func admit(_ now: ContinuousClock.Instant) {
        for (name, works) in delayed {
            for (work, moment) in works where moment <= now {
                delayed[name]?[work] = nil
                add(work)
            }
            if delayed[name]?.isEmpty ?? false { delayed[name] = nil }
        }
    }
}
