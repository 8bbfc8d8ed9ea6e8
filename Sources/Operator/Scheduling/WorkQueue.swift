package import Model

/// What waits to be reconciled: one entry an application, the most urgent first, none while it is under way.
package struct WorkQueue: Sendable {
    package enum Priority: Int, Sendable, Comparable, CaseIterable {
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
        /// Of the place in its line that counts; older ones are passed over.
        var ticket: UInt64
    }

    /// What may begin: one an application.
    private var entries: [String: Entry] = [:]
    /// The order in which they do, a line each priority. What is under way stands in none of them.
    private var lines: [Priority: TicketLine] = [:]
    private var underWay: Set<String> = []
    private var lastTicket: UInt64 = 0
    private var delayed = DelayedWork()

    package init() {}

    /// How many applications may begin, or would if they were not under way.
    package var count: Int { entries.count }
    package func isUnderWay(_ name: String) -> Bool { underWay.contains(name) }
    package func isWaiting(_ name: String) -> Bool { entries[name] != nil }

    /// Requests for one application become one with the more urgent cause; those for later stay apart until they are due.
    package mutating func add(_ work: Work, notBefore: ContinuousClock.Instant? = nil) {
        if let notBefore { return delayed.add(work, at: notBefore) }
        guard var entry = entries[work.name] else { return takePlace(work) }
        let looks = work.looks || entry.work.looks
        let isMoreUrgent = work.priority > entry.work.priority
        if work.priority >= entry.work.priority { entry.work = work }
        entry.work.looks = looks
        if isMoreUrgent { takePlace(entry.work) } else { entries[work.name] = entry }
    }

    /// The next one that may begin, which is under way from then on.
    package mutating func next(now: ContinuousClock.Instant) -> Work? {
        for work in delayed.due(now) { add(work) }
        for priority in Priority.allCases.reversed() {
            while let place = lines[priority]?.next() {
                guard let entry = entries[place.name], entry.ticket == place.ticket else { continue }
                entries[place.name] = nil
                underWay.insert(place.name)
                return entry.work
            }
        }
        return nil
    }

    package mutating func finished(_ name: String) {
        underWay.remove(name)
        if let entry = entries[name] { takePlace(entry.work) }
    }

    package mutating func remove(_ name: String) {
        entries[name] = nil
        delayed.remove(name)
    }

    /// When the next one that waits for its time has to be looked at; nil where none does.
    package func nextMoment(now: ContinuousClock.Instant) -> ContinuousClock.Instant? { delayed.nextMoment(after: now) }

    private mutating func takePlace(_ work: Work) {
        lastTicket += 1
        entries[work.name] = Entry(work: work, ticket: lastTicket)
        if !underWay.contains(work.name) {
            lines[work.priority, default: TicketLine()].add(TicketLine.Place(name: work.name, ticket: lastTicket))
        }
    }
}
