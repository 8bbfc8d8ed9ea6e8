import Model
import Sources
import Synchronization
import TestSupport

extension Scratch {
    /// A follower of `url` (the repository itself where none is given), for the length of `body`.
    func follower<Success>(
        _ url: String? = nil, _ credentials: GitCredentials = .none, trusting keys: [SigningKey] = [],
        interval: Duration = .seconds(3600), limits: GitLimits = GitLimits(),
        _ body: (RepositoryFollower) async throws -> Success
    ) async throws -> Success {
        let follower = try RepositoryFollower(
            url: try GitURL(url ?? repository.path), credentials: credentials, trusting: keys, store: "\(directory)/store",
            interval: interval, limits: limits)
        do {
            let result = try await body(follower)
            await follower.close()
            return result
        } catch {
            await follower.close()
            throw error
        }
    }

    /// One that runs, with what it reported.
    func running<Success>(
        _ url: String? = nil, _ credentials: GitCredentials = .none, interval: Duration = .seconds(3600),
        limits: GitLimits = GitLimits(), _ body: @escaping (RepositoryFollower, Reports) async throws -> Success
    ) async throws -> Success {
        try await follower(url, credentials, interval: interval, limits: limits) { follower in
            let reports = Reports()
            let task = Task { await follower.run { reports.add($0) } }
            let result: Result<Success, any Error>
            do { result = .success(try await body(follower, reports)) } catch { result = .failure(error) }
            task.cancel()
            await task.value
            return try result.get()
        }
    }
}

/// What a follower has reported.
final class Reports: Sendable {
    private let states = Mutex<[RepositoryFollower.State]>([])

    func add(_ state: RepositoryFollower.State) { states.withLock { $0.append(state) } }
    var all: [RepositoryFollower.State] { states.withLock { $0 } }

    /// Waits until the last report says that `reference` leads to `commit`.
    func tell(_ reference: GitReference, at commit: String) async throws {
        try await eventually("\(reference) at \(commit)", every: .milliseconds(2)) {
            try all.last?.references?.revision(of: reference).digest.hex == commit ? () : nil
        }
    }
}

extension RepositoryFollower {
    /// What the file at `path` says in the commit that `reference` leads to.
    func text(_ path: String, at reference: GitReference = .branch("main")) async throws -> String {
        try await snapshot(at: try await revision(of: reference)).tree.text(path)
    }
}
