import Manifests
import Model

/// Adds labels or annotations to the mappings that its fields name.
struct MetadataTransformer {
    let pairs: [String: String]
    let fields: [FieldSpec]

    func apply(to set: inout ResourceSet) throws {
        guard !pairs.isEmpty else { return }
        for index in set.resources.indices where !set.resources[index].isDeleted { try apply(to: &set.resources[index]) }
    }

    private func apply(to resource: inout Resource) throws {
        let before = mappings(of: resource)
        try resource.update(fields, creating: .mapping) { target in
            guard target.isNull || target.object != nil else {
                throw ManifestError("there is \(target.typeName), not a mapping")
            }
            var members = target.object ?? Object()
            for (key, text) in pairs { members[key] = .string(text) }
            target = .object(members)
        }
        let after = mappings(of: resource)
        guard after.count > 1 else { return }
        for (key, text) in pairs {
            let made = after.keys.filter { before[$0]?[key] == nil }.map { $0.appending(.key(key)) }
            if made.count > 1 { resource.shared.append(SharedScalar(.string(text), at: made)) }
        }
    }

    private func mappings(of resource: Resource) -> [ValuePath: Value] {
        let gvk = resource.gvk
        let places = fields.flatMap { $0.places(in: resource.value, of: gvk) }
        return Dictionary(places.map { ($0.path, $0.value) }) { first, _ in first }
    }
}
