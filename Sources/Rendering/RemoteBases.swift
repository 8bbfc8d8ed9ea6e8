import Model
import Synchronization

/// A base of another repository that a rendering has read.
struct RemoteFact: Sendable, Hashable {
    let url: String
    let reference: String
    let commit: String
}

/// Notes which remote bases a rendering asks for.
final class RemoteLog: Sendable {
    private let trees: RemoteTrees
    private let noted = Mutex<Set<RemoteFact>>([])

    init(_ trees: @escaping RemoteTrees) { self.trees = trees }

    var facts: Set<RemoteFact> { noted.withLock { $0 } }

    func tree(_ url: String, _ reference: String) async throws -> RemoteTree {
        let found = try await trees(url, reference)
        _ = noted.withLock { $0.insert(RemoteFact(url: url, reference: reference, commit: found.commit)) }
        return found
    }
}
