import KubernetesClient
import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The installation's key for digests of what Secrets hold: without it, short values could be guessed from their digests.
struct SecretKey: Sendable {
    static let name = "plumb-key"
    static let length = 32
    let bytes: [UInt8]

    static func random() -> SecretKey {
        var generator = SystemRandomNumberGenerator()
        return SecretKey(bytes: (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    func digest(of value: Value) -> Digest { Digest.keyed(JSON.serialize(value), key: bytes) }
}

extension KubernetesTarget {
    /// The key, read when it is first needed. Where there is none yet, a new one that the next saved inventory writes down.
    func secretKey() async throws -> SecretKey {
        if let known = await facts.knownSecretKey { return known.key }
        guard let stored = try await storedSecretKey() else {
            return await facts.remember(secretKey: .random(), isStored: false)
        }
        return await facts.remember(secretKey: stored, isStored: true)
    }

    /// Writes down a key that was made up. Throws `conflict` where another process has stored one in the meantime:
    /// digests made with this one would never be equal to theirs.
    func storeSecretKey() async throws {
        guard let known = await facts.knownSecretKey, !known.isStored else { return }
        let body: Value = [
            "apiVersion": "v1", "kind": "Secret", "type": "plumb.dev/key",
            "metadata": ["name": .string(SecretKey.name), "namespace": .string(inventoryNamespace)],
            "data": ["key": .string(Data(known.key.bytes).base64EncodedString())],
        ]
        do {
            try await store.create(body, as: .secrets)
            await facts.markSecretKeyStored()
        } catch let error as KubernetesError where error.isAlreadyExists {
            await facts.forgetSecretKey()
            throw PlumbError(
                .superseded, "Another process has set up \(inventoryNamespace) at the same time.",
                remedy: "Try again: the next attempt uses its key.")
        }
    }

    /// The key that objects of this kind are digested with; nil for all but Secrets.
    func secretKey(for key: ResourceKey) async throws -> SecretKey? {
        key.group.isEmpty && key.kind == "Secret" ? try await secretKey() : nil
    }

    private func storedSecretKey() async throws -> SecretKey? {
        do {
            guard let secret = try await client.get(.secrets, namespace: inventoryNamespace, name: SecretKey.name) else {
                return nil
            }
            guard let text = secret.at("data", "key")?.string, let bytes = Data(base64Encoded: text),
                bytes.count == SecretKey.length
            else {
                throw PlumbError(
                    .invalid,
                    "The Secret \(inventoryNamespace)/\(SecretKey.name) does not hold a key of \(SecretKey.length) bytes.",
                    remedy: "Restore it, or delete it: then every Secret is written once more.")
            }
            return SecretKey(bytes: [UInt8](bytes))
        } catch {
            throw ServerErrors.plain(error)
        }
    }
}

extension Value {
    /// What of a Secret is not secret: its name, labels and type, and the keys of its data.
    var withoutSecrets: Value {
        var value: Value = [:]
        for field in ["apiVersion", "kind", "type", "immutable"] { value[field] = self[field] }
        var metadata: Value = [:]
        for field in ["name", "namespace", "labels"] { metadata[field] = at("metadata", field) }
        value["metadata"] = metadata
        let keys = ["data", "stringData"].flatMap { self[$0]?.object?.keys ?? [] }
        value["data"] = .array(Set(keys).sorted().map(Value.string))
        return value
    }
}

extension APIResource {
    static let secrets = APIResource(group: "", version: "v1", kind: "Secret", plural: "secrets", namespaced: true)
    static let configMaps = APIResource(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true)
    static let namespaces = APIResource(group: "", version: "v1", kind: "Namespace", plural: "namespaces", namespaced: false)
    static let pods = APIResource(group: "", version: "v1", kind: "Pod", plural: "pods", namespaced: true)
}
