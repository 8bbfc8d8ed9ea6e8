import Manifests
import Model

/// `namePrefix:` or `nameSuffix:` of all objects but those whose name is not theirs to choose.
struct NameAffix {
    enum Side {
        case prefix, suffix
    }

    let side: Side
    let text: String
    let fields: [FieldSpec]

    func apply(to set: inout ResourceSet) throws {
        guard !text.isEmpty else { return }
        for index in set.resources.indices where !set.resources[index].isDeleted { try apply(to: &set.resources[index]) }
    }

    private func apply(to resource: inout Resource) throws {
        let original = resource.originalID.gvk
        if original.kind == "CustomResourceDefinition" || original.kind == "Namespace" { return }
        if original.kind == "APIService", original.group == "apiregistration.k8s.io" { return }
        for field in fields where original.isSelected(by: field.type) {
            if field.path == ["metadata", "name"] {
                resource.rememberID()
                switch side {
                case .prefix: resource.prefixes.append(text)
                case .suffix: resource.suffixes.append(text)
                }
            }
            try resource.update([field], creating: .scalar) { value throws(ManifestError) in
                guard let old = value.isNull ? "" : value.scalarText else {
                    throw ManifestError("there is \(value.typeName), not a text")
                }
                value = .string(side == .prefix ? text + old : old + text)
            }
        }
    }
}
