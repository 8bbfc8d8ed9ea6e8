import CHostSupport
import Glibc
import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Processes under a root, through their supervisors. Blocking; the caller is on a queue for that.
struct ProcessKeeper: Sendable {
    let store: HostStore
    let launcher: SupervisorLauncher

    func view(_ name: String) throws -> ProcessView? {
        try store.read { _, state in
            try state.within([ProcessDirectory.parent, name]) { try ProcessView.load(ProcessDirectory(folder: $0)) } ?? nil
        } ?? nil
    }

    func observe(_ key: ResourceKey, _ desired: DesiredObject?, _ context: SyncContext) throws -> ObservedResource? {
        guard let view = try view(key.name), view.isThere else { return nil }
        let owner: ObservedResource.Owner =
            switch view.stored.owner {
            case context.identity.fullName?: .this
            case let name?: .other(name)
            case nil: .nobody(by: "plumb supervise")
            }
        var resource = ObservedResource(
            key: key, uid: view.stored.uid, owner: owner, operation: view.stored.operation, health: view.health)
        guard let desired else { return resource }
        let isWrittenLast = context.inventory.entries[key]?.digest == desired.digest
        if view.runs(desired.digest.description) {
            resource.difference = isWrittenLast ? .same : .changed([])
        } else if view.survivor != nil, isWrittenLast {
            resource.difference = .drift([FieldChange(path: "/status/supervisor", old: "ended", new: "running")])
        } else {
            let old = (try? JSON.parse(Array(view.stored.source.utf8))) ?? .null
            let fields = ProcessDifference.fields(from: old, to: desired.manifest.value["spec"] ?? .null)
            resource.difference = isWrittenLast ? .drift(fields) : .changed(fields)
        }
        return resource
    }

    /// Whether the process can be kept as it runs; then only its owner is written. Otherwise it is for the caller to
    /// stop it, and to `start` the new one.
    func keep(_ write: Write, _ context: SyncContext) throws -> WriteResult? {
        let name = write.desired.key.name
        guard let view = try view(name) else { return nil }
        let owner = context.identity.fullName
        // Taken over only where the plan says so of this very process.
        if let other = view.stored.owner, other != owner, write.mode != .adopt || write.uid != view.stored.uid {
            throw PlumbError(.conflict, "\(write.desired.key) belongs to the application \(other).")
        }
        if view.isThere, view.stored.owner == nil, write.mode == .create {
            throw PlumbError(
                .conflict, "\(write.desired.key) runs already, and is no application's.", remedy: "Plan again: it may be adopted.")
        }
        if view.isThere, let uid = write.uid, uid != view.stored.uid, write.mode != .hook {
            throw PlumbError(.conflict, "\(write.desired.key) is not what the plan saw.", remedy: "Plan again.")
        }
        let isAsWritten = view.runs(write.desired.digest.description)
        guard isAsWritten, write.mode != .hook, write.mode != .replace else { return nil }
        if view.stored.owner != owner { try setOwner(owner, of: name) }
        return WriteResult(uid: view.stored.uid, returned: write.desired.digest)
    }

    /// Starts what is desired; nothing of that name runs any more.
    func start(_ write: Write, _ context: SyncContext) throws -> WriteResult {
        guard case .process(var spec) = try HostObjectReader.read(write.desired.manifest).object else {
            throw PlumbError(.invalid, "\(write.desired.key) is no process.")
        }
        if let user = spec.user { _ = try user.resolve() }
        let isHook = write.mode == .hook
        if isHook { spec.restart = .never }
        let name = write.desired.key.name
        let known = isHook || write.mode == .replace ? nil : try view(name)?.stored.uid
        let process = StoredProcess(
            owner: context.identity.fullName, uid: known ?? UUID().uuidString.lowercased(),
            operation: isHook ? context.operation : nil,
            digest: write.desired.digest.description, root: store.root, spec: spec,
            source: (write.desired.manifest.value["spec"] ?? .null).json)
        try inDirectory(name) { directory in
            try directory.store(process)
            try launcher.launch(directory.folder, state: "\(store.root)/\(directory.folder.path)")
        }
        return WriteResult(uid: process.uid, returned: write.desired.digest)
    }

    func release(_ name: String, uid: String, owner: String) throws {
        guard let view = try view(name), view.stored.owner == owner, view.stored.uid == uid else { return }
        try setOwner(nil, of: name)
    }

    /// Removes what is left of a process that does not run.
    func forget(_ name: String) throws {
        guard let view = try view(name), !view.isSupervised, view.survivor == nil else { return }
        try store.change { _, state in
            _ = try state.within(ProcessDirectory.parent) { try $0.removeTree(name) }
        }
    }

    private func setOwner(_ owner: String?, of name: String) throws {
        try inDirectory(name) { directory in
            guard var process = try directory.stored() else { return }
            process.owner = owner
            try directory.store(process)
        }
    }

    /// The lock of the store is held only for making the directory: a start may take a while.
    private func inDirectory(_ name: String, _ body: (ProcessDirectory) throws -> Void) throws {
        try store.change { _, state in
            try state.makeFolder(ProcessDirectory.parent, mode: 0o700)
            _ = try state.within(ProcessDirectory.parent) { try $0.makeFolder(name, mode: 0o700) }
        }
        let result: Void?? = try store.read { _, state in
            try state.within([ProcessDirectory.parent, name]) { try body(ProcessDirectory(folder: $0)) }
        }
        guard case .some(.some) = result else {
            throw PlumbError(.conflict, "The state of the process \(name) was removed meanwhile.")
        }
    }

    // MARK: Stopping

    enum Stopping: Sendable { case stopped, waiting }

    /// Tells the supervisor, or the child that it left behind, to end.
    func tellToStop(_ name: String) throws -> Stopping {
        try withRunning(name) { view, descriptor in
            if view.isSupervised {
                _ = plumb_process_signal(descriptor, SIGTERM)
            } else if let survivor = view.survivor {
                _ = kill(-survivor.pid, SIGTERM)
            }
        }
    }

    /// Blocks for a moment at most.
    func wait(_ name: String) throws -> Stopping {
        try withRunning(name) { _, descriptor in _ = ProcessEnd.wait(descriptor, .milliseconds(200)) }
    }

    /// What a supervisor left behind has no one to kill it.
    func killSurvivor(_ name: String) throws -> Stopping {
        try withRunning(name) { view, _ in
            if let survivor = view.survivor { _ = kill(-survivor.pid, SIGKILL) }
        }
    }

    private func withRunning(_ name: String, _ body: (ProcessView, Int32) throws -> Void) throws -> Stopping {
        guard let view = try view(name), let process = view.isSupervised ? view.status?.supervisor : view.survivor else {
            // A supervisor that holds the lock and has not said who it is yet cannot be told; it will have in a moment.
            if try self.view(name)?.isSupervised ?? false { return .waiting }
            return .stopped
        }
        _ = try process.withDescriptor { try body(view, $0) }
        let after = try self.view(name)
        return after?.isSupervised ?? false || after?.survivor != nil ? .waiting : .stopped
    }
}
