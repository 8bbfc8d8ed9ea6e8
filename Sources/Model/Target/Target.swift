package import Manifests

/// One platform that resources live on. Nothing above this protocol knows which.
///
/// Every call may throw `PlumbError`; "could not read" is always thrown, never answered with "there is nothing".
package protocol Target: Sendable {
    /// `kubernetes` or `host`; what `target.name` says.
    var name: String { get }
    /// Where this is, for people: `https://10.0.0.1:6443 (context prod)`, `host /srv`.
    var place: String { get }

    /// The installation that this target belongs to. One that was never used proposes a new UUID, which its first
    /// saved inventory writes down.
    func installation() async throws -> String

    /// Places manifests and completes them: scope, namespace, defaults of list keys, files of the snapshot.
    ///
    /// Throws one error that names every manifest this target cannot take, with its file and line. Writes nothing.
    func prepare(_ manifests: [Manifest], for placement: Placement) async throws -> [DesiredObject]

    /// nil where the application has none. Throws where one is there and cannot be understood or belongs elsewhere.
    func inventory(of identity: ApplicationIdentity) async throws -> Inventory?

    /// Every inventory of this installation.
    func inventories() async throws -> [Inventory]

    /// Writes the inventory if it is still at `inventory.version`, and returns it with its new version. One without
    /// entries, lease and records is removed.
    ///
    /// Throws `superseded` where somebody else has saved in between.
    func save(_ inventory: Inventory) async throws -> Inventory

    /// What is live under the keys of the desired objects and of the inventory. A key without a resource is not in
    /// the answer.
    func observe(_ desired: [DesiredObject], _ context: SyncContext) async throws -> [ResourceKey: ObservedResource]

    /// What one write would do, without doing it; nil where the target cannot tell. Throws what the write would throw.
    func rehearse(_ write: Write, _ context: SyncContext) async throws -> Rehearsal?

    func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult

    /// Deletes the resource if it still has this uid and still belongs to this application.
    func delete(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws -> Deletion

    /// Takes this application's marks off a resource and leaves everything else as it is. A resource that is gone
    /// or belongs to somebody else is left alone.
    func release(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws

    /// Health of what is live now; `Missing` for what is not there.
    func health(of keys: Set<ResourceKey>) async throws -> [ResourceKey: Health]

    /// How far a hook has come; nil where it is not there.
    func hookProgress(_ key: ResourceKey) async throws -> HookProgress?

    /// Whether instances may be written now that this object was applied: a Namespace is active, a
    /// CustomResourceDefinition is served. Always true of other objects.
    func isUsable(_ desired: DesiredObject) async throws -> Bool

    /// What tells this place from another that answers at the same address: the uid of a cluster's kube-system, a host's
    /// installation. Nothing is written to a target whose identity has changed.
    func identity() async throws -> String

    /// What charts ask of a cluster; nil where the target is none.
    func capabilities() async throws -> PlatformCapabilities?

    /// The key of an application's charts; nil where none was made.
    func chartKey(of identity: ApplicationIdentity) async throws -> ChartKey?

    /// Keeps `key` for an application beside its inventory, and gives the key that is kept: where there was one already, that one.
    /// It goes when the inventory goes.
    ///
    /// Throws `unsupported` where the target keeps none.
    func keep(_ key: ChartKey, of identity: ApplicationIdentity) async throws -> ChartKey

    /// What is live, as whoever writes for this application may see it; for its rendering. See `LiveQuery`.
    ///
    /// Throws `denied` where that user may not read it, `notFound` where there is no such kind, `unsupported` where there is
    /// nothing to be read. An object that is not there is not an error.
    func read(_ query: LiveQuery) async throws -> LiveAnswer

    /// What `read` would stamp its answer with, without asking anybody; nil where that is not known.
    func stamp(of query: LiveQuery) async throws -> LiveStamp?

    /// Whether Helm installs to targets of this kind.
    var mayHaveReleases: Bool { get }

    /// What Helm has stored of a release; nil where it has nothing. `namespace` is where objects without one go; nil leaves it to the
    /// target.
    ///
    /// Throws `denied` where that may not be looked at.
    func storedRelease(_ name: String, in namespace: String?) async throws -> StoredRelease?

    /// The key that each manifest has here, in their order; nil for what is not served or has no name.
    func keys(of manifests: [Manifest], in namespace: String?) async throws -> [ResourceKey?]

    /// The hooks of an application's deletion, as `keep` was given them.
    func deletionHooks(of identity: ApplicationIdentity) async throws -> StoredHooks

    /// Keeps them beside the inventory, where only whoever may read Secrets can read them, in place of those before. They go when the
    /// inventory goes; with nil they go now.
    ///
    /// Throws `unsupported` where the target runs none.
    func keep(deletionHooks: [UInt8]?, of identity: ApplicationIdentity) async throws

    /// Tells what may have changed, until the task is cancelled; while it runs, `observe`, `inventory` and `health` may answer
    /// from what it has seen. Starts with `everything` once that can be looked at. The next change waits until `report` returns.
    ///
    /// A target that cannot tell by itself returns at once, and has to be looked at from time to time.
    func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async

    func close() async
}

extension Target {
    package func capabilities() async throws -> PlatformCapabilities? { nil }
    package func chartKey(of identity: ApplicationIdentity) async throws -> ChartKey? { nil }

    package func keep(_ key: ChartKey, of identity: ApplicationIdentity) async throws -> ChartKey {
        throw PlumbError(
            .unsupported, "The chart of \(identity.name) draws random values, and \(place) keeps no key to draw them from.",
            remedy: "Set the values that the chart would make up.")
    }
}

extension Target {
    package var mayHaveReleases: Bool { false }
    package func storedRelease(_ name: String, in namespace: String?) async throws -> StoredRelease? { nil }
    package func keys(of manifests: [Manifest], in namespace: String?) async throws -> [ResourceKey?] { manifests.map { _ in nil } }
    package func deletionHooks(of identity: ApplicationIdentity) async throws -> StoredHooks {
        StoredHooks(bytes: nil, place: place)
    }

    package func keep(deletionHooks: [UInt8]?, of identity: ApplicationIdentity) async throws {
        guard deletionHooks != nil else { return }
        throw PlumbError(
            .unsupported, "\(identity.name) has hooks for its deletion, and on \(place) none run.",
            remedy: "Remove the hooks PreDelete and PostDelete from the source.")
    }
}

/// Where an application's objects go, and what they may refer to.
package struct Placement: Sendable {
    package var namespace: String?
    package var createNamespace: Bool
    /// The files beside the manifests.
    package var tree: any FileTree

    package init(namespace: String?, createNamespace: Bool, tree: any FileTree) {
        self.namespace = namespace
        self.createNamespace = createNamespace
        self.tree = tree
    }
}

/// What holds for every call of one sync.
package struct SyncContext: Sendable {
    package var identity: ApplicationIdentity
    package var inventory: Inventory
    package var ignore: [IgnoreRule]
    /// The operation under way; marks hooks.
    package var operation: String

    package init(identity: ApplicationIdentity, inventory: Inventory, ignore: [IgnoreRule], operation: String) {
        self.identity = identity
        self.inventory = inventory
        self.ignore = ignore
        self.operation = operation
    }
}

/// One object to be written.
package struct Write: Sendable, Hashable {
    package enum Mode: String, Sendable, Hashable {
        /// Nothing is there. Fields that others have set meanwhile are a conflict.
        case create
        /// It is this application's: declared fields are taken back from whoever has them.
        case update
        /// It was somebody's before: declared fields are taken over, and what earlier tools left behind with them.
        case adopt
        /// Deleted, then created anew.
        case replace
        /// A hook's object: made anew, marked with the operation.
        case hook
    }

    package var desired: DesiredObject
    package var mode: Mode
    /// Of the live object that the plan saw, where one was there.
    package var uid: String?

    package init(desired: DesiredObject, mode: Mode, uid: String?) {
        self.desired = desired
        self.mode = mode
        self.uid = uid
    }
}

package struct Rehearsal: Sendable, Hashable {
    /// What would change; empty where the write would leave the object as it is.
    package var fields: [FieldChange]

    package init(fields: [FieldChange]) { self.fields = fields }
}

package struct WriteResult: Sendable, Hashable {
    package var uid: String
    /// Of what the target returned, on the declared paths.
    package var returned: Digest

    package init(uid: String, returned: Digest) {
        self.uid = uid
        self.returned = returned
    }
}

package enum Deletion: Sendable, Hashable {
    case gone
    /// Accepted; something (a finalizer, a process that ends) has to happen first.
    case pending(String)
    /// It stays until somebody has done something about this; asking again before that changes nothing.
    case stuck(String)
    /// Another object has the name now, or another application has the object: not this one's to delete.
    case notOurs(String)
}

package enum HookProgress: Sendable, Hashable {
    /// Nothing of it has run so far, for this reason.
    case pending(String?)
    case running(String?)
    case succeeded
    case failed(String)

    package var isUnderWay: Bool {
        switch self {
        case .pending, .running: true
        case .succeeded, .failed: false
        }
    }
}
