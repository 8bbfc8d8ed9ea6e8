import Engine
import Manifests
package import Model
import Rendering

/// Everything that one reconcile of one application starts from.
struct Job: Sendable {
    var application: Application
    var cause: OperationRecord.Cause
    /// The newest revision, or the one that was rolled back to.
    var revision: @Sendable () async throws -> Revision
    var snapshot: @Sendable (Revision) async throws -> Snapshot
    var target: any Target
    var circumstances: Decision.Circumstances
    var approval: Digest?
    /// What a person was told the id of.
    var promised: OperationRecord?
    var contests: ContestTracker
    /// What each resource was last written as, where this process knows.
    var lastApplied: [ResourceKey: DesiredObject]
    /// The name before, where nobody else has it now.
    var formerName: String?
    /// A rollback that this carries out.
    var isRollback: Bool
    var supersession: Supersession
    var slot: WorkSlot
    /// Of a rendering that failed, until when it is left alone.
    var failedDigest: Digest?
    /// The last rendering of this very Application.
    var rendered: Rendered?
    /// What a person had said when it began.
    var word: Hold?
    /// It was as its source asks for, and only a new revision is why it is looked at.
    var isSettled: Bool
}

/// What an application's source renders to.
struct Rendered: Sendable {
    var manifests: [Manifest]
    var tree: any FileTree
    var revision: Revision
    /// What on the target it was rendered from.
    var live = LiveFacts()
    /// Which revision of its release a chart is.
    var release: ReleaseRevision?
    /// What of the files beside the manifests the target has read for them, such as the content of a host's File; nil where
    /// that is not known.
    var reads: [TreePath: TreeFingerprint?]?
    /// Nothing of all that has changed since the rendering before.
    var isAsBefore = false

    /// Whether another revision renders to the same, files beside the manifests included.
    func isSame(as manifests: [Manifest], in tree: any FileTree) async -> Bool {
        guard manifests == self.manifests, let reads else { return false }
        for (path, fingerprint) in reads {
            // What cannot be read now is not the same.
            do { if try await tree.fingerprint(at: path) != fingerprint { return false } } catch { return false }
        }
        return true
    }
}

/// What came of it.
struct JobResult: Sendable {
    var outcome: ApplicationMachine.Outcome
    var view: ApplicationView?
    var rendered: Rendered?
    /// What is on the target as of this object now.
    var applied: [ResourceKey: DesiredObject] = [:]
    var events: [Event] = []
    var reverted: [(ResourceKey, FieldChange)] = []
    /// The inventory's keys and the desired ones: what this application is asked about when they change.
    var keys: Set<ResourceKey> = []
    /// Under which a change is told of what it was rendered from.
    var read: Set<ResourceKey> = []
    /// What was to be written or deleted, whether or not it was.
    var wrote: Set<ResourceKey> = []
    /// A person's word that the inventory remembers.
    var word: Hold?
    /// What is there now could not be looked at.
    var isUnseen = false
    var timings: [(String, Duration)] = []

    init(_ outcome: ApplicationMachine.Outcome) { self.outcome = outcome }

    /// Leaves how it ended.
    mutating func forgetTarget() {
        (view, applied, reverted, keys, read, wrote, word) = (nil, [:], [], [], [], [], nil)
    }
}
