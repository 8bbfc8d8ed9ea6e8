package import Logging
package import Manifests
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A plain host as a target: files, directories and processes under one root.
package struct HostTarget: Target {
    package let name = "host"
    package let place: String

    private let store: HostStore
    private let inventories: InventoryStore
    private let processes: ProcessController
    private let logger: Logger
    private let proposedInstallation = UUID().uuidString.lowercased()
    private let memory = FileMemory()
    private let proposedKey = DigestKey.random()
    private let queue = BlockingQueue("plumb.host.files")
    /// Reading does not wait for a change that waits for another process.
    private let changes = BlockingQueue("plumb.host.changes")

    /// `root` is absolute; its parent has to be there. `executable` is the `plumb` that supervises processes: this very
    /// program, unless a test says otherwise.
    package init(root: String, executable: String = "/proc/self/exe", logger: Logger) throws {
        guard root.hasPrefix("/"), !root.utf8.contains(0) else {
            throw PlumbError(.invalid, "The root \(root.quoted) of a host has to be an absolute path.")
        }
        let trimmed = "/" + root.split(separator: "/").joined(separator: "/")
        store = HostStore(root: trimmed)
        inventories = InventoryStore(store: store)
        processes = ProcessController(keeper: ProcessKeeper(store: store, launcher: SupervisorLauncher(executable: executable)))
        place = "host \(trimmed)"
        self.logger = logger
    }

    // MARK: Desired objects and inventories

    package func installation() async throws -> String {
        try await queue.run { [inventories] in try inventories.installation() } ?? proposedInstallation
    }

    package func prepare(_ manifests: [Manifest], for placement: Placement) async throws -> [DesiredObject] {
        let key = try await queue.run { [store, proposedKey] in try DigestKey.load(store, proposed: proposedKey) }
        return try await Preparation(placement: placement, key: key).prepare(manifests)
    }

    package func inventory(of identity: ApplicationIdentity) async throws -> Inventory? {
        try await queue.run { [inventories] in try inventories.load(identity) }
    }

    package func inventories() async throws -> [Inventory] {
        try await queue.run { [inventories] in try inventories.loadAll() }
    }

    package func save(_ inventory: Inventory) async throws -> Inventory {
        try await changes.run { [store, inventories, proposedInstallation, proposedKey] in
            let key = try DigestKey.load(store, proposed: proposedKey)
            return try inventories.save(inventory, key: key.bytes, proposed: proposedInstallation)
        }
    }

    package func chartKey(of identity: ApplicationIdentity) async throws -> ChartKey? {
        try await queue.run { [store] in try ChartKeys(store: store).load(identity) }
    }

    package func keep(_ key: ChartKey, of identity: ApplicationIdentity) async throws -> ChartKey {
        try await changes.run { [store] in try ChartKeys(store: store).keep(key, of: identity) }
    }

    package func deletionHooks(of identity: ApplicationIdentity) async throws -> StoredHooks {
        try await queue.run { [store] in try KeptHooks(store: store).load(identity) }
    }

    package func keep(deletionHooks: [UInt8]?, of identity: ApplicationIdentity) async throws {
        try await changes.run { [store] in try KeptHooks(store: store).keep(deletionHooks, of: identity) }
    }

    // MARK: What is there

    package func observe(_ desired: [DesiredObject], _ context: SyncContext) async throws -> [ResourceKey: ObservedResource] {
        try await queue.run { [self] in
            var observed = try observePaths(desired, context)
            let wanted = Dictionary(desired.map { ($0.key, $0) }) { first, _ in first }
            for key in Set(wanted.keys).union(context.inventory.entries.keys) where HostKind(key) == .process {
                observed[key] = try processes.keeper.observe(key, wanted[key], context)
            }
            return observed
        }
    }

    private func observePaths(_ desired: [DesiredObject], _ context: SyncContext) throws -> [ResourceKey: ObservedResource] {
        let paths = try desired.compactMap { try DesiredPath($0, ignore: context.ignore) }
        let isWrittenLast = Dictionary(desired.map { ($0.key, context.inventory.entries[$0.key]?.digest == $0.digest) }) {
            first, _ in first
        }
        return try withFiles { observer in
            var observed = try observer.observe(paths, isWrittenLast: isWrittenLast, context)
            for key in observed.keys where observed[key]?.owner == .this { observed[key]?.health = try observer.health(of: key) }
            return observed
        } ?? [:]
    }

    /// nil where the root is not there.
    private func withFiles<Result>(_ body: (PathObserver) throws -> Result) throws -> Result? {
        let difference = PathDifference(key: try DigestKey.load(store, proposed: proposedKey).bytes, memory: memory)
        // Both ways of looking: with Plumb's own directory, and before there is one.
        let known = try store.read { root, state in try body(PathObserver(root: root, state: state, difference: difference)) }
        if let known { return known }
        return try Folder.at(store.root) { try body(PathObserver(root: $0.named(""), state: nil, difference: difference)) }
    }

    package func health(of keys: Set<ResourceKey>) async throws -> [ResourceKey: Health] {
        try await queue.run { [self] in
            var health = Dictionary(uniqueKeysWithValues: keys.map { ($0, Health(.missing)) })
            let paths = keys.filter { HostKind($0) == .file || HostKind($0) == .directory }
            if !paths.isEmpty {
                let found = try withFiles { files in try paths.map { ($0, try files.health(of: $0)) } }
                for (key, value) in found ?? [] { health[key] = value }
            }
            for key in keys where HostKind(key) == .process {
                if let view = try processes.keeper.view(key.name) { health[key] = view.health }
            }
            return health
        }
    }

    package func hookProgress(_ key: ResourceKey) async throws -> HookProgress? {
        guard HostKind(key) == .process else { return nil }
        return try await queue.run { [processes] in try processes.keeper.view(key.name)?.hookProgress }
    }

    package func isUsable(_ desired: DesiredObject) async throws -> Bool { true }

    // MARK: Changes

    package func rehearse(_ write: Write, _ context: SyncContext) async throws -> Rehearsal? {
        try await queue.run { [self] in
            if let path = try DesiredPath(write.desired, ignore: context.ignore) {
                let fields = try withFiles { try $0.rehearse(path) }
                return Rehearsal(fields: fields ?? [FieldChange(path: "/kind", old: nil, new: path.expected.rawValue)])
            }
            let live = try processes.keeper.observe(write.desired.key, write.desired, context)
            switch live?.difference {
            case .same?: return Rehearsal(fields: [])
            case .changed(let fields)?, .drift(let fields)?: return Rehearsal(fields: fields)
            case nil: return Rehearsal(fields: [FieldChange(path: "/kind", old: nil, new: "a process")])
            }
        }
    }

    package func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult {
        guard HostKind(write.desired.key) != .process else {
            let result = try await processes.apply(write, context)
            logger.debug("Process written", metadata: ["key": "\(write.desired.key)", "mode": "\(write.mode.rawValue)"])
            return result
        }
        guard write.mode != .hook else {
            throw PlumbError(
                .unsupported, "\(write.desired.key) is a hook; on a host only a Process can be one.",
                at: write.desired.manifest.origin)
        }
        return try await changes.run { [store, proposedKey] in
            guard let path = try DesiredPath(write.desired, ignore: context.ignore) else {
                throw PlumbError(.invalid, "\(write.desired.key) has no path.")
            }
            let difference = PathDifference(key: try DigestKey.load(store, proposed: proposedKey).bytes)
            return try store.change { root, state in
                try PathWriter(root: root, state: state, difference: difference, owner: context.identity.fullName).write(
                    path, write)
            }
        }
    }

    package func delete(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws -> Deletion {
        let owner = context.identity.fullName
        if HostKind(key) == .process { return try await processes.delete(key, uid: uid, owner: owner) }
        return try await changes.run { [store] in
            guard try store.read({ _, _ in true }) != nil else { return .gone }
            return try store.change { root, state in
                try PathRemover(root: root, state: state).delete(key, uid: uid, owner: owner)
            }
        }
    }

    package func release(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws {
        let owner = context.identity.fullName
        try await changes.run { [store, processes] in
            if HostKind(key) == .process { return try processes.keeper.release(key.name, uid: uid, owner: owner) }
            guard try store.read({ _, _ in true }) != nil else { return }
            try store.change { _, state in
                let records = PathRecords(state: state)
                if let record = try records.load(key), record.owner == owner, record.uid == uid { try records.remove(key) }
            }
        }
    }

    package func identity() async throws -> String { try await installation() }

    /// Reports within a few hundredths of a second; while nothing changes it does nothing.
    package func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async {
        await HostWatcher(store: store, report).run()
    }

    package func close() async {}
}
