import Manifests

/// Who an application is: installation, namespace and name. A command's namespace flag is a destination, never part
/// of this.
package struct ApplicationIdentity: Sendable, Hashable, CustomStringConvertible {
    /// A UUID, chosen once and kept on the target.
    package let installation: String
    package let namespace: String
    package let name: String

    package init(installation: String, namespace: String = "default", name: String) {
        self.installation = installation
        self.namespace = namespace
        self.name = name
    }

    /// What goes into the annotation on every object: `installation/namespace/name`.
    package var fullName: String { "\(installation)/\(namespace)/\(name)" }

    /// Another application's full name for people: without the installation where it is this one's.
    package func shown(_ fullName: String) -> String {
        fullName.hasPrefix(installation + "/") ? String(fullName.dropFirst(installation.count + 1)) : fullName
    }

    /// 12 hexadecimal digits; for labels and field managers, which are too short for the full name.
    package var hash: String { Digest(bytes: Array(fullName.utf8)).short }

    /// For people, who rarely have two installations: `namespace/name`.
    package var description: String { "\(namespace)/\(name)" }
}
