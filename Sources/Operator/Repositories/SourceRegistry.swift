import Logging
package import Model
package import Sources

/// A repository as applications name it: equal for two applications that can share one poller.
package struct RepositoryKey: Sendable, Hashable {
    package var url: String
    package var secret: String?
    /// One of them must have signed; empty where nobody has to.
    package var keys: [SigningKey]

    package init(url: String, secret: String? = nil, keys: [SigningKey] = []) {
        self.url = url
        self.secret = secret
        self.keys = keys
    }
}

/// The followers of all repositories in use: one for each URL, credential and verification, however many applications use it.
actor SourceRegistry {
    private struct Entry {
        let follower: RepositoryFollower
        var interval: Duration
        var name: String
        var users: Set<String>
        var state: RepositoryFollower.State?
        var task: Task<Void, Never>?
    }

    private let make: @Sendable (RepositoryKey, Duration) async throws -> RepositoryFollower
    private let report: @Sendable (RepositoryKey, RepositoryFollower.State) async -> Void
    private var entries: [RepositoryKey: Entry] = [:]

    init(
        make: @escaping @Sendable (RepositoryKey, Duration) async throws -> RepositoryFollower,
        report: @escaping @Sendable (RepositoryKey, RepositoryFollower.State) async -> Void
    ) {
        self.make = make
        self.report = report
    }

    /// The follower of a repository, which is followed from now on.
    func follower(_ key: RepositoryKey, interval: Duration, name: String, user: String) async throws -> RepositoryFollower {
        if var entry = entries[key] {
            entry.users.insert(user)
            entries[key] = entry
            return entry.follower
        }
        let follower = try await make(key, interval)
        // Somebody may have made it while this one waited.
        if var entry = entries[key] {
            entry.users.insert(user)
            entries[key] = entry
            await follower.close()
            return entry.follower
        }
        let report = report
        // Owned by the entry: cancelled and awaited when nobody uses the repository any more, and at the end.
        let task = Task { await follower.run { await report(key, $0) } }
        entries[key] = Entry(follower: follower, interval: interval, name: name, users: [user], state: nil, task: task)
        return follower
    }

    func look(at key: RepositoryKey) async -> RepositoryFollower.State? {
        guard let follower = entries[key]?.follower else { return nil }
        let state = await follower.look()
        note(state, of: key)
        return state
    }

    func note(_ state: RepositoryFollower.State, of key: RepositoryKey) { entries[key]?.state = state }

    /// Lets go of the repositories that an application does not use any more.
    func keep(_ keys: Set<RepositoryKey>, of user: String) async {
        for (key, entry) in entries where entry.users.contains(user) && !keys.contains(key) {
            entries[key]?.users.remove(user)
            if entries[key]?.users.isEmpty ?? false { await end(key) }
        }
    }

    func close() async {
        for key in Array(entries.keys) { await end(key) }
    }

    /// By key, with what applications call it and who uses it.
    func all() -> [(key: RepositoryKey, name: String, users: Int, state: RepositoryFollower.State?)] {
        entries.map { ($0.key, $0.value.name, $0.value.users.count, $0.value.state) }.sorted { $0.1 < $1.1 }
    }

    private func end(_ key: RepositoryKey) async {
        guard let entry = entries.removeValue(forKey: key) else { return }
        entry.task?.cancel()
        await entry.task?.value
        await entry.follower.close()
    }
}
