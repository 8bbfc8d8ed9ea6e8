import Manifests
import Model
import TestSupport

/// A target in memory that does what a test says: it fails, waits, and changes by itself.
actor ScriptedTarget: Target {
    nonisolated let name: String
    nonisolated var place: String { "the target \(name)" }

    enum Call: String, Sendable { case identity, inventory, inventories, save, observe, prepare, apply, delete }

    struct Live: Sendable {
        var uid: String
        /// In full; nil for somebody's without a mark.
        var owner: String?
        var value: Value
        var health = Health.healthy
        /// Of a hook: the operation that made it.
        var operation: String?
    }

    private(set) var live: [ResourceKey: Live] = [:]
    private(set) var stored: [String: Inventory] = [:]
    /// `apply ConfigMap a`, `delete ConfigMap a`, in their order.
    private(set) var writes: [String] = []
    private(set) var looks = 0
    private var identityText = "place-1"
    private var places: [String: ([ResourceKey: Live], [String: Inventory])] = [:]
    private var installationID = "installation-1"
    private var failures: [Call: (error: PlumbError, remaining: Int)] = [:]
    private var stops: [Call: Checkpoint] = [:]
    private var issued: [Checkpoint] = []
    private var firstHealth: [ResourceKey: Health] = [:]
    private var nextNumber = 0
    private var watchers: [AsyncStream<TargetChange>.Continuation] = []
    private var untold: [TargetChange] = []

    init(_ name: String = "host") { self.name = name }

    // MARK: The script

    /// From now on this call throws, so many times.
    func fail(_ call: Call, _ error: PlumbError = PlumbError(.unreachable, "It does not answer."), times: Int = .max) {
        failures[call] = (error, times)
    }

    func answer(_ call: Call) { failures[call] = nil }

    /// The next such call waits there until it is opened.
    func stop(at call: Call) -> Checkpoint {
        let checkpoint = Checkpoint()
        stops[call] = checkpoint
        issued.append(checkpoint)
        return checkpoint
    }

    /// For the end of a test that failed: a save is waited for, also by who is stopped.
    func openAll() {
        for stop in issued { stop.open() }
        stops = [:]
    }

    /// Another place answers: what was there is seen again when this is called with its identity.
    func become(_ identity: String) {
        places[identityText] = (live, stored)
        (live, stored) = places[identity] ?? ([:], [:])
        identityText = identity
    }

    /// What objects of this key are like when they were just written.
    func set(health: Health, of key: ResourceKey) {
        firstHealth[key] = health
        live[key]?.health = health
        tell(.resources([key]))
    }

    /// Somebody changes an object, and the target tells.
    func change(_ key: ResourceKey, _ body: @Sendable (inout Live) -> Void) {
        guard var object = live[key] else { return }
        body(&object)
        live[key] = object
        tell(.resources([key]))
    }

    func put(_ key: ResourceKey, _ object: Live) { live[key] = object }

    func take(_ key: ResourceKey) {
        live[key] = nil
        tell(.resources([key]))
    }

    /// What is told while nobody listens is told to the next who does.
    func tell(_ change: TargetChange) {
        if watchers.isEmpty { untold.append(change) }
        for watcher in watchers { watcher.yield(change) }
    }

    /// Ends the watches as a target does that cannot tell any more.
    func hangUp() {
        for watcher in watchers { watcher.finish() }
        watchers = []
    }

    var deletions: [String] { writes.filter { $0.hasPrefix("delete") } }

    func inventory(named name: String) -> Inventory? { stored.values.first { $0.identity.name == name } }

    func store(_ inventory: Inventory) { stored[inventory.identity.fullName] = inventory }

    private func passes(_ call: Call) async throws {
        if let stop = stops.removeValue(forKey: call) { try await stop.stop() }
        guard var failure = failures[call] else { return }
        failure.remaining -= 1
        failures[call] = failure.remaining > 0 ? failure : nil
        throw failure.error
    }

    // MARK: Target

    func identity() async throws -> String {
        try await passes(.identity)
        return identityText
    }

    func installation() async throws -> String { installationID }

    func prepare(_ manifests: [Manifest], for placement: Placement) async throws -> [DesiredObject] {
        try await passes(.prepare)
        var desired: [DesiredObject] = []
        for manifest in manifests {
            let key = ResourceKey(group: manifest.group, kind: manifest.kind, namespace: placement.namespace, name: manifest.name)
            var content: [UInt8]?
            if let file = manifest.value.at("spec", "source")?.string {
                content = try await placement.tree.read(TreePath(file, relativeTo: manifest))
            }
            let digest = Digest(records: [[Digest(of: manifest.value).hex, Digest(bytes: content ?? []).hex]])
            desired.append(DesiredObject(key: key, manifest: manifest, digest: digest, content: content))
        }
        return desired
    }

    func inventory(of identity: ApplicationIdentity) async throws -> Inventory? {
        try await passes(.inventory)
        return stored[identity.fullName]
    }

    func inventories() async throws -> [Inventory] {
        try await passes(.inventories)
        return stored.values.sorted { $0.identity.name < $1.identity.name }
    }

    func save(_ inventory: Inventory) async throws -> Inventory {
        try await passes(.save)
        let name = inventory.identity.fullName
        guard stored[name]?.version == inventory.version else { throw PlumbError(.superseded, "Somebody else has saved.") }
        var saved = inventory
        nextNumber += 1
        saved.version = "\(nextNumber)"
        let isEmpty =
            inventory.entries.isEmpty && inventory.sync == nil && inventory.synced == nil && inventory.lease == nil
            && inventory.hold == nil
        stored[name] = isEmpty ? nil : saved
        return saved
    }

    func observe(_ desired: [DesiredObject], _ context: SyncContext) async throws -> [ResourceKey: ObservedResource] {
        looks += 1
        try await passes(.observe)
        let wanted = Dictionary(desired.map { ($0.key, $0) }) { first, _ in first }
        var observed: [ResourceKey: ObservedResource] = [:]
        for key in Set(wanted.keys).union(context.inventory.entries.keys) {
            observed[key] = live[key].map { self.observed(key, $0, wanted[key], context) }
        }
        return observed
    }

    private func observed(
        _ key: ResourceKey, _ live: Live, _ desired: DesiredObject?, _ context: SyncContext
    ) -> ObservedResource {
        let isOurs = live.owner == context.identity.fullName
        let owner: ObservedResource.Owner = isOurs ? .this : live.owner.map { .other($0) } ?? .nobody(by: "somebody")
        var resource = ObservedResource(
            key: key, uid: live.uid, owner: owner, operation: live.operation, health: live.health)
        if let desired {
            let isWrittenLast = context.inventory.entries[key]?.digest == desired.digest
            let isSame = live.value == desired.manifest.value
            let change = FieldChange(path: "/data", old: live.value.json, new: desired.manifest.value.json, manager: "somebody")
            resource.difference = isWrittenLast ? (isSame ? .same : .drift([change])) : .changed([change])
        }
        return resource
    }

    func rehearse(_ write: Write, _ context: SyncContext) async throws -> Rehearsal? { nil }

    func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult {
        let key = write.desired.key
        writes.append("apply \(key)")
        try await passes(.apply)
        nextNumber += 1
        let isKept = write.mode != .hook && write.mode != .replace
        let uid = (isKept ? live[key]?.uid : nil) ?? "uid-\(nextNumber)"
        live[key] = Live(
            uid: uid, owner: context.identity.fullName, value: write.desired.manifest.value, health: firstHealth[key] ?? .healthy,
            operation: write.mode == .hook ? context.operation : nil)
        tell(.resources([key]))
        return WriteResult(uid: uid, returned: write.desired.digest)
    }

    func delete(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws -> Deletion {
        writes.append("delete \(key)")
        try await passes(.delete)
        guard let found = live[key] else { return .gone }
        guard found.uid == uid, found.owner == context.identity.fullName else { return .notOurs("it is another's") }
        live[key] = nil
        tell(.resources([key]))
        return .gone
    }

    func release(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws { live[key]?.owner = nil }

    func health(of keys: Set<ResourceKey>) async throws -> [ResourceKey: Health] {
        Dictionary(uniqueKeysWithValues: keys.map { ($0, live[$0]?.health ?? Health(.missing)) })
    }

    func hookProgress(_ key: ResourceKey) async throws -> HookProgress? {
        guard let hook = live[key] else { return nil }
        return switch hook.health.status {
        case .healthy: .succeeded
        case .degraded: .failed(hook.health.message ?? "it failed")
        case .progressing, .suspended, .missing, .unknown: .running(hook.health.message)
        }
    }

    func isUsable(_ desired: DesiredObject) async throws -> Bool { true }

    func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async {
        let (changes, continuation) = AsyncStream.makeStream(of: TargetChange.self)
        watchers.append(continuation)
        await report(.everything)
        let missed = untold
        untold = []
        for change in missed { await report(change) }
        for await change in changes { await report(change) }
    }

    func close() async {}
}

extension TreePath {
    /// A file that a manifest names, beside it.
    fileprivate init(_ file: String, relativeTo manifest: Manifest) throws {
        let directory = manifest.origin.file.split(separator: "/").dropLast().joined(separator: "/")
        try self.init(directory.isEmpty ? file : "\(directory)/\(file)")
    }
}

extension ResourceKey {
    static func configMap(_ name: String) -> ResourceKey { ResourceKey(group: "", kind: "ConfigMap", name: name) }
}
