import Manifests
import Model

/// A CustomResourceDefinition of the set that is being prepared: its kind's scope is known before the server serves it.
struct CustomDefinition {
    let key: ResourceKey
    let group: String
    let kind: String
    let isNamespaced: Bool
    let versions: Set<String>

    var groupKind: String { "\(group)/\(kind)" }
    var apiVersions: [String] { versions.sorted().map { "\(group)/\($0)" } }

    /// nil for every other kind. Throws `invalid` for a definition that does not say what it defines.
    init?(_ manifest: Manifest) throws {
        guard manifest.group == "apiextensions.k8s.io", manifest.kind == "CustomResourceDefinition" else { return nil }
        let spec = manifest.value["spec"]
        guard let group = spec?["group"]?.string, let kind = spec?.at("names", "kind")?.string, let scope = spec?["scope"]?.string
        else {
            throw PlumbError(
                .invalid, "The CustomResourceDefinition \(manifest.name) lacks spec.group, spec.names.kind or spec.scope.",
                at: manifest.origin)
        }
        self.group = group
        self.kind = kind
        isNamespaced = scope != "Cluster"
        var versions = Set((spec?["versions"]?.array ?? []).filter { $0["served"]?.bool ?? true }.compactMap { $0["name"]?.string })
        if let single = spec?["version"]?.string { versions.insert(single) }
        self.versions = versions
        key = ResourceKey(group: manifest.group, kind: manifest.kind, name: manifest.name)
    }

    func defines(_ manifest: Manifest) -> Bool {
        manifest.kind == kind && manifest.group == group && versions.contains { manifest.apiVersion == "\(group)/\($0)" }
    }
}
