import KubernetesClient
import Manifests
package import Model

extension KubernetesTarget {
    package func rehearse(_ write: Write, _ context: SyncContext) async throws -> Rehearsal? {
        // What has to be deleted first cannot be tried.
        if write.mode == .replace || write.mode == .hook { return nil }
        do {
            let declaration = try Declaration(write.desired, context)
            let secretKey = try await secretKey(for: write.desired.key)
            let display = FieldDisplay(secretKey: secretKey)
            let comparison = Comparison(group: write.desired.key.group)
            let marks = Marks(identity: context.identity)
            if write.mode == .create {
                let outcome = try await send(declaration.full, declaration, force: false, dryRun: true)
                return Rehearsal(
                    fields: display.changes(
                        comparison.changes(from: .object(Object()), to: outcome), owners: nil, ours: marks.fieldManager,
                        isDrift: false))
            }
            let key = write.desired.key
            // What is displayed may be a moment old; the write itself names the object that it is about.
            let seen = try await live([key], versions: [key: write.desired.manifest.apiVersion])[key]
            let live = if let seen { seen } else { try await live(write.desired) }
            var outcome = try await dryRun(declaration.body(keeping: live), of: write.desired, live: live, context)
            if write.mode == .adopt { outcome = try await letGo(in: outcome, of: live, declaration) }
            return Rehearsal(
                fields: display.changes(
                    comparison.changes(from: live, to: outcome), owners: ManagedFields(of: live), ours: marks.fieldManager,
                    isDrift: false))
        } catch let error as KubernetesError where error.isNotFound {
            // The namespace is not there yet.
            return nil
        } catch let error as PlumbError where error.code == .notFound {
            // The kind is not served yet.
            return nil
        } catch {
            throw ServerErrors.ofWrite(error, write.desired)
        }
    }

    /// The object as a forced apply would leave it.
    func dryRun(_ body: Value, of desired: DesiredObject, live: Value, _ context: SyncContext) async throws -> Value {
        try await writer.apply(
            try await resource(of: desired), namespace: desired.key.namespace, name: desired.key.name,
            body: body.naming(uid: live.uid), fieldManager: Marks(identity: context.identity).fieldManager, force: true,
            dryRun: true)
    }
}
