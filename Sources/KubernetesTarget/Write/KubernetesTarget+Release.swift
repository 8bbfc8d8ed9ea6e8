import KubernetesClient
import Manifests
package import Model

extension KubernetesTarget {
    package func release(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws {
        let marks = Marks(identity: context.identity)
        do {
            guard let resource = try await resource(group: key.group, kind: key.kind),
                let live = try await client.get(resource, namespace: key.namespace, name: key.name),
                live.uid == uid, marks.owner(of: live) == .this
            else { return }
            _ = try await cluster.view.write(key, resource) {
                try await writer.patch(
                    resource, namespace: key.namespace, name: key.name, body: Self.release(live, manager: marks.fieldManager),
                    type: .json, fieldManager: marks.fieldManager)
            }
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    /// Values stay; only the record that they are this application's goes, so that whoever applies next owns them.
    private static func release(_ live: Value, manager: String) -> Value {
        var patch: [Value] = [["op": "test", "path": "/metadata/resourceVersion", "value": .string(live.resourceVersion)]]
        for (field, key) in [
            ("labels", Marks.application), ("annotations", Marks.application), ("annotations", Marks.operation),
            ("annotations", Marks.holdUntil),
        ] where live.at("metadata", field)?[key] != nil {
            let path = FieldPath([.key("metadata"), .key(field), .key(key)])
            patch.append(["op": "remove", "path": .string(path.description)])
        }
        let kept = ManagedFields(of: live).entries.filter { $0.manager != manager && $0.manager != Marks.ignoredManager }
        // An empty list would be read as "unchanged"; one empty entry is the documented way to say that nobody is left.
        let entries: [Value] = kept.isEmpty ? [.object(Object())] : kept.map(\.value)
        patch.append(["op": "replace", "path": "/metadata/managedFields", "value": .array(entries)])
        return .array(patch)
    }
}
