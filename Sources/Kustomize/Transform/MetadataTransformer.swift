import Manifests
import Model

/// Adds labels or annotations to the mappings that its fields name.
struct MetadataTransformer {
    let pairs: [String: String]
    let fields: [FieldSpec]

    func apply(to set: inout ResourceSet) throws {
        guard !pairs.isEmpty else { return }
        for index in set.resources.indices where !set.resources[index].isDeleted {
            try set.resources[index].update(fields, creating: .mapping) { target in
                guard target.isNull || target.object != nil else {
                    throw ManifestError("there is \(target.typeName), not a mapping")
                }
                var members = target.object ?? Object()
                for (key, text) in pairs { members[key] = .string(text) }
                target = .object(members)
            }
        }
    }
}
