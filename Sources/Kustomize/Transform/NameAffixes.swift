/// `namePrefix:` and `nameSuffix:` of all objects but those whose name is not theirs to choose.
struct NameAffixes {
    let prefix: String
    let suffix: String

    func apply(to set: inout ResourceSet) {
        for index in set.resources.indices where !set.resources[index].isDeleted {
            if !prefix.isEmpty {
                apply(to: &set.resources[index]) {
                    $0.prefixes.append(prefix); $0.name = prefix + $0.name
                }
            }
            if !suffix.isEmpty {
                apply(to: &set.resources[index]) {
                    $0.suffixes.append(suffix); $0.name += suffix
                }
            }
        }
    }

    private func apply(to resource: inout Resource, _ rename: (inout Resource) -> Void) {
        let original = resource.originalID.gvk
        if original.kind == "CustomResourceDefinition" || original.kind == "Namespace" { return }
        if original.kind == "APIService", original.group == "apiregistration.k8s.io" { return }
        resource.rememberID()
        rename(&resource)
    }
}
