package import Manifests
package import Model

/// What can be asked of a running operator; the HTTP API is this and nothing else.
///
/// Every call throws `PlumbError`: `notFound` for a name that there is not, `held` and `conflict` where it cannot be done now.
package protocol OperatorInterface: Sendable {
    /// Whether the store is open, the repository was read once, and every target was looked at once.
    var isReady: Bool { get async }

    /// Sorted by name, `root` and orphans among them.
    func applications() async -> [ApplicationStatus]
    func application(_ name: String) async throws -> ApplicationStatus
    /// The plan that waits for approval, or else what a sync would do now.
    func plan(of name: String) async throws -> Plan

    func repositories() async -> [RepositoryStatus]
    func targets() async -> [TargetStatus]

    /// Syncs now, also what is synced by hand; returns the id of the operation that will do it.
    func sync(_ name: String, by person: String) async throws -> OperationRecord
    /// Looks at the application's repository now. Returns what it found.
    func refresh(_ name: String) async throws -> RepositoryStatus
    /// Looks at a repository now, by its name or URL.
    func refresh(repository: String) async throws -> RepositoryStatus
    func suspend(_ name: String, reason: String?, by person: String) async throws
    func resume(_ name: String, by person: String) async throws
    /// Throws `conflict` where `plan` is not the digest of what waits now.
    func approve(_ name: String, plan: Digest, by person: String) async throws -> OperationRecord
    /// `revision` as history shows it, or the commit's digits.
    func rollback(_ name: String, to revision: String, by person: String) async throws -> OperationRecord

    /// Newest first.
    func history(of name: String, limit: Int) async throws -> [HistoryEntry]
    /// In the order of their ids: the first after `id`, or the last where it is nil.
    func events(of application: String?, after id: Int64?, limit: Int) async throws -> [Event]
    /// What happens from now on. Bounded: who listens too slowly misses some, and finds them by their ids.
    func eventStream(of application: String?) async -> AsyncStream<Event>
}
