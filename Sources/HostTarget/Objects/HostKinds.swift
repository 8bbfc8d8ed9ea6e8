package import Model

/// The kinds of `host.plumb.dev/v1alpha1`.
package enum HostKind: String, Sendable, Hashable, CaseIterable, Codable {
    case file = "File"
    case directory = "Directory"
    case process = "Process"

    package static let group = "host.plumb.dev"
    package static let apiVersion = "host.plumb.dev/v1alpha1"

    package func key(_ name: String) -> ResourceKey { ResourceKey(group: Self.group, kind: rawValue, name: name) }

    /// nil for a key that no host has.
    package init?(_ key: ResourceKey) {
        guard key.group == Self.group, key.namespace == nil else { return nil }
        self.init(rawValue: key.kind)
    }
}
