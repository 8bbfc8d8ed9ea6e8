/// The name of one thing on a target: `group/Kind namespace/name`. The version is not part of it.
package struct ResourceKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var group: String
    package var kind: String
    /// nil for what lives outside namespaces.
    package var namespace: String?
    package var name: String

    package init(group: String, kind: String, namespace: String? = nil, name: String) {
        self.group = group
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// `apps/Deployment`, `ConfigMap`.
    package var groupKind: String { group.isEmpty ? kind : "\(group)/\(kind)" }

    package var description: String { "\(groupKind) \(namespace.map { "\($0)/" } ?? "")\(name)" }

    package static func < (left: ResourceKey, right: ResourceKey) -> Bool {
        (left.group, left.kind, left.namespace ?? "", left.name) < (right.group, right.kind, right.namespace ?? "", right.name)
    }
}
