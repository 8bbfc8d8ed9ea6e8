import Manifests

/// Group, version and kind; an empty part of a selector selects anything.
struct GVK: Hashable, Sendable, CustomStringConvertible {
    var group = ""
    var version = ""
    var kind = ""

    init(group: String = "", version: String = "", kind: String = "") {
        self.group = group
        self.version = version
        self.kind = kind
    }

    init(apiVersion: String, kind: String) {
        self.kind = kind
        // Over bytes: every rule asks it of every object.
        if let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/")) {
            group = String(apiVersion[..<slash])
            version = String(apiVersion[apiVersion.utf8.index(after: slash)...])
        } else {
            version = apiVersion
        }
    }

    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// Whether the kind is built in and has no namespace. Custom kinds count as namespaced.
    var isClusterScoped: Bool { BuiltinKinds.scope(apiVersion: apiVersion, kind: kind) == .cluster }

    func isSelected(by selector: GVK) -> Bool {
        (selector.group.isEmpty || selector.group == group) && (selector.version.isEmpty || selector.version == version)
            && (selector.kind.isEmpty || selector.kind == kind)
    }

    var description: String { "\(kind) \(apiVersion)" }

    /// The order in which Kustomize goes through types: by what others depend on, then by their names.
    func precedes(_ other: GVK) -> Bool {
        let (rank, otherRank) = (Sorting.standardRanks[kind] ?? 0, Sorting.standardRanks[other.kind] ?? 0)
        return rank == otherRank ? sortText.utf8.lexicographicallyPrecedes(other.sortText.utf8) : rank < otherRank
    }

    /// Missing parts sort as `~` and a letter do: after everything that is there.
    var sortText: String {
        "\(group.isEmpty ? "~G" : group)_\(version.isEmpty ? "~V" : version)_\(kind.isEmpty ? "~K" : kind)"
    }
}

/// What an object is called at one moment of a build.
struct ResourceID: Hashable, Sendable, CustomStringConvertible {
    var gvk: GVK
    var name: String
    /// Where the object effectively is: `default` when it says nothing, and `clusterWide` without a namespace.
    var namespace: String

    /// Stands for the absence of a namespace; no namespace can be called this.
    static let clusterWide = "_non_namespaceable_"
    static let defaultNamespace = "default"

    var isClusterScoped: Bool { namespace == Self.clusterWide }

    var description: String {
        let place = isClusterScoped ? name : "\(namespace)/\(name)"
        return "\(gvk.kind) \(place) (\(gvk.apiVersion))"
    }
}
