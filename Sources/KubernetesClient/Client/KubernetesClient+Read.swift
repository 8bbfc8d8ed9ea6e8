package import Manifests

extension KubernetesClient {
    /// One object, or nil when there is none of this name. A kind that the server does not serve is an error, not nil.
    package func get(_ resource: APIResource, namespace: String?, name: String) async throws -> Value? {
        let path = ResourcePath(resource: resource, namespace: namespace, name: name)
        do {
            return try await send(APIRequest(method: .get, path: path.encodedObject(), summary: "GET \(path.words)"))
        } catch let error as KubernetesError where error.isNotFound && error.subject.name == name {
            return nil
        }
    }

    /// All objects of a kind, from one point in time. `namespace` nil means all namespaces.
    ///
    /// - Parameter metadataOnly: Only `metadata` comes back, which spares the server and the line most of the work.
    /// - Throws: Also when the list outgrows the limits; it is whole or it is an error.
    package func list(
        _ resource: APIResource, namespace: String?, labelSelector: String? = nil, fieldSelector: String? = nil,
        metadataOnly: Bool = false
    ) async throws -> ResourceList {
        let list = try await list(
            resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector, metadataOnly: metadataOnly
        ) { $0 }
        return ResourceList(items: list.items, resourceVersion: list.version)
    }

    /// The same, keeping of each object only what `item` makes of it.
    package func list<Item>(
        _ resource: APIResource, namespace: String?, labelSelector: String? = nil, fieldSelector: String? = nil,
        metadataOnly: Bool = false, item: @escaping (Value) -> Item
    ) async throws -> (items: [Item], version: String) {
        var lister = Lister(
            resource: resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector,
            metadataOnly: metadataOnly, limits: connection.limits, item: item)
        while let request = try lister.nextRequest() {
            do {
                let answer = try await connection.send(request, as: impersonation)
                try lister.received(answer.value, bytes: answer.bytes)
            } catch let error as KubernetesError where error.isExpired {
                try lister.expired(error)
            }
        }
        return (lister.items, lister.version)
    }
}
