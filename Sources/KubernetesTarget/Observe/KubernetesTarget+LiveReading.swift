import KubernetesClient
import Manifests
package import Model

/// What rendering asks of the cluster: read as the application's user, and known to be the same from the shared watches.
extension KubernetesTarget {
    package func read(_ query: LiveQuery) async throws -> LiveAnswer {
        guard let resource = try await resource(of: query) else { return absent(query, isNamespaced: !query.namespace.isEmpty) }
        let name = Self.name(query, resource)
        // Before it is read: what changes from then on is told.
        _ = try await cluster.view.follow(resource, for: [name])
        let namespace = resource.namespaced && !query.namespace.isEmpty ? query.namespace : nil
        do {
            if query.name.isEmpty {
                let list = try await writer.list(resource, namespace: namespace)
                let stamps = list.items.map { ObjectStamp($0) }.sorted()
                return LiveAnswer(value: Self.list(list.items, of: resource), stamp: stamp(query, resource, stamps))
            }
            // What has a namespace is not found without one, as little as with kubectl's raw paths.
            if resource.namespaced, namespace == nil { return absent(query, isNamespaced: true) }
            let object = try await writer.get(resource, namespace: namespace, name: query.name)
            return LiveAnswer(value: object, stamp: stamp(query, resource, object.map { [ObjectStamp($0)] } ?? []))
        } catch let error as KubernetesError where error.isForbidden {
            throw denied(query, resource)
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    package func stamp(of query: LiveQuery) async throws -> LiveStamp? {
        guard cluster.view.isWatching else { return nil }
        guard let resource = try await resource(of: query) else {
            return absent(query, isNamespaced: !query.namespace.isEmpty).stamp
        }
        let name = Self.name(query, resource)
        if resource.namespaced, query.namespace.isEmpty, !query.name.isEmpty { return absent(query, isNamespaced: true).stamp }
        guard try await cluster.view.follow(resource, for: [name]), let stamps = cluster.view.stamps(resource, of: name) else {
            return nil
        }
        return stamp(query, resource, stamps)
    }

    /// nil where the version is served and has no such kind, which Helm takes for an object that is not there.
    private func resource(of query: LiveQuery) async throws -> APIResource? {
        var kinds = try await facts.kinds()
        if let found = kinds.discovery.resource(apiVersion: query.apiVersion, kind: query.kind) { return found }
        kinds = try await facts.kinds(newerThan: kinds)
        if let found = kinds.discovery.resource(apiVersion: query.apiVersion, kind: query.kind) { return found }
        if kinds.discovery.resources.contains(where: { $0.apiVersion == query.apiVersion }) { return nil }
        try Self.requireAnswer(of: query.key(isNamespaced: false).group, in: kinds.discovery)
        throw PlumbError(
            .notFound, "The chart looks up \(query.words), and the cluster does not serve \(query.apiVersion).",
            remedy: "Ask .Capabilities.APIVersions.Has in the template before, or install what serves it.")
    }

    private static func name(_ query: LiveQuery, _ resource: APIResource) -> ObjectName {
        ObjectName(namespace: resource.namespaced ? query.namespace : "", name: query.name)
    }

    /// Without the version of the list, which is another one at every reading.
    private static func list(_ items: [Value], of resource: APIResource) -> Value {
        [
            "apiVersion": .string(resource.apiVersion), "kind": .string("\(resource.kind)List"), "metadata": [:],
            "items": .array(items.sorted { ObjectStamp($0) < ObjectStamp($1) }),
        ]
    }

    private func absent(_ query: LiveQuery, isNamespaced: Bool) -> LiveAnswer {
        LiveAnswer(value: nil, stamp: LiveStamp(version: version([]), key: query.key(isNamespaced: isNamespaced)))
    }

    private func stamp(_ query: LiveQuery, _ resource: APIResource, _ stamps: [ObjectStamp]) -> LiveStamp {
        LiveStamp(version: version(stamps), key: query.key(isNamespaced: resource.namespaced))
    }

    /// What one user was shown says nothing of what another may see.
    private func version(_ stamps: [ObjectStamp]) -> Digest {
        Digest(records: [[writer.impersonation?.user ?? ""]] + stamps.map(\.record))
    }

    private func denied(_ query: LiveQuery, _ resource: APIResource) -> PlumbError {
        let verb = query.name.isEmpty ? "list" : "get"
        let place =
            resource.namespaced ? query.namespace.isEmpty ? " of all namespaces" : " in the namespace \(query.namespace)" : ""
        return PlumbError(
            .denied, "The chart reads \(query.words), and \(reader) may not \(verb) \(resource.plural)\(place).",
            remedy:
                "Allow it with a \(place.hasPrefix(" in") ? "Role and RoleBinding" : "ClusterRole and ClusterRoleBinding"): a chart reads with the rights of its application."
        )
    }

    private var reader: String {
        guard let user = writer.impersonation?.user else { return "Plumb's own user" }
        let parts = user.split(separator: ":")
        guard parts.count == 4, user.hasPrefix("system:serviceaccount:") else { return "the user \(user)" }
        return "the service account \(parts[2])/\(parts[3])"
    }
}
