import Manifests

/// The one-answer form of discovery (`apidiscovery.k8s.io` v2 and v2beta1, alike in what is read here).
enum AggregatedDiscovery {
    static func read(_ list: Value) -> DiscoveredParts {
        var parts = DiscoveredParts()
        for group in list["items"]?.array ?? [] {
            let name = group.at("metadata", "name")?.string ?? ""
            for version in group["versions"]?.array ?? [] {
                guard let number = version["version"]?.string else { continue }
                parts.resources += (version["resources"]?.array ?? []).compactMap { resource($0, group: name, version: number) }
                if version["freshness"]?.string == "Stale" {
                    parts.failures[name] = "The API service that serves \(name)/\(number) does not answer the API server."
                }
            }
        }
        return parts
    }

    private static func resource(_ value: Value, group: String, version: String) -> APIResource? {
        guard let plural = value["resource"]?.string, let kind = value.at("responseKind", "kind")?.string, !kind.isEmpty else {
            return nil
        }
        let verbs = (value["verbs"]?.array ?? []).compactMap(\.string)
        return APIResource(
            group: group, version: version, kind: kind, plural: plural, namespaced: value["scope"]?.string == "Namespaced",
            verbs: Set(verbs))
    }
}
