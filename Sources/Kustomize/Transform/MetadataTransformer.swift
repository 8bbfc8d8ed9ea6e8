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

    /// Key by key: a field that one of them has made is there for the next.
    private func apply(to resource: inout Resource) throws {
        for pair in Object(pairs.map { ($0.key, .string($0.value)) }) { try set(pair.key, to: pair.value, in: &resource) }
    }

    private func set(_ key: String, to text: Value, in resource: inout Resource) throws {
        var reached: [FieldSpec] = []
        /// For each place, in the order in which they are reached.
        var isNew: [Bool] = []
        try resource.updateEach(fields, creating: .mapping) { target, field in
            if target.isNull, !field.create { return }
            guard target.isNull || target.object != nil else {
                throw ManifestError("there is \(target.typeName), not a mapping")
            }
            var members = target.object ?? Object()
            isNew.append(members[key] == nil)
            members[key] = text
            target = .object(members)
            if reached.last != field { reached.append(field) }
        }
        guard isNew.count > 1 else { return }
        let gvk = resource.gvk
        let paths = reached.flatMap { $0.places(in: resource.value, of: gvk).filter { !$0.value.isNull }.map(\.path) }
        let made = zip(paths, isNew).filter(\.1).map { (path: $0.0, text: $0.0.description) }.sorted { $0.text < $1.text }
        if made.count > 1 { resource.shared.append(SharedScalar(text, at: made.map { $0.path.appending(.key(key)) })) }
    }
}
