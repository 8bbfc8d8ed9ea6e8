import Engine
import Logging
import Manifests
import Model
import PlumbTarget
import Store
import TestSupport

/// The application that applies the operator's own objects, on a store, through the engine that applies everything else.
struct Root: Sendable {
    let store: Store
    let target: PlumbTarget
    private let holder = LeaseHolder.thisProcess()

    init(_ store: Store) {
        self.store = store
        target = PlumbTarget(store: store)
    }

    init() throws { self.init(try Store.inMemory()) }

    /// Another writer on the same target.
    private init(beside other: Root) {
        store = other.store
        target = other.target
    }

    var other: Root { Root(beside: self) }

    var engine: SyncEngine { SyncEngine(target: target, holder: holder, logger: Logger(label: "test")) }

    static func request(
        _ objects: String..., preflight: SyncPolicy.Preflight = .never, approval: Digest? = nil
    ) throws -> SyncRequest {
        try request(objects, preflight: preflight, approval: approval)
    }

    static func request(
        _ objects: [String], preflight: SyncPolicy.Preflight = .never, approval: Digest? = nil
    ) throws -> SyncRequest {
        var application = Application(
            name: "root", source: Application.Source(path: "plumb"), target: Application.TargetReference(name: "plumb"))
        application.sync.preflight = preflight
        return SyncRequest(
            application: application, manifests: try manifests(objects), tree: MemoryTree([TreePath: [UInt8]]()),
            revision: "main@sha1:\(String(repeating: "0", count: 40))", approval: approval)
    }

    static func manifests(_ objects: [String]) throws -> [Manifest] {
        try ManifestReader.manifests(inFile: Array(objects.joined(separator: "---\n").utf8), file: "plumb/apps.yaml")
    }

    static func application(_ name: String, path: String = "apps/shop", more: String = "") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: \(name)}
        spec: {sources: [{path: \(path)}]\(more)}

        """
    }

    /// Its spec has a mistake that only reading it tells.
    static func mistyped(_ name: String) -> String { application(name, more: ", snyc: {}") }

    static func repository(_ name: String, spec: String = "{git: {url: \"https://example.org/charts.git\"}}") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Repository
        metadata: {name: \(name)}
        spec: \(spec)

        """
    }

    static func key(_ name: String, kind: String = "Application") -> ResourceKey {
        ResourceKey(group: "plumb.dev", kind: kind, name: name)
    }

    @discardableResult
    func apply(_ objects: String...) async throws -> SyncReport { try await engine.apply(Self.request(objects)) }

    /// `create shop done`, in the order of the plan.
    static func outcome(_ report: SyncReport) -> [String] {
        report.plan.operations.enumerated().map { index, operation in
            let state = operation.isHeld ? "held" : report.statuses[index] ?? "-"
            return "\(operation.action.rawValue) \(operation.key.name) \(state)"
        }
    }

    /// `shop 1`: the names and generations of what is stored.
    func stored() async throws -> [String] { try await target.objects().map { "\($0.key.name) \($0.generation)" } }
}
