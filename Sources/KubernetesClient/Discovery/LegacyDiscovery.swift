import Manifests

struct GroupVersion: Sendable, Hashable {
    var group: String
    var version: String

    var path: String { group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)" }
}

/// The form of discovery that every server has: a list of groups, then a list of resources for each version of each.
enum LegacyDiscovery {
    static func coreVersions(_ answer: Value) -> [GroupVersion] {
        (answer["versions"]?.array ?? []).compactMap(\.string).map { GroupVersion(group: "", version: $0) }
    }

    /// In the server's order, but in each group the preferred version first.
    static func groupVersions(_ answer: Value) -> [GroupVersion] {
        (answer["groups"]?.array ?? []).flatMap { group -> [GroupVersion] in
            guard let name = group["name"]?.string else { return [] }
            let versions = (group["versions"]?.array ?? []).compactMap { $0["version"]?.string }
            let preferred = group.at("preferredVersion", "version")?.string
            let ordered = versions.filter { $0 == preferred } + versions.filter { $0 != preferred }
            return ordered.map { GroupVersion(group: name, version: $0) }
        }
    }

    /// The resources of one version, without subresources.
    static func read(_ list: Value, of version: GroupVersion) -> DiscoveredParts {
        let resources = (list["resources"]?.array ?? []).compactMap { value -> APIResource? in
            guard let plural = value["name"]?.string, !plural.contains("/"), let kind = value["kind"]?.string else { return nil }
            let verbs = (value["verbs"]?.array ?? []).compactMap(\.string)
            return APIResource(
                group: version.group, version: version.version, kind: kind, plural: plural,
                namespaced: value["namespaced"]?.bool ?? false,
                verbs: Set(verbs))
        }
        return DiscoveredParts(resources: resources)
    }
}
