import Glibc
import Logging
import Manifests
import Model
import TestSupport

@testable import HostTarget

/// A host target on a fresh directory, and the little of a sync that its tests need.
struct Host: Sendable {
    let root: String
    let target: HostTarget

    init(_ root: String) throws {
        self.root = root
        target = try HostTarget(root: root, executable: PlumbBinary.path(), logger: Logger(label: "test"))
    }

    static func with<Result>(_ body: (Host) async throws -> Result) async throws -> Result {
        try await TemporaryDirectory.with("host") { path in
            let host = try Host("\(path)/root")
            do {
                let result = try await body(host)
                await host.stopAll()
                return result
            } catch {
                await host.stopAll()
                throw error
            }
        }
    }

    func path(_ path: String) -> String { "\(root)/\(path)" }

    static func manifests(_ text: String, file: String = "app.yaml") throws -> [Manifest] {
        try ManifestReader.manifests(inFile: Array(text.utf8), file: file)
    }

    func prepare(_ text: String, files: [String: String] = [:]) async throws -> [DesiredObject] {
        let placement = Placement(namespace: nil, createNamespace: false, tree: try MemoryTree(files))
        return try await target.prepare(Self.manifests(text), for: placement)
    }

    func context(_ application: String = "app", ignore: [IgnoreRule] = []) async throws -> SyncContext {
        let identity = ApplicationIdentity(installation: try await target.installation(), name: application)
        let inventory = try await target.inventory(of: identity) ?? Inventory(identity: identity)
        return SyncContext(identity: identity, inventory: inventory, ignore: ignore, operation: "op-1")
    }

    /// Writes everything that is not as desired, and deletes what is desired no more; what the engine would do.
    @discardableResult
    func sync(_ text: String, files: [String: String] = [:], application: String = "app", ignore: [IgnoreRule] = []) async throws
        -> [String]
    {
        let desired = try await prepare(text, files: files)
        var context = try await context(application, ignore: ignore)
        let observed = try await target.observe(desired, context)
        var done: [String] = []
        for object in desired where context.inventory.entries[object.key] == nil {
            context.inventory.entries[object.key] = Inventory.Entry(state: .intended)
        }
        context.inventory = try await target.save(context.inventory)
        let ranks: [String: Int] = ["Directory": 0, "File": 1, "Process": 2]
        for object in desired.sorted(by: { (ranks[$0.key.kind] ?? 3) < (ranks[$1.key.kind] ?? 3) }) {
            let live = observed[object.key]
            if let live, live.owner == .this, live.difference == .same { continue }
            let mode: Write.Mode = live == nil ? .create : live?.owner == .this ? .update : .adopt
            done.append("\(mode.rawValue) \(object.key.name)")
            let result = try await target.apply(Write(desired: object, mode: mode, uid: live?.uid), context)
            context.inventory.entries[object.key] = Inventory.Entry(
                state: .applied, uid: result.uid, digest: object.digest, returned: result.returned)
        }
        let wanted = Set(desired.map(\.key))
        for key in context.inventory.entries.keys.sorted(by: >) where !wanted.contains(key) {
            if let live = observed[key] {
                let deletion = try await target.delete(key, uid: live.uid, context)
                done.append("delete \(key.name) \(deletion)")
                if case .pending = deletion { continue }
                if case .stuck = deletion { continue }
            }
            context.inventory.entries[key] = nil
        }
        _ = try await target.save(context.inventory)
        return done
    }

    func observe(_ text: String, files: [String: String] = [:], ignore: [IgnoreRule] = []) async throws -> [String:
        ObservedResource]
    {
        let desired = try await prepare(text, files: files)
        let observed = try await target.observe(desired, context(ignore: ignore))
        return Dictionary(uniqueKeysWithValues: observed.map { ($0.key.name, $0.value) })
    }

    func health(_ name: String) async throws -> Health {
        let key = HostKind.process.key(name)
        return try await target.health(of: [key])[key] ?? Health(.unknown)
    }

    func status(_ name: String) throws -> ProcessStatus? {
        try Folder.at(path(".plumb/processes/\(name)")) { try ProcessDirectory(folder: $0).status() } ?? nil
    }

    /// The processes that run with this word among their arguments.
    static func running(_ word: String) async throws -> [Int32] {
        let output = try await ProcessRunner.run("pgrep", ["-f", word])
        return output.stdout.split(separator: "\n").compactMap { Int32($0) }
    }

    /// Nothing may outlive a test.
    private func stopAll() async {
        let names = (try? Folder.at(path(".plumb/processes")) { try $0.list() } ?? []) ?? []
        for name in names {
            guard
                let stored = try? ProcessKeeper(store: HostStore(root: root), launcher: SupervisorLauncher(executable: "")).view(
                    name)?.stored
            else { continue }
            let parts = (stored.owner ?? "x/default/app").split(separator: "/").map(String.init)
            let identity = ApplicationIdentity(installation: parts[0], namespace: parts[1], name: parts[2])
            let context = SyncContext(identity: identity, inventory: Inventory(identity: identity), ignore: [], operation: "stop")
            if stored.owner == nil, let supervisor = try? status(name)?.supervisor, supervisor.isAlive {
                kill(supervisor.pid, SIGTERM)
            }
            _ = try? await target.delete(HostKind.process.key(name), uid: stored.uid, context)
        }
    }
}
