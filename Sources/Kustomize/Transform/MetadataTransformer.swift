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
        var reached: [FieldSpec] = []
        /// For each place, in the order in which they are reached: which of the pairs are new there.
        var news: [[Bool]] = []
        try resource.updateEach(fields, creating: .mapping) { target, field in
            guard target.isNull || target.object != nil else {
                throw ManifestError("there is \(target.typeName), not a mapping")
            }
            var members = target.object ?? Object()
            news.append(pairs.map { members[$0.key] == nil })
            for (key, text) in pairs { members[key] = .string(text) }
            target = .object(members)
            if reached.last != field { reached.append(field) }
        }
        guard news.count > 1 else { return }
        let gvk = resource.gvk
        let paths = reached.flatMap { $0.places(in: resource.value, of: gvk).map(\.path) }
        let places = zip(paths, news).map { (path: $0, text: $0.description, isNew: $1) }.sorted { $0.text < $1.text }
        for (index, (key, text)) in pairs.enumerated() {
            let made = places.filter { $0.isNew[index] }.map { $0.path.appending(.key(key)) }
            if made.count > 1 { resource.shared.append(SharedScalar(.string(text), at: made)) }
        }
    }
}
