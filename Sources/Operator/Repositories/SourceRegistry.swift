import Model
import Sources

/// The followers of all repositories in use: one for each URL, credential and verification, however many applications use it.
actor SourceRegistry {
    private struct Entry {
        let follower: SourceFollower
        var interval: Duration
        var name: String
        var users: Set<String>
        var state: SourceState?
        var task: Task<Void, Never>?
    }

    private let make: @Sendable (RepositoryKey, Duration) async throws -> SourceFollower
    private let report: @Sendable (RepositoryKey, SourceState) async -> Void
    private var entries: [RepositoryKey: Entry] = [:]

    init(
        make: @escaping @Sendable (RepositoryKey, Duration) async throws -> SourceFollower,
        report: @escaping @Sendable (RepositoryKey, SourceState) async -> Void
    ) {
        self.make = make
        self.report = report
    }

    /// The follower of a repository, which is followed from now on.
    func follower(_ key: RepositoryKey, interval: Duration, name: String, user: String) async throws -> SourceFollower {
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

    func look(at key: RepositoryKey) async -> SourceState? {
        guard let follower = entries[key]?.follower else { return nil }
        let state = await follower.look()
        note(state, of: key)
        return state
    }

    /// Whether anything was ever known of it.
    func isKnown(_ key: RepositoryKey) async -> Bool { await entries[key]?.follower.isKnown ?? false }

    func note(_ state: SourceState, of key: RepositoryKey) { entries[key]?.state = state }

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
    func all() -> [(key: RepositoryKey, name: String, users: Int, state: SourceState?)] {
        entries.map { ($0.key, $0.value.name, $0.value.users.count, $0.value.state) }.sorted { $0.1 < $1.1 }
    }

    private func end(_ key: RepositoryKey) async {
        guard let entry = entries.removeValue(forKey: key) else { return }
        entry.task?.cancel()
        await entry.task?.value
        await entry.follower.close()
    }
}
