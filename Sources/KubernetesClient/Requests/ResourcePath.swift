import Model

/// Where a resource, or one object of it, stands on the server.
struct ResourcePath {
    let resource: APIResource
    /// Ignored for a kind that has none.
    var namespace: String?
    var name: String?

    /// `/apis/apps/v1/namespaces/a/deployments/b`. Throws for names that a URL would read as something else.
    func encoded() throws -> String {
        var segments = resource.group.isEmpty ? ["api"] : ["apis", try segment(resource.group, "group")]
        segments.append(try segment(resource.version, "version"))
        if resource.namespaced, let namespace { segments += ["namespaces", try segment(namespace, "namespace")] }
        segments.append(try segment(resource.plural, "resource"))
        if let name { segments.append(try segment(name, "name")) }
        return "/" + segments.joined(separator: "/")
    }

    /// The path of one object; a namespaced kind needs its namespace.
    func encodedObject() throws -> String {
        try requireNamespace()
        return try encoded()
    }

    func requireNamespace() throws {
        if resource.namespaced && namespace == nil {
            throw PlumbError(.invalid, "\(resource.kind) \((name ?? "").quoted) needs a namespace, and none is given.")
        }
    }

    /// `deployments apps/v1 ns/name`
    var words: String {
        let place = [resource.namespaced ? namespace : nil, name].compactMap { $0 }.joined(separator: "/")
        return [resource.plural, resource.apiVersion, place].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func segment(_ text: String, _ what: String) throws -> String {
        if text.isEmpty || text == "." || text == ".." || text.utf8.contains(where: { $0 == 0x2f || $0 == 0x25 || $0 < 0x20 }) {
            throw PlumbError(.invalid, "\(text.quoted) cannot be the \(what) of a \(resource.kind).")
        }
        return PercentEncoding.pathSegment(text)
    }
}
