import KubernetesClient
import Manifests
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What charts ask for: what the cluster serves, and the key of an application's random values, a Secret beside its inventory.
extension KubernetesTarget {
    package func capabilities() async throws -> PlatformCapabilities? {
        do {
            let version = try await facts.serverVersion()
            var served: Set<String> = []
            for resource in try await facts.kinds().discovery.resources {
                served.insert(resource.apiVersion)
                served.insert("\(resource.apiVersion)/\(resource.kind)")
            }
            return PlatformCapabilities(version: version.gitVersion, apiVersions: served.sorted())
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    package func chartKey(of identity: ApplicationIdentity) async throws -> ChartKey? {
        do {
            return try await chartSecret(of: identity).map {
                try Self.chartKey(in: $0, "\(inventoryNamespace)/\(Self.chartSecretName(identity))")
            }
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    package func keep(_ key: ChartKey, of identity: ApplicationIdentity) async throws -> ChartKey {
        let body: Value = [
            "apiVersion": "v1", "kind": "Secret", "type": "plumb.dev/chart-key",
            "metadata": [
                "name": .string(Self.chartSecretName(identity)), "namespace": .string(inventoryNamespace),
                "labels": ["app.kubernetes.io/managed-by": "plumb"],
                "annotations": [Marks.application: .string(identity.fullName)],
            ],
            "data": [
                "key": .string(Data(key.bytes).base64EncodedString()),
                "madeAt": .string(Data("\(key.madeAt)".utf8).base64EncodedString()),
            ],
        ]
        do {
            try await store.create(body, as: .secrets, mayExist: true)
        } catch {
            throw ServerErrors.plain(error)
        }
        // Another process may have been faster.
        guard let kept = try await chartKey(of: identity) else {
            throw PlumbError(
                .superseded, "The Secret \(inventoryNamespace)/\(Self.chartSecretName(identity)) was deleted at this moment.",
                remedy: "Try again.")
        }
        return kept
    }

    /// Goes with the inventory. Whoever may not read Secrets there has made none.
    func removeChartKey(of identity: ApplicationIdentity) async throws {
        let secret: Value?
        do { secret = try await chartSecret(of: identity) } catch let error as KubernetesError where error.isForbidden { return }
        guard let secret else { return }
        _ = try await client.delete(
            .secrets, namespace: inventoryNamespace, name: Self.chartSecretName(identity), uid: secret.uid)
    }

    private static func chartSecretName(_ identity: ApplicationIdentity) -> String { "plumb-chart-key-\(identity.hash)" }

    private func chartSecret(of identity: ApplicationIdentity) async throws -> Value? {
        try await client.get(.secrets, namespace: inventoryNamespace, name: Self.chartSecretName(identity))
    }

    private static func chartKey(in secret: Value, _ name: String) throws -> ChartKey {
        func data(_ key: String) -> Data? { secret.at("data", key)?.string.flatMap { Data(base64Encoded: $0) } }
        guard let bytes = data("key"), let time = data("madeAt").flatMap({ Int64(String(decoding: $0, as: UTF8.self)) }),
            let key = ChartKey(bytes: [UInt8](bytes), madeAt: time)
        else {
            throw PlumbError(
                .invalid, "The Secret \(name) does not hold a key of \(ChartKey.length) bytes and when it was made.",
                remedy: "Restore it, or delete it: then the application's charts draw new values, passwords among them.")
        }
        return key
    }
}
