import Manifests
import Model

/// Adds labels or annotations to the mappings that its fields name.
struct MetadataTransformer {
    let pairs: [String: String]
    let fields: [FieldSpec]

    init(pairs: [String: String], fields: [FieldSpec]) {
        self.pairs = pairs
        self.fields = fields
    }

    /// An entry of `labels:`, its own fields before the ones that come with its flags.
    static func labels(_ rule: LabelRule, file: String) throws -> MetadataTransformer {
        var fields = rule.fields
        let further =
            rule.includeSelectors
            ? FieldSpecs.commonLabels : (rule.includeTemplates ? FieldSpecs.templateLabels : []) + [FieldSpecs.metadataLabels]
        for spec in further {
            if let same = fields.first(where: { $0.path == spec.path && $0.type == spec.type }) {
                guard same.create == spec.create else {
                    throw PlumbError(
                        .invalid,
                        "labels has a field \(spec.pathText) whose create is \(same.create), but Kustomize's own says \(spec.create).",
                        remedy: "Remove the field, or change its create.", at: Origin(file: file)
                    )
                }
            } else {
                fields.append(spec)
            }
        }
        return MetadataTransformer(pairs: rule.pairs, fields: fields)
    }

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
