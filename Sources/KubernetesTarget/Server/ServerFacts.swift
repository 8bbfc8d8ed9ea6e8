import KubernetesClient
import Model

/// What is known about the server for longer than one call: the kinds it serves, the installation, the key for Secrets.
actor ServerFacts {
    /// Discovery, and how often it was read: whoever misses a kind asks for a newer reading than the one that lacked it.
    struct Kinds: Sendable {
        let discovery: Discovery
        let reading: Int
    }

    private let client: KubernetesClient
    private var kinds: Kinds?
    private var reading: Task<Discovery, any Error>?
    private var installation: (id: String, isStored: Bool)?
    private var secretKey: (key: SecretKey, isStored: Bool)?
    private var contents: (value: InventoryStore.Contents, since: ContinuousClock.Instant)?

    init(client: KubernetesClient) { self.client = client }

    /// The kinds that the server serves, read again if the last reading is not newer than `old`. Callers that come
    /// while one is under way share it.
    func kinds(newerThan old: Kinds? = nil) async throws -> Kinds {
        if let kinds, kinds.reading > old?.reading ?? 0 { return kinds }
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
        let fresh = Kinds(discovery: discovery, reading: count + 1)
        kinds = fresh
        return fresh
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
