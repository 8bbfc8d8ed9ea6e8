package import Engine
package import Logging
import Manifests
package import Model
package import PlumbTarget
package import Rendering
package import Sources
package import Store

/// The operator: keeps applications true to their sources for as long as `run` runs.
///
/// This actor owns what is known of each application and decides what is done next; the work itself is done by children of
/// `run`, which hand back values.
package actor Operator: OperatorInterface {
    let settings: OperatorSettings
    let store: Store
    /// The operator's own objects, and every other target by its name.
    let catalog: PlumbTarget
    let targets: [String: any Target]
    let writer: @Sendable (Application) async throws -> any Target
    let charts: ChartFetching?
    let logger: Logger
    let holder = LeaseHolder.thisProcess()
    let cache = RenderCache()
    let sources: SourceRegistry
    let metrics = OperatorMetrics()

    var records: [String: Record] = [:]
    var dependencies = DependencyGraph()
    var root: RootState
    /// The Applications that the operator's own store holds, also those that were not taken in yet.
    var declaredNames: Set<String> = []
    /// Repository objects by name.
    var repositories: [String: Repository] = [:]
    var failingRepositories: [RepositoryKey: (since: String, message: String)] = [:]
    var queue = WorkQueue()
    var targetStates: [String: TargetState] = [:]
    /// Who is asked about a resource that changed, by target.
    var interested: [String: [ResourceKey: Set<String>]] = [:]
    var inputs = InputIndex()
    let listeners = EventListeners()
    let wake = Signal()
    let reports: AsyncStream<Report>
    let reporting: AsyncStream<Report>.Continuation
    let workGate: Gate

    /// - Parameters:
    ///   - targets: by the name that `target.name` says; each is watched for all applications.
    ///   - writer: the target as one application writes to it, with the rights of its service account.
    ///   - followers: makes the follower of a repository.
    ///   - charts: where charts come from that charts ask for.
    package init(
        settings: OperatorSettings, store: Store, catalog: PlumbTarget, targets: [any Target],
        writer: @escaping @Sendable (Application) async throws -> any Target,
        followers: @escaping @Sendable (RepositoryKey, Duration) async throws -> SourceFollower,
        charts: ChartFetching? = nil, logger: Logger
    ) {
        self.settings = settings
        self.store = store
        self.catalog = catalog
        self.targets = Dictionary((targets + [catalog]).map { ($0.name, $0) }) { first, _ in first }
        self.writer = writer
        self.charts = charts
        self.logger = logger
        self.root = RootState(key: settings.repository, reference: settings.reference, path: settings.path)
        (reports, reporting) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
        let reporting = reporting
        sources = SourceRegistry(make: followers) { key, state in reporting.yield(.repository(key, state)) }
        workGate = Gate(width: settings.concurrency)
    }

    /// What children tell, and the actor takes in one after the other.
    enum Report: Sendable {
        case repository(RepositoryKey, SourceState)
    }
}

/// How an operator was started.
package struct OperatorSettings: Sendable {
    package var repository: RepositoryKey
    package var reference: GitReference
    /// Where the operator's own objects are; nil for the default, `plumb`.
    package var path: String?
    package var interval = Duration.seconds(60)
    /// Where remote bases of kustomizations come from; nil where none may be fetched.
    package var remoteTrees: RemoteTrees?
    /// Plans and never writes.
    package var isObserver = false
    /// Programs that render; nil where there are none.
    package var plugins: PluginRendering?
    /// How the commands name each target, by its name: `--root /srv/shop`.
    package var targetFlags: [String: String] = [:]
    /// Reconciles that work at once; those that wait for health do not count.
    package var concurrency = 8
    /// Writes under way at once in one of them.
    package var writes = 16

    package init(repository: RepositoryKey, reference: GitReference, path: String?) {
        self.repository = repository
        self.reference = reference
        self.path = path
    }
}
