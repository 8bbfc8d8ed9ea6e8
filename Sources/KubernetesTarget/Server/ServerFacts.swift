import KubernetesClient
import Model

/// What is known about the server for longer than one call: the kinds it serves, the installation, the key for Secrets.
actor ServerFacts {
    /// Discovery, and how often it was read: whoever misses a kind asks for a newer reading than the one that lacked it.
    struct Kinds: Sendable {
        let discovery: Discovery
        let reading: Int
        let since: ContinuousClock.Instant
    }

    private let client: KubernetesClient
    private var kinds: Kinds?
    private var reading: Task<Discovery, any Error>?
    private var trust = Trust.none
    private var isMissed = false
    private var refusals: [KindID: Int] = [:]
    private var identity: String?
    private var version: (value: ServerVersion, since: ContinuousClock.Instant)?
    private var installation: (id: String, isStored: Bool)?
    private var secretKey: (key: SecretKey, isStored: Bool)?
    private var contents: (value: InventoryStore.Contents, since: ContinuousClock.Instant)?

    /// How far the last reading of discovery may be relied on when it lacks a kind.
    private enum Trust {
        /// Nobody tells when kinds come and go.
        case none
        /// Somebody does; they last did so then.
        case unless(changedSince: ContinuousClock.Instant)
    }

    /// So long after a change the server may not serve yet what its objects say that it does.
    private static let settling: Duration = .seconds(15)
    /// Not everything that changes what is served is told.
    private static let oldest: Duration = .seconds(60)

    init(client: KubernetesClient) { self.client = client }

    /// The kinds that the server serves, read again if the last reading is not newer than `old`, unless it is known that
    /// another would be the same. Callers that come while one is under way share it.
    func kinds(newerThan old: Kinds? = nil) async throws -> Kinds {
        if let kinds, kinds.reading > old?.reading ?? 0 { return kinds }
        if old != nil { isMissed = true }
        if let kinds, old != nil, isRecent(kinds) { return kinds }
        let count = kinds?.reading ?? 0
        let task: Task<Discovery, any Error>
        if let reading {
            task = reading
        } else {
            let client = client
            // Nobody's child: that the caller which came first is cancelled must not fail the others.
            task = Task { try await client.discovery() }
            reading = task
        }
        let result = await task.result
        if reading == task { reading = nil }
        let discovery = try result.get()
        if let kinds, kinds.reading > count { return kinds }
        let fresh = Kinds(discovery: discovery, reading: count + 1, since: .now)
        kinds = fresh
        return fresh
    }

    private func isRecent(_ kinds: Kinds) -> Bool {
        guard case .unless(let change) = trust else { return false }
        let now = ContinuousClock.now
        return now - change > Self.settling && kinds.since > change && now - kinds.since < Self.oldest
    }

    /// From now on it is told when kinds come and go.
    func trustDiscovery() { trust = .unless(changedSince: .now) }
    func definitionsChanged() { if case .unless = trust { trustDiscovery() } }

    /// Whether somebody has looked for a kind in vain since the last call.
    func takeMisses() -> Bool {
        defer { isMissed = false }
        return isMissed
    }

    /// How often this kind could not be followed, this time included.
    func countRefusal(of kind: KindID) -> Int {
        refusals[kind, default: 0] += 1
        return refusals[kind, default: 1]
    }

    /// What was known because it was watched is not known any more.
    func stopTrusting() {
        trust = .none
        refusals = [:]
        identity = nil
    }

    var knownIdentity: String? { identity }
    func remember(identity: String) { self.identity = identity }
    func forgetIdentity() { identity = nil }

    /// The server's version, asked for once a minute at most. Callers that come at the same time may each ask.
    func serverVersion() async throws -> ServerVersion {
        if let version, version.since.duration(to: .now) < Self.oldest { return version.value }
        let value = try await client.version()
        version = (value, .now)
        return value
    }

    var knownInstallation: (id: String, isStored: Bool)? { installation }
    func remember(installation id: String, isStored: Bool) { installation = (id, isStored) }
    func forgetInstallation() { installation = nil }

    /// The list that told the installation also shows the inventories: the first call that wants one need not ask again.
    func keep(_ contents: InventoryStore.Contents) { self.contents = (contents, .now) }

    /// Once, and not for long: what was listed grows old. A writer that acts on an old one is stopped by its version.
    func takeContents() -> InventoryStore.Contents? {
        defer { contents = nil }
        guard let contents, contents.since.duration(to: .now) < .seconds(30) else { return nil }
        return contents.value
    }

    func dropContents() { contents = nil }

    var knownSecretKey: (key: SecretKey, isStored: Bool)? { secretKey }

    /// The first of two callers that read at the same time decides, so that both make the same digests.
    func remember(secretKey key: SecretKey, isStored: Bool) -> SecretKey {
        if let known = secretKey, known.isStored || !isStored { return known.key }
        secretKey = (key, isStored)
        return key
    }

    func markSecretKeyStored() {
        if let known = secretKey { secretKey = (known.key, true) }
    }

    func forgetSecretKey() { secretKey = nil }

    func close() {
        reading?.cancel()
        reading = nil
    }
}
