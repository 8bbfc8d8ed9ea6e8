import FileWatching
import Glibc
import Manifests
import Model

/// What there is to watch on a root: the objects of all inventories, and where each of them shows.
struct WatchedHost: Sendable {
    private var inventories: [ResourceKey: Inventory.Entry] = [:]
    private var places: [ResourceKey: HostPath] = [:]
    private var keys: [String: Set<ResourceKey>] = [:]
    private let state: String
    private(set) var paths: Set<WatchedPath> = []

    /// Knows nothing yet, except where Plumb's own directory is.
    init(root: String) {
        let prefix = root == "/" ? "" : root
        state = "\(prefix)/\(HostPath.reserved)"
        paths.insert(WatchedPath("\(state)/installation", .entry))
        paths.insert(WatchedPath("\(state)/\(InventoryStore.folder)", .entries))
        for kind in Self.recorded { paths.insert(WatchedPath("\(state)/\(PathRecords.folder)/\(kind.rawValue)", .entries)) }
    }

    private static let recorded = [HostKind.file, .directory]
    /// What changes of a process: what it is to be, how it is, and whether its supervisor lives; that holds the lock open.
    private static let processFiles = [ProcessDirectory.specFile, ProcessDirectory.statusFile, ProcessDirectory.lockFile]

    /// Reads every inventory, and where its objects are; files that did not change since are taken from `memory`.
    static func load(_ store: HostStore, _ memory: HostMemory) throws -> WatchedHost {
        var host = WatchedHost(root: store.root)
        let prefix = store.root == "/" ? "" : store.root
        _ = try store.read { _, state in
            for (key, entry) in try memory.inventories(state) {
                host.inventories[key] = entry
                switch HostKind(key) {
                case .process?:
                    for file in processFiles {
                        host.add("\(host.state)/\(ProcessDirectory.parent)/\(key.name)/\(file)", .entry, key)
                    }
                case .file?, .directory?:
                    guard let record = try memory.files.record(key, PathRecords(state: state)) else { continue }
                    host.places[key] = record.path
                    host.add("\(prefix)/\(record.path)", record.kind == .file ? .content : .entry, key)
                case nil: continue
                }
            }
        }
        return host
    }

    private mutating func add(_ path: String, _ scope: WatchedPath.Scope, _ key: ResourceKey) {
        paths.insert(WatchedPath(path, scope))
        keys[path, default: []].insert(key)
    }

    /// The objects that show at changed paths.
    func objects(at changed: Set<String>) -> Set<ResourceKey> {
        changed.reduce(into: []) { $0.formUnion(keys[$1] ?? []) }
    }

    /// Whether there may be other objects now, or elsewhere.
    func isOutdated(by changed: Set<String>) -> Bool {
        changed.contains { path in
            guard path.hasPrefix(state), keys[path] == nil else { return false }
            // What is written under a passing name gets its own in the end.
            let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
            return !name.hasPrefix(".")
        }
    }

    /// The objects whose entries in the inventories, or whose places, are others than they were.
    func changes(since old: WatchedHost) -> Set<ResourceKey> {
        Set(inventories.keys).union(old.inventories.keys).filter {
            inventories[$0] != old.inventories[$0] || places[$0] != old.places[$0]
        }
    }
}

/// What was read for watching; each file is read again only when it changed.
final class HostMemory: Sendable {
    let files = FileMemory()
    private let known = InventoryMemory()

    /// Of all applications.
    func inventories(_ state: Folder) throws -> [ResourceKey: Inventory.Entry] {
        try known.load(state).reduce(into: [:]) { $0.merge($1.entries) { first, _ in first } }
    }
}
