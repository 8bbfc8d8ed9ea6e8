package import Manifests

/// What one application has put on a target, kept on that target: the base for pruning and deletion, and the lock
/// that two writers meet at.
package struct Inventory: Sendable, Hashable {
    package var identity: ApplicationIdentity
    package var entries: [ResourceKey: Entry]
    /// The sync under way, or the one that was interrupted.
    package var sync: SyncRecord?
    /// The last sync that went through to its end.
    package var synced: SyncedRecord?
    /// Of the release that its chart makes, in the order of their numbers; none where the chart does not tell them apart.
    package var releases: [ReleaseRevision] = []
    package var lease: Lease?
    /// A person's word that it stands still; everybody who writes this application keeps to it.
    package var hold: Hold?
    /// Of the hooks that run when the application is deleted, as they are kept beside the inventory; nil where there are none.
    package var deletionHooks: Digest?
    /// The stored version this value was read at; nil before the first save. The target's own, and opaque.
    package var version: String?

    package init(identity: ApplicationIdentity) {
        self.identity = identity
        self.entries = [:]
    }

    package struct Entry: Sendable, Hashable {
        package enum State: String, Sendable, Hashable, CaseIterable {
            /// About to be written; whether it was is not known.
            case intended
            case applied
            /// Its deletion was accepted and has not ended.
            case deleting
        }

        package var state: State
        /// nil until the target has told it.
        package var uid: String?
        /// Of the manifest written last.
        package var digest: Digest?
        /// Of what the target returned for it, on the declared paths.
        package var returned: Digest?
        /// Kept for deletion, which runs in reverse.
        package var wave: Int
        /// `plumb.dev/prune: disabled` on the object written last: it is never deleted by a prune.
        package var isKept: Bool
        /// Its deletion waits for approval. It goes on waiting when the rest of the plan was applied and what is left
        /// would be within the budget.
        package var isWithheld = false
        /// It carries no mark of this application: it was taken in from what this names, with a person's consent.
        package var origin: String?

        package init(
            state: State, uid: String? = nil, digest: Digest? = nil, returned: Digest? = nil, wave: Int = 0, isKept: Bool = false
        ) {
            self.state = state
            self.uid = uid
            self.digest = digest
            self.returned = returned
            self.wave = wave
            self.isKept = isKept
        }
    }

    /// Holds the others off. `until` is a time in seconds since 1970: it has to mean the same on two machines.
    package struct Lease: Sendable, Hashable {
        package var holder: String
        package var until: Int64

        package init(holder: String, until: Int64) {
            self.holder = holder
            self.until = until
        }
    }

    /// How far a sync has come, as far as that cannot be seen on the target.
    package struct SyncRecord: Sendable, Hashable {
        package enum HookState: String, Sendable, Hashable, CaseIterable {
            case intended, running, succeeded, failed
        }

        /// UUIDv7 of the operation.
        package var operation: String
        package var renderedDigest: Digest
        package var revision: String
        /// By the hook's key as text.
        package var hooks: [String: HookState]

        /// In the place of a rendered digest, of a deletion of the whole application.
        package static let removal = Digest(records: [["removal"]])
        package var isRemoval: Bool { renderedDigest == Self.removal }

        package init(operation: String, renderedDigest: Digest, revision: String, hooks: [String: HookState] = [:]) {
            self.operation = operation
            self.renderedDigest = renderedDigest
            self.revision = revision
            self.hooks = hooks
        }
    }

    package struct SyncedRecord: Sendable, Hashable {
        package var renderedDigest: Digest
        package var revision: String

        package init(renderedDigest: Digest, revision: String) {
            self.renderedDigest = renderedDigest
            self.revision = revision
        }
    }
}
