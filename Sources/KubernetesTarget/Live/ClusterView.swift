import KubernetesClient
import Manifests
import Model
import Synchronization

/// What one process knows of one cluster while it watches it, shared by all its targets. While nobody watches it knows
/// nothing, and every question is answered by "ask the server".
///
/// Everything here is short work under one lock; whoever waits, waits outside.
final class ClusterView: Sendable {
    struct State {
        var session: Session?
        var kinds: [KindID: FollowedKind] = [:]
        var inventories = FollowedSet<StoredObject>()
        /// Of the inventories, those that others are known to have changed before the watch told it.
        var distrusted: Set<ObjectName> = []
        var pods = PodBoard()
        var drift = KnownDrift()
        var pending = PendingChanges()
        var writes = WritesUnderWay<ResourceKey>()
        var inventoryWrites = WritesUnderWay<ObjectName>()
        /// To be followed, by whoever runs the watches.
        var requested: [FollowRequest] = []
    }

    enum FollowRequest: Sendable {
        case kind(APIResource)
        case pods
    }

    /// One run of the watches.
    struct Session: Sendable {
        let news = Wakeup()
        let requests = Wakeup()
        let inventoriesReady = Latch()
    }

    /// Each takes two connections.
    private static let kindLimit = 200
    private static let patience: Duration = .seconds(20)

    let state = Mutex(State())

    /// nil where somebody watches already.
    func begin() -> Session? {
        state.withLock { state in
            guard state.session == nil else { return nil }
            let session = Session()
            state = State()
            state.session = session
            return session
        }
    }

    /// Whoever waits for a kind is let go.
    func end() {
        let kinds = state.withLock { state in
            defer { state = State() }
            return Array(state.kinds.values)
        }
        for kind in kinds { kind.ready.open() }
    }

    var isWatching: Bool { state.withLock { $0.session != nil } }

    /// Waits until the kind can be looked at, and has it followed if it is not yet.
    ///
    /// - Returns: False where it cannot: not now, not in time, or because the server does not let it be followed.
    func follow(_ resource: APIResource, for names: Set<ObjectName>) async throws -> Bool {
        let id = KindID(resource)
        let latch: Latch? = state.withLock { state in
            guard let session = state.session, FollowedKind.canFollow(resource) else { return nil }
            if state.kinds[id] == nil {
                guard state.kinds.count < Self.kindLimit else { return nil }
                state.kinds[id] = FollowedKind(resource)
                state.requested.append(.kind(resource))
                session.requests.wake()
            }
            if state.kinds[id]?.view.ask(names) == false { state.tellEverything() }
            return state.kinds[id]?.ready
        }
        guard let latch else { return false }
        let isReady = try await latch.wait(atMost: Self.patience)
        return state.withLock { state in
            if isReady, state.kinds[id]?.isUsable == true { return true }
            state.kinds[id]?.wasReadPlainly = true
            return false
        }
    }

    /// The version in which a kind is followed already, for whoever does not mind which; else this one.
    func followed(_ resource: APIResource) -> APIResource {
        state.withLock { state in
            if state.kinds[KindID(resource)] != nil { return resource }
            let other = state.versions(group: resource.group, kind: resource.kind).first
            return other.flatMap { state.kinds[$0]?.resource } ?? resource
        }
    }

    func look(_ resource: APIResource, at names: Set<ObjectName>) -> [ObjectName: KindView.Look] {
        state.withLock { state in
            guard let kind = state.kinds[KindID(resource)] else { return [:] }
            return Dictionary(uniqueKeysWithValues: names.map { ($0, kind.view.look(at: $0)) })
        }
    }

    // MARK: What the watches tell

    func tell(_ id: KindID, marked event: WatchEvent<StoredObject>) {
        hear(id) { $0.tell(marked: event) }
    }

    func tell(_ id: KindID, existing event: WatchEvent<Existence>) {
        hear(id) { $0.tell(existing: event) }
    }

    private func hear(_ id: KindID, _ body: (inout KindView) -> [ObjectName]) {
        let ready: Latch? = state.withLock { state in
            let heard = state.change(id) { kind in
                let wasListed = kind.view.isListed
                var names = body(&kind.view)
                let isNewlyListed = !wasListed && kind.view.isListed
                if isNewlyListed, kind.wasReadPlainly { names += kind.view.asked }
                return (keys: names.map(kind.key), ready: isNewlyListed ? kind.ready : nil)
            }
            guard let heard else { return nil }
            state.tell(heard.keys.filter { !state.writes.keep([$0], of: $0) })
            return heard.ready
        }
        ready?.open()
    }

    /// The kind cannot be followed, for this reason.
    func refuse(_ id: KindID, _ error: PlumbError) {
        let ready = state.withLock { state in
            state.kinds[id]?.refusal = error
            return state.kinds[id]?.ready
        }
        ready?.open()
    }

    /// Forgets the kind: whoever asks for it next has it followed anew.
    ///
    /// - Parameter isNews: What was known of it may be another than it was.
    func drop(_ id: KindID, isNews: Bool) {
        let ready = state.withLock { state in
            guard let kind = state.kinds.removeValue(forKey: id) else { return Latch?.none }
            if isNews { state.tell(kind.view.asked.union(kind.view.marked.items.keys).map(kind.key)) }
            return kind.ready
        }
        ready?.open()
    }

    func isListed(_ id: KindID) -> Bool { state.withLock { $0.kinds[id]?.view.isListed ?? false } }

    func tellEverything() { state.withLock { $0.tellEverything() } }

    func takeRequests() -> [FollowRequest] {
        state.withLock { state in
            defer { state.requested = [] }
            return state.requested
        }
    }

    func takeChanges() -> [TargetChange] { state.withLock { $0.pending.take() } }
}

extension ClusterView.State {
    mutating func tell(_ keys: some Collection<ResourceKey>) {
        guard !keys.isEmpty else { return }
        pending.add(keys)
        session?.news.wake()
    }

    mutating func tellEverything() {
        pending.addEverything()
        session?.news.wake()
    }
}
