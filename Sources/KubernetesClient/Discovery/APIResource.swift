/// A kind that an API server serves, and the path segment under which it does.
package struct APIResource: Sendable, Hashable {
    /// Empty for the core group.
    package var group: String
    package var version: String
    package var kind: String
    /// The lower-case plural of the URL: `deployments`.
    package var plural: String
    package var namespaced: Bool
    /// What the server allows: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, …
    package var verbs: Set<String>

    package init(group: String, version: String, kind: String, plural: String, namespaced: Bool, verbs: Set<String> = []) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.namespaced = namespaced
        self.verbs = verbs
    }

    /// `apps/v1`, or `v1` for the core group.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
}
