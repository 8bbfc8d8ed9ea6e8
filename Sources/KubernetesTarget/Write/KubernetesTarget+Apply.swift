import KubernetesClient
import Manifests
package import Model

extension KubernetesTarget {
    package func apply(_ write: Write, _ context: SyncContext) async throws -> WriteResult {
        do {
            let declaration = try Declaration(write.desired, context)
            let written = try await perform(write, declaration, context)
            let secretKey = try await secretKey(for: write.desired.key)
            return WriteResult(uid: written.uid, returned: declaration.digest(of: written, secretKey))
        } catch {
            throw ServerErrors.ofWrite(error, write.desired)
        }
    }

    private func perform(_ write: Write, _ declaration: Declaration, _ context: SyncContext) async throws -> Value {
        switch write.mode {
        case .create where !write.desired.isTracked: try await makeUnlessThere(declaration)
        case .create: try await send(declaration.full, declaration, force: false)
        case .update: try await update(write, declaration)
        case .adopt: try await adopt(write, declaration)
        case .replace: try await replace(write, declaration)
        case .hook: try await makeHook(write, declaration, context)
        }
    }

    /// What is made on the side, where it is missing. By POST and not by apply: two applications may need the same namespace
    /// at the same moment, and the one that comes second takes nothing from the first.
    private func makeUnlessThere(_ declaration: Declaration) async throws -> Value {
        let desired = declaration.desired
        let resource = try await resource(of: desired)
        do {
            return try await cluster.view.write(desired.key, resource) {
                try await writer.create(
                    resource, namespace: desired.key.namespace, body: declaration.full, fieldManager: declaration.manager)
            }
        } catch let error as KubernetesError where error.isAlreadyExists {
            return try await live(desired)
        }
    }

    private func update(_ write: Write, _ declaration: Declaration) async throws -> Value {
        var body = declaration.compared
        if !declaration.ignored.isEmpty { body = try await handOver(declaration, of: live(declaration.desired)) }
        return try await send(body.naming(uid: write.uid), declaration, force: true)
    }

    func send(_ body: Value, _ declaration: Declaration, force: Bool, dryRun: Bool = false) async throws -> Value {
        let desired = declaration.desired
        let resource = try await resource(of: desired)
        func request() async throws -> Value {
            try await writer.apply(
                resource, namespace: desired.key.namespace, name: desired.key.name, body: body,
                fieldManager: declaration.manager, force: force, dryRun: dryRun)
        }
        return dryRun ? try await request() : try await cluster.view.write(desired.key, resource, request)
    }

    func resource(of desired: DesiredObject) async throws -> APIResource {
        try await resource(apiVersion: desired.manifest.apiVersion, kind: desired.manifest.kind)
    }

    /// The object as it is now, in the version of its manifest. Throws `conflict` where it has gone since the plan was made.
    func live(_ desired: DesiredObject) async throws -> Value {
        let key = desired.key
        guard let live = try await client.get(try await resource(of: desired), namespace: key.namespace, name: key.name) else {
            throw PlumbError(
                .conflict, "\(key) has gone since the plan was made.", remedy: "The next sync creates it.",
                at: desired.manifest.origin)
        }
        return live
    }
}

extension Value {
    /// With a uid in the body the server refuses to write an object that has come in the place of the one meant, and to
    /// create one anew. Nobody's object is renamed by it: the field is not owned.
    func naming(uid: String?) -> Value {
        guard let uid else { return self }
        var body = self
        var metadata = body["metadata"] ?? .object(Object())
        metadata["uid"] = .string(uid)
        body["metadata"] = metadata
        return body
    }
}
