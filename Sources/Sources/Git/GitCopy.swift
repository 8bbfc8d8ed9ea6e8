import Model

/// What a source knows of the repository that it reads from: its own bare copy, or the one on this machine.
struct GitCopy {
    let store: GitStore
    let objects: GitObjects
    let reader: ObjectReader
    /// Nil where everything is there.
    let blobs: MissingBlobs?
    /// That are kept, in the order they were used.
    var commits: [String]
    /// Verified where keys are given.
    var snapshots: [String: Snapshot] = [:]
    private var holds: [String: Hold] = [:]
    /// Since it was last cleaned up.
    var fetches = 0

    static let keptCommits = 8

    private struct Hold {
        weak var commit: HeldCommit?
    }

    init(store: GitStore, objects: GitObjects, reader: ObjectReader, blobs: MissingBlobs?, commits: [String]) {
        self.store = store
        self.objects = objects
        self.reader = reader
        self.blobs = blobs
        self.commits = commits
    }

    /// A snapshot of a commit that stays readable for as long as somebody has it.
    mutating func makeSnapshot(of revision: Revision, _ commit: GitCommitObject, kept: Int) -> Snapshot {
        let id = revision.digest.hex
        let held = holds[id]?.commit ?? HeldCommit()
        holds[id] = Hold(commit: held)
        let tree = GitTree(objects: objects, commit: id, root: commit.tree, blobs: blobs, held: held)
        let snapshot = Snapshot(revision: revision.with(commit.about), tree: tree)
        snapshots[id] = snapshot
        use(id, kept: kept)
        return snapshot
    }

    mutating func use(_ id: String, kept: Int) {
        if commits.last != id { commits = commits.filter { $0 != id } + [id] }
        guard snapshots.count > kept else { return }
        let recent = Set(commits.suffix(kept))
        snapshots = snapshots.filter { recent.contains($0.key) }
    }

    /// Takes out the commits that were not used recently and that nobody holds.
    mutating func takeSurplus(kept: Int) -> [String] {
        holds = holds.filter { $0.value.commit != nil }
        let surplus = commits.dropLast(kept).filter { holds[$0] == nil }
        let gone = Set(surplus)
        commits.removeAll(where: gone.contains)
        return surplus
    }
}

/// Lives for as long as a snapshot of a commit does.
final class HeldCommit: Sendable {}
