import KubernetesClient
import Manifests
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The hooks of applications' deletions: a Secret beside the inventory, because hooks may be Secrets.
extension KubernetesTarget {
    package func deletionHooks(of identity: ApplicationIdentity) async throws -> StoredHooks {
        let name = Self.hooksName(identity)
        do {
            let secret = try await client.get(.secrets, namespace: inventoryNamespace, name: name)
            let bytes = secret.map { secret in
                secret.at("data", "hooks")?.string.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } ?? []
            }
            return StoredHooks(bytes: bytes, place: "the Secret \(inventoryNamespace)/\(name)")
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    package func keep(deletionHooks: [UInt8]?, of identity: ApplicationIdentity) async throws {
        do {
            guard let deletionHooks else { return try await removeHooks(of: identity) }
            try await store(Self.hooks(deletionHooks, of: identity, in: inventoryNamespace))
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    /// Goes with the inventory. Whoever may not read Secrets there has made none.
    func removeHooks(of identity: ApplicationIdentity) async throws {
        let name = Self.hooksName(identity)
        let secret: Value?
        do {
            secret = try await client.get(.secrets, namespace: inventoryNamespace, name: name)
        } catch let error as KubernetesError where error.isForbidden { return }
        guard let secret else { return }
        _ = try await client.delete(.secrets, namespace: inventoryNamespace, name: name, uid: secret.uid)
    }

    private func store(_ secret: Value) async throws {
        let name = secret.at("metadata", "name")?.string ?? ""
        guard let there = try await client.get(.secrets, namespace: inventoryNamespace, name: name) else {
            try await store.create(secret, as: .secrets)
            return
        }
        var body = secret
        var metadata = body["metadata"] ?? .object(Object())
        metadata["resourceVersion"] = .string(there.resourceVersion)
        body["metadata"] = metadata
        _ = try await client.replace(
            .secrets, namespace: inventoryNamespace, name: name, body: body, fieldManager: InventoryStore.fieldManager)
    }

    private static func hooksName(_ identity: ApplicationIdentity) -> String { "plumb-hooks-\(identity.hash)" }

    private static func hooks(_ bytes: [UInt8], of identity: ApplicationIdentity, in namespace: String) -> Value {
        [
            "apiVersion": "v1", "kind": "Secret", "type": "plumb.dev/hooks",
            "metadata": [
                "name": .string(hooksName(identity)), "namespace": .string(namespace),
                "labels": ["app.kubernetes.io/managed-by": "plumb"],
                "annotations": [Marks.application: .string(identity.fullName)],
            ],
            "data": ["hooks": .string(Data(bytes).base64EncodedString())],
        ]
    }
}
