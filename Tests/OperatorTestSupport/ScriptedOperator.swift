package import Manifests
package import Model
package import Operator

/// An operator that says what a test has written down for it, keeps the events it is given, and remembers what it was asked.
package actor ScriptedOperator: OperatorInterface {
    package private(set) var calls: [String] = []
    private var statuses: [ApplicationStatus]
    private var plans: [String: Plan] = [:]
    private var histories: [String: [HistoryEntry]] = [:]
    private var repositoryList: [RepositoryStatus]
    private var targetList: [TargetStatus]
    private var stored: [Event] = []
    private var listeners: [(application: String?, continuation: AsyncStream<Event>.Continuation)] = []
    private var ready = true
    private var failure: PlumbError?

    package init(
        applications: [ApplicationStatus] = [], repositories: [RepositoryStatus] = [], targets: [TargetStatus] = []
    ) {
        statuses = applications
        repositoryList = repositories
        targetList = targets
    }

    // MARK: Writing the script

    package func set(ready: Bool) { self.ready = ready }
    package func set(plan: Plan, of name: String) { plans[name] = plan }
    package func set(history: [HistoryEntry], of name: String) { histories[name] = history }
    /// Thrown by every call that acts, until it is nil.
    package func set(failure: PlumbError?) { self.failure = failure }

    package func change(_ name: String, _ body: @Sendable (inout ApplicationStatus) -> Void) {
        for index in statuses.indices where statuses[index].name == name { body(&statuses[index]) }
    }

    /// Stores events under the next ids, and tells who listens. `isAnnounced: false` is a listener that missed it.
    package func happen(_ events: Event..., isAnnounced: Bool = true) {
        for var event in events {
            event.id = Int64(stored.count + 1)
            stored.append(event)
            guard isAnnounced else { continue }
            for listener in listeners where listener.application == nil || listener.application == event.application {
                listener.continuation.yield(event)
            }
        }
    }

    package var listenerCount: Int { listeners.count }

    // MARK: OperatorInterface

    package var isReady: Bool { ready }
    package func applications() -> [ApplicationStatus] { statuses }

    package func application(_ name: String) throws -> ApplicationStatus {
        guard let found = statuses.first(where: { $0.name == name }) else {
            throw PlumbError(.notFound, "There is no application \(name.quoted).", remedy: "See plumb get applications.")
        }
        return found
    }

    package func plan(of name: String) throws -> Plan {
        _ = try application(name)
        guard let plan = plans[name] else { throw PlumbError(.unreachable, "\(name) was not looked at yet.") }
        return plan
    }

    package func repositories() -> [RepositoryStatus] { repositoryList }
    package func targets() -> [TargetStatus] { targetList }

    package func sync(_ name: String, by person: String) throws -> OperationRecord {
        try act("sync \(name)", name, person, .manual)
    }

    package func refresh(_ name: String) throws -> RepositoryStatus {
        _ = try application(name)
        return try refreshed("refresh \(name)", repositoryList.first)
    }

    package func refresh(repository: String) throws -> RepositoryStatus {
        try refreshed("refresh repository \(repository)", repositoryList.first { $0.name == repository || $0.url == repository })
    }

    package func suspend(_ name: String, reason: String?, by person: String) throws {
        _ = try act("suspend \(name) because \(reason ?? "-")", name, person, .manual)
        change(name) { $0.hold = Hold(reason: .suspended, message: reason ?? "", since: Scripted.time) }
    }

    package func resume(_ name: String, by person: String) throws {
        _ = try act("resume \(name)", name, person, .manual)
        change(name) { $0.hold = nil }
    }

    package func approve(_ name: String, plan: Digest, by person: String) throws -> OperationRecord {
        try act("approve \(name) \(plan)", name, person, .approval)
    }

    package func rollback(_ name: String, to revision: String, by person: String) throws -> OperationRecord {
        try act("rollback \(name) to \(revision)", name, person, .rollback)
    }

    package func history(of name: String, limit: Int) throws -> [HistoryEntry] {
        _ = try application(name)
        return Array((histories[name] ?? []).prefix(limit))
    }

    package func events(of application: String?, after id: Int64?, limit: Int) throws -> [Event] {
        if let application { _ = try self.application(application) }
        let own = stored.filter { application == nil || $0.application == application }
        guard let id else { return own.suffix(limit) }
        return Array(own.filter { $0.id > id }.prefix(limit))
    }

    package func eventStream(of application: String?) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream<Event>.makeStream(bufferingPolicy: .bufferingNewest(16))
        listeners.append((application, continuation))
        return stream
    }

    // MARK: Parts

    private func act(_ call: String, _ name: String, _ person: String, _ cause: OperationRecord.Cause) throws -> OperationRecord {
        if let failure { throw failure }
        _ = try application(name)
        calls.append("\(call) by \(person)")
        return OperationRecord(
            id: Scripted.operation(calls.count), application: name, cause: cause, phase: .pending, message: "asked for",
            startedAt: Scripted.time)
    }

    private func refreshed(_ call: String, _ repository: RepositoryStatus?) throws -> RepositoryStatus {
        if let failure { throw failure }
        guard let repository else { throw PlumbError(.notFound, "There is no such repository.") }
        calls.append(call)
        return repository
    }
}
