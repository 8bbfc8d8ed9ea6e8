import Manifests
import Model

/// An entry of `replicas:`.
struct ReplicaTransformer {
    let rule: ReplicaRule
    let fields: [FieldSpec]
    let file: String

    func apply(to set: inout ResourceSet) throws {
        var found = false
        for spec in fields {
            for index in set.indices(withAnyID: { $0.name == rule.name && $0.gvk.isSelected(by: spec.type) }) {
                found = true
                try set.resources[index].update([spec], creating: .scalar) { value in
                    guard value.array == nil, value.object == nil else {
                        throw ManifestError("there is \(value.typeName), not a number")
                    }
                    // A count that stands in quotes keeps them.
                    let isQuoted = value.string.map { !$0.isEmpty && YAML.needsQuotes($0) } ?? false
                    value = isQuoted ? .string(String(rule.count)) : .integer(rule.count)
                }
            }
        }
        guard !found else { return }
        throw PlumbError(
            .invalid,
            "replicas names \(rule.name.quoted), but there is no Deployment, ReplicaSet, StatefulSet or ReplicationController of that name.",
            at: Origin(file: file)
        )
    }
}
