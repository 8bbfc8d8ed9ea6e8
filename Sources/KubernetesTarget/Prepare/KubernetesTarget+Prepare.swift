import KubernetesClient
import Logging
package import Manifests
package import Model

extension KubernetesTarget {
    package func prepare(_ manifests: [Manifest], for placement: Placement) async throws -> [DesiredObject] {
        let definitions = try manifests.compactMap(CustomDefinition.init)
        let kinds = try await kinds(for: manifests, besides: definitions)
        var preparation = Preparation(
            discovery: kinds.discovery, definitions: definitions,
            namespace: placement.namespace ?? client.configuration.defaultNamespace ?? "default")
        for manifest in manifests { preparation.add(manifest) }
        for dropped in preparation.droppedNamespaces {
            logger.notice("A namespace was dropped.", metadata: ["object": "\(dropped)"])
        }
        var objects = try preparation.finish()
        try await digest(&objects)
        if placement.createNamespace { try await addNamespace(placement.namespace ?? preparation.namespace, to: &objects) }
        return Preparation.linked(objects, definitions: definitions)
    }

    /// Reads discovery once more when a kind is not known: its definition may be newer than the last reading.
    private func kinds(for manifests: [Manifest], besides definitions: [CustomDefinition]) async throws -> ServerFacts.Kinds {
        let kinds = try await facts.kinds()
        let isComplete = manifests.allSatisfy { manifest in
            kinds.discovery.resource(apiVersion: manifest.apiVersion, kind: manifest.kind) != nil
                || definitions.contains { $0.defines(manifest) }
        }
        return isComplete ? kinds : try await facts.kinds(newerThan: kinds)
    }

    /// Of Secrets only keyed digests leave this module.
    private func digest(_ objects: inout [DesiredObject]) async throws {
        for index in objects.indices {
            let value = objects[index].manifest.value
            guard let key = try await secretKey(for: objects[index].key) else { continue }
            objects[index].digest = key.digest(of: value)
            // The next process makes up another key, as long as nobody has stored one.
            if await facts.knownSecretKey?.isStored == false { objects[index].provisionalDigest = Digest(of: value.withoutSecrets) }
        }
    }

    /// Adds the namespace of the placement where neither the server nor the source has it. It is never tracked: what Plumb
    /// made on the side is not Plumb's to delete with everything that others put there.
    private func addNamespace(_ name: String, to objects: inout [DesiredObject]) async throws {
        let key = ResourceKey(group: "", kind: "Namespace", name: name)
        guard !objects.contains(where: { $0.key == key }) else { return }
        guard try await !exists(key) else { return }
        let value: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
        objects.append(
            DesiredObject(
                key: key, manifest: Manifest(value: value, origin: Origin(file: "target.createNamespace")),
                digest: Digest(of: value),
                isTracked: false))
    }
}
