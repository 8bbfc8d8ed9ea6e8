import KubernetesClient
package import Manifests
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Helm keeps of its releases: a Secret a revision, or a ConfigMap where it was told so.
extension KubernetesTarget {
    package var mayHaveReleases: Bool { true }

    package func storedRelease(_ name: String, in namespace: String?) async throws -> StoredRelease? {
        let namespace = namespace ?? client.configuration.defaultNamespace ?? "default"
        let release = HelmReleaseName(name: name, namespace: namespace)
        do {
            if let stored = try await storedRelease(release, as: .secrets, "secret") { return stored }
            return try await storedRelease(release, as: .configMaps, "configmap")
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    package func keys(of manifests: [Manifest], in namespace: String?) async throws -> [ResourceKey?] {
        let namespace = namespace ?? client.configuration.defaultNamespace ?? "default"
        let discovery: Discovery
        do { discovery = try await facts.kinds().discovery } catch { throw ServerErrors.plain(error) }
        return manifests.map { manifest in
            guard !manifest.name.isEmpty,
                let resource = discovery.resource(apiVersion: manifest.apiVersion, kind: manifest.kind)
                    ?? discovery.preferred(group: manifest.group, kind: manifest.kind)
            else { return nil }
            return ResourceKey(
                group: manifest.group, kind: manifest.kind, namespace: resource.namespaced ? manifest.namespace ?? namespace : nil,
                name: manifest.name)
        }
    }

    /// Lists names and labels alone: a release keeps ten revisions, of up to a megabyte each.
    private func storedRelease(
        _ release: HelmReleaseName, as resource: APIResource, _ storage: String
    ) async throws -> StoredRelease? {
        let list = try await client.list(
            resource, namespace: release.namespace, labelSelector: "owner=helm,name=\(release.name)", metadataOnly: true)
        let found = list.items.compactMap { item -> (revision: StoredRelease.Revision, object: String)? in
            guard let number = item.label("version").flatMap({ Int($0) }), let status = item.label("status"),
                let object = item.at("metadata", "name")?.string
            else { return nil }
            return (StoredRelease.Revision(number: number, status: status), object)
        }.sorted { $0.revision.number < $1.revision.number }
        guard !found.isEmpty else { return nil }
        var stored = StoredRelease(name: release, storage: storage, revisions: found.map(\.revision), deployed: nil)
        guard let deployed = found.last(where: { $0.revision.status == "deployed" }) else { return stored }
        let object = try await client.get(resource, namespace: release.namespace, name: deployed.object)
        stored.deployed = Self.record(in: object, isEncoded: resource == .secrets)
        return stored
    }

    /// Empty where there is none, which cannot be read either. In a Secret what Helm encodes is encoded once more.
    private static func record(in object: Value?, isEncoded: Bool) -> [UInt8] {
        let text = object?.at("data", "release")?.string ?? ""
        guard isEncoded else { return Array(text.utf8) }
        return Data(base64Encoded: text).map { [UInt8]($0) } ?? []
    }
}
