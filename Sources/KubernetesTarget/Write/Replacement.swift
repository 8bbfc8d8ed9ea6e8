import KubernetesClient
import Manifests
import Model

extension KubernetesTarget {
    /// How long a deletion may take before its replacement is given up; the sync has deadlines of its own above this.
    private static let patience: Duration = .seconds(60)

    func replace(_ write: Write, _ declaration: Declaration) async throws -> Value {
        if let uid = write.uid { try await remove(declaration.desired, uid: uid) }
        return try await send(declaration.full, declaration, force: false)
    }

    /// Makes a hook's object anew. By POST and not by apply: an older one that came back must not be taken for it.
    func makeHook(_ write: Write, _ declaration: Declaration, _ context: SyncContext) async throws -> Value {
        let desired = declaration.desired
        if let uid = write.uid { try await remove(desired, uid: uid) }
        let body = Marks(identity: context.identity).marked(desired.manifest.value, operation: context.operation)
        let resource = try await resource(of: desired)
        return try await cluster.view.write(desired.key, resource) {
            try await writer.create(resource, namespace: desired.key.namespace, body: body, fieldManager: declaration.manager)
        }
    }

    /// Deletes the object and returns when it is gone. Throws `timedOut` where a finalizer keeps it.
    private func remove(_ desired: DesiredObject, uid: String) async throws {
        let (key, resource) = (desired.key, try await resource(of: desired))
        guard case .terminating = try await erase(key, uid: uid, resource) else { return }
        let clock = ContinuousClock()
        let deadline = clock.now + Self.patience
        var pause: Duration = .milliseconds(50)
        var last: Value?
        while clock.now < deadline {
            last = try await client.get(resource, namespace: key.namespace, name: key.name)
            guard let last, last.uid == uid else { return }
            try await clock.sleep(for: pause)
            pause = min(pause * 2, .seconds(2))
        }
        throw PlumbError(
            .timedOut,
            "\(key) has to be gone before it is created anew, and is not: \(last.map(Lingering.reason) ?? "it is still there").",
            at: desired.manifest.origin)
    }
}

/// Why a deleted object is still there.
enum Lingering {
    static func reason(_ live: Value) -> String {
        let finalizers = (live.at("metadata", "finalizers")?.array ?? []) + (live.at("spec", "finalizers")?.array ?? [])
        let names = finalizers.compactMap(\.string)
        if !names.isEmpty { return "it waits for \(names.joined(separator: ", "))" }
        if let seconds = live.at("metadata", "deletionGracePeriodSeconds")?.integer, seconds > 0 {
            return "it has \(seconds) seconds to end"
        }
        return "its deletion is under way"
    }
}
