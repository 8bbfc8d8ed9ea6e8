package import Manifests

/// A whole list of one kind, never a part of it.
package struct ResourceList: Sendable {
    /// Each with `apiVersion` and `kind`, which servers leave out in lists.
    package var items: [Value]
    /// From where a watch goes on.
    package var resourceVersion: String

    package init(items: [Value], resourceVersion: String) {
        self.items = items
        self.resourceVersion = resourceVersion
    }
}

package enum DeleteOutcome: Sendable, Hashable {
    /// It is not there any more, or was not.
    case gone
    /// The server has marked it; finalizers or a grace period keep it for now.
    case terminating(Value)
    /// An object with this name exists, but with another uid. It was not touched.
    case replaced
}

package enum PatchType: String, Sendable {
    /// RFC 6902; the body is a list of operations.
    case json = "application/json-patch+json"
    /// RFC 7386.
    case merge = "application/merge-patch+json"
}

/// What becomes of the objects that an object owns.
package enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
}

/// On whose behalf requests are made; the real user needs the right to impersonate them.
package struct Impersonation: Sendable, Hashable {
    /// `system:serviceaccount:NAMESPACE:NAME` for a service account. An empty name makes every request fail.
    package var user: String
    package var groups: [String]
    package var uid: String?
    package var extra: [String: [String]]

    package init(user: String, groups: [String] = [], uid: String? = nil, extra: [String: [String]] = [:]) {
        self.user = user
        self.groups = groups
        self.uid = uid
        self.extra = extra
    }

    package static func serviceAccount(namespace: String, name: String) -> Impersonation {
        Impersonation(user: namespace.isEmpty || name.isEmpty ? "" : "system:serviceaccount:\(namespace):\(name)")
    }
}
