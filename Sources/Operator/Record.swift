import Engine
import Manifests
import Model
import Sources

/// What the operator knows of one application.
struct Record: Sendable {
    /// Tells it from all others; of what an application has left on another target, `NAME@TARGET`.
    let name: String
    /// What its inventory is called on its target.
    let inventoryName: String
    /// nil for an orphan: an inventory that no Application is declared for.
    var declared: Application?
    var generation: Int64 = 1
    /// The target that it is on, by name.
    var target: String
    var machine: ApplicationMachine
    var view = ApplicationView()
    var rendered: Rendered?
    var lastApplied: [ResourceKey: DesiredObject] = [:]
    /// The newest entry of its history, until that is healthy.
    var arrival: HistoryEntry?
    var contests = ContestTracker()
    var keys: Set<ResourceKey> = []
    /// When each drift was first seen.
    var driftSince: [ResourceKey: String] = [:]
    var approval: Digest?
    /// What a person was told the id of: the next reconcile is that operation.
    var promised: OperationRecord?
    /// Of the reconcile under way.
    var supersession: Supersession?
    /// Of the rendering that is being applied.
    var pursued: Rendered?
    /// The Application object itself says what cannot be done, in a sentence.
    var defect: String?
    /// It left the repository, and what it has goes with it.
    var isLeaving = false
    /// When it was found that nothing declares it.
    var orphanSince: String?

    init(
        name: String, inventoryName: String? = nil, declared: Application?, target: String,
        memory: ApplicationMachine.Memory = ApplicationMachine.Memory()
    ) {
        self.name = name
        self.inventoryName = inventoryName ?? name
        self.declared = declared
        self.target = target
        machine = ApplicationMachine(
            memory: memory, retry: declared?.sync.retry ?? SyncPolicy.Retry(),
            healthyDeadline: declared?.deadlines.healthy ?? .seconds(600))
    }

    /// Everything was as its source asks for when it was last looked at.
    var isAtRest: Bool {
        view.sync == .synced && machine.phase == .idle && machine.memory.hold == nil && view.plan?.isTransition == false
    }

    var orphanReason: String {
        inventoryName == name ? "nothing declares it" : "\(inventoryName) is declared for another target now"
    }

    func isOrphan(on target: String) -> Bool { declared == nil && !isLeaving && self.target == target }

    mutating func declare(_ application: Application, generation: Int64, target: String) {
        if declared != application { _ = machine.step(.redeclared) }
        declared = application
        self.generation = generation
        self.target = target
        machine.retry = application.sync.retry
        machine.healthyDeadline = application.deadlines.healthy
        isLeaving = false
    }
}

/// The repository that the operator was pointed at.
struct RootState: Sendable {
    static let name = "root"
    static let defaultPath = "plumb"
    /// Names the work of finding out what the repository is; no application can be called so.
    static let recognition = "root/recognition"

    enum Mode: String, Sendable {
        /// It declares Applications, which `root` applies to the operator's own store.
        case objects
        /// It is one application itself.
        case single
    }

    let key: RepositoryKey
    let reference: GitReference
    let path: String?
    var mode: Mode?
    /// The newest revision that `root` was applied at; relative sources are read there.
    var revision: Revision?
    /// The newest one that was told.
    var told: Revision?
    var error: String?
    /// It declares Applications where it did not, or none where it did.
    var flip: String?
    /// Looks in a row that could not tell what it is.
    var failures = 0
    var hasLooked = false

    init(key: RepositoryKey, reference: GitReference, path: String?) {
        self.key = key
        self.reference = reference
        self.path = path
    }
}

struct TargetState: Sendable {
    var error: String?
    var failingSince: String?
    /// What the place said that it is, when it was met.
    var identity: String?
    var installation: String?
    /// nothing is written while it is set: the place answers, and is another one.
    var isForeign = false
    var hasLooked = false
    /// The identity that the store knows: of what was first written to.
    var remembered: String?
}
