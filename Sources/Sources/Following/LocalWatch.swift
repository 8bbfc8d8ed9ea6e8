import FileWatching
import Logging
import Model

/// Notices what happens to the references of a repository on this machine.
struct LocalWatch {
    let follower: RepositoryFollower

    private let work = BlockingWork("plumb.git.watch")

    init(follower: RepositoryFollower) { self.follower = follower }

    /// Looks whenever a reference may have changed, until cancelled. Where the system does not let it watch, the looks that
    /// are made anyhow remain.
    func run() async {
        let (paths, continuation) = AsyncStream.makeStream(of: [String].self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield(await watched())
        do {
            try await FileWatcher.watch(paths: paths) { change in
                guard Self.matters(change) else { return }
                // Directories of references come and go with the branches in them.
                continuation.yield(await watched())
                _ = await follower.look()
            }
        } catch is CancellationError {
        } catch {
            follower.logger.notice(
                "A repository cannot be watched; it is looked at once an interval.",
                metadata: ["repository": "\(follower.url)", "error": "\(error)", "interval": "\(follower.interval)"])
        }
        continuation.finish()
    }

    /// Git writes a file beside the one it is about to replace.
    static func matters(_ change: FileWatcher.Change) -> Bool {
        switch change {
        case .everything: true
        case .paths(let paths): paths.contains { !$0.hasSuffix(".lock") }
        }
    }

    private func watched() async -> [String] {
        (try? await work.run { [url = follower.url] in LocalReferences.paths(of: url.description) }) ?? []
    }
}
