/// What an API server serves: every kind of every group and version that answered, and the groups that did not.
package struct Discovery: Sendable {
    private struct Key: Hashable {
        let apiVersion: String
        let kind: String
    }

    /// In the server's order: within a group the preferred version comes first.
    package let resources: [APIResource]
    /// Group name → why its kinds are not (all) known. An error only for who needs a kind of that group.
    package let failures: [String: String]
    private let byKind: [Key: APIResource]

    package init(resources: [APIResource], failures: [String: String] = [:]) {
        self.resources = resources
        self.failures = failures
        var byKind: [Key: APIResource] = [:]
        for resource in resources {
            let key = Key(apiVersion: resource.apiVersion, kind: resource.kind)
            // Where two paths serve one kind, the one that can be read is meant.
            if let earlier = byKind[key], earlier.verbs.contains("get") || !resource.verbs.contains("get") { continue }
            byKind[key] = resource
        }
        self.byKind = byKind
    }

    package func resource(apiVersion: String, kind: String) -> APIResource? {
        byKind[Key(apiVersion: apiVersion, kind: kind)]
    }

    /// The kind in the version that the server prefers among those that have it.
    package func preferred(group: String, kind: String) -> APIResource? {
        resources.first { $0.group == group && $0.kind == kind && byKind[Key(apiVersion: $0.apiVersion, kind: kind)] == $0 }
    }
}
