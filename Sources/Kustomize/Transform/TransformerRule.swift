import Manifests
import Model

/// One transformation with all that it needs to be said, whoever says it: a field of a kustomization or a document under
/// `transformers:`.
enum TransformerRule: Sendable {
    case strategicMerges([PatchRule])
    case patch(PatchRule)
    case jsonPatch(PatchRule)
    case namespace(NamespaceTransformer)
    case prefix(String, [FieldSpec])
    case suffix(String, [FieldSpec])
    case labels([String: String], [FieldSpec])
    case annotations([String: String], [FieldSpec])
    case replicas(ReplicaRule, [FieldSpec])
    case image(ImageRule, [FieldSpec])
    case replacements([ReplacementRule])
    case valueAdd(ValueAddRule)
    case nameHash
    case all([TransformerRule])

    /// The transformations that a kustomization's own fields ask for, in the order that Kustomize fixes.
    static func rules(of rules: Kustomization, fields: FieldConfiguration, file: String) throws -> [TransformerRule] {
        var result: [TransformerRule] = []
        if !rules.patchesStrategicMerge.isEmpty { result.append(.strategicMerges(rules.patchesStrategicMerge)) }
        result += rules.patches.map { .patch($0) }
        if !rules.namespace.isEmpty {
            result.append(.namespace(NamespaceTransformer(namespace: rules.namespace, fields: fields.namespace)))
        }
        if !rules.namePrefix.isEmpty { result.append(.prefix(rules.namePrefix, fields.namePrefix)) }
        if !rules.nameSuffix.isEmpty { result.append(.suffix(rules.nameSuffix, fields.nameSuffix)) }
        for rule in rules.labels { result.append(.labels(rule.pairs, try rule.specs(fields, file: file))) }
        if !rules.labels.isEmpty || !rules.commonLabels.isEmpty { result.append(.labels(rules.commonLabels, fields.commonLabels)) }
        if !rules.commonAnnotations.isEmpty { result.append(.annotations(rules.commonAnnotations, fields.commonAnnotations)) }
        result += rules.patchesJSON6902.map { .jsonPatch($0) }
        result += rules.replicas.map { .replicas($0, fields.replicas) }
        result += rules.images.map { .image($0, fields.images) }
        if !rules.replacements.isEmpty { result.append(.replacements(rules.replacements)) }
        return result
    }

    /// The kind under which Kustomize knows it.
    var kind: String {
        switch self {
        case .strategicMerges: "PatchStrategicMergeTransformer"
        case .patch: "PatchTransformer"
        case .jsonPatch: "PatchJson6902Transformer"
        case .namespace: "NamespaceTransformer"
        case .prefix: "PrefixTransformer"
        case .suffix: "SuffixTransformer"
        case .labels: "LabelTransformer"
        case .annotations: "AnnotationsTransformer"
        case .replicas: "ReplicaCountTransformer"
        case .image: "ImageTagTransformer"
        case .replacements: "ReplacementTransformer"
        case .valueAdd: "ValueAddTransformer"
        case .nameHash: "HashTransformer"
        case .all: "PrefixSuffixTransformer"
        }
    }

    /// The files it reads: the path as it is spelled, and the field that names it.
    var files: [(path: String, field: String)] {
        switch self {
        case .strategicMerges(let rules): rules.filter { !$0.path.isEmpty }.map { ($0.path, $0.field) }
        case .patch(let rule), .jsonPatch(let rule): rule.path.isEmpty ? [] : [(rule.path, rule.field)]
        case .replacements(let rules): rules.filter { !$0.path.isEmpty }.map { ($0.path, $0.field) }
        case .valueAdd(let rule): rule.path.isEmpty ? [] : [(rule.path, "targetFilePath")]
        default: []
        }
    }

    /// Applies it; `files` are those that it asked for, `file` is where it is written.
    func apply(to set: inout ResourceSet, files: [String: LoadedFile], file: String) throws {
        let patches = PatchTransformer(files: files, file: file, schema: set.schema)
        switch self {
        case .strategicMerges(let rules): try patches.applyStrategicMerges(rules, to: &set)
        case .patch(let rule): try patches.apply(rule, to: &set)
        case .jsonPatch(let rule): try patches.applyJSONPatch(rule, to: &set)
        case .namespace(let transformer): try transformer.apply(to: &set)
        case .prefix(let text, let fields): try NameAffix(side: .prefix, text: text, fields: fields).apply(to: &set)
        case .suffix(let text, let fields): try NameAffix(side: .suffix, text: text, fields: fields).apply(to: &set)
        case .labels(let pairs, let fields), .annotations(let pairs, let fields):
            try MetadataTransformer(pairs: pairs, fields: fields).apply(to: &set)
        case .replicas(let rule, let fields): try ReplicaTransformer(rule: rule, fields: fields, file: file).apply(to: &set)
        case .image(let rule, let fields): try ImageTransformer(rule, fields: fields, file: file).apply(to: &set)
        case .replacements(let rules):
            for rule in rules {
                try Replacement(rule, files: files, file: file).apply(to: &set)
                set.settleShared()
            }
        case .valueAdd(let rule): try rule.apply(to: &set, files: files, file: file)
        case .nameHash: try NameHash.apply(to: &set)
        case .all(let rules): for rule in rules { try rule.apply(to: &set, files: files, file: file) }
        }
        set.settleShared()
        set.dropDeleted()
    }
}

extension LabelRule {
    /// Its own fields, and those that come with its flags.
    fileprivate func specs(_ configuration: FieldConfiguration, file: String) throws -> [FieldSpec] {
        var specs = fields
        func add(_ more: [FieldSpec]) throws { try specs.merge(more, of: "labels", file: file) }
        try add(configuration.labels)
        guard !includeSelectors else {
            try add(configuration.commonLabels)
            return specs
        }
        if includeTemplates { try add(configuration.templateLabels) }
        try add([FieldSpecs.metadataLabels])
        return specs
    }
}
