import KubernetesClient
import Manifests
package import Model

extension KubernetesTarget {
    package func delete(_ key: ResourceKey, uid: String, _ context: SyncContext) async throws -> Deletion {
        do {
            guard let resource = try await resource(group: key.group, kind: key.kind),
                let live = try await client.get(resource, namespace: key.namespace, name: key.name)
            else { return .gone }
            if live.uid != uid { return .notOurs("Another object is called \(key) now.") }
            if case .other(let name) = Marks(identity: context.identity).owner(of: live) {
                return .notOurs("\(key) belongs to \(name).")
            }
            if live.isTerminating { return .pending(Lingering.reason(live)) }
            switch try await writer.delete(resource, namespace: key.namespace, name: key.name, uid: uid) {
            case .gone: return .gone
            case .terminating(let rest): return .pending(Lingering.reason(rest))
            case .replaced: return .notOurs("Another object is called \(key) now.")
            }
        } catch {
            throw ServerErrors.plain(error)
        }
    }
}
