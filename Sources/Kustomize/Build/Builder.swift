import Manifests
import Model

/// Computes the objects of a layer and all beneath it. Pure: everything was read before.
struct Builder {
    static func build(_ layer: Layer) throws -> [Manifest] {
        var builder = Builder()
        try builder.accumulate(layer)
        try NameHash.apply(to: &builder.set)
        try NameReferences.fix(&builder.set)
        builder.dropLocalConfiguration()
        try Sorting.sort(&builder.set, layer.rules.sortOrder ?? Sorting.standard)
        return builder.set.resources.map { Manifest(value: finished($0.value), origin: $0.origin) }
    }

    private var set = ResourceSet()

    /// Adds what a layer gives. A component works on what its parent has gathered; any other layer starts empty.
    private mutating func accumulate(_ layer: Layer) throws {
        for resource in layer.resources {
            switch resource {
            case .documents(let manifests):
                try set.append(contentsOf: manifests.map { Resource(value: $0.value, origin: $0.origin) })
            case .layer(let inner):
                var builder = Builder()
                try builder.accumulate(inner)
                try set.append(contentsOf: builder.set.resources)
            }
        }
        for rule in layer.rules.configMapGenerator { try Generator(layer: layer, rule: rule, kind: .configMap).run(on: &set) }
        for rule in layer.rules.secretGenerator { try Generator(layer: layer, rule: rule, kind: .secret).run(on: &set) }
        for component in layer.components { try accumulate(component) }
        try transform(layer)
    }

    /// The built-in transformations, in the order that Kustomize fixes.
    private mutating func transform(_ layer: Layer) throws {
        let rules = layer.rules
        let patches = PatchTransformer(layer: layer)
        try patches.applyStrategicMerges(to: &set)
        try patches.applyPatches(to: &set)
        if !rules.namespace.isEmpty { try NamespaceTransformer(namespace: rules.namespace).apply(to: &set) }
        NameAffixes(prefix: rules.namePrefix, suffix: rules.nameSuffix).apply(to: &set)
        for rule in rules.labels { try MetadataTransformer.labels(rule, file: layer.file).apply(to: &set) }
        try MetadataTransformer(pairs: rules.commonLabels, fields: FieldSpecs.commonLabels).apply(to: &set)
        try MetadataTransformer(pairs: rules.commonAnnotations, fields: FieldSpecs.commonAnnotations).apply(to: &set)
        try patches.applyJSONPatches(to: &set)
        for rule in rules.replicas { try ReplicaTransformer(rule: rule, file: layer.file).apply(to: &set) }
        for rule in rules.images { try ImageTransformer(rule, file: layer.file).apply(to: &set) }
        for rule in rules.replacements { try Replacement(rule, layer: layer).apply(to: &set) }
        set.dropDeleted()
    }

    /// Objects that only configure the kustomization itself never leave it.
    private mutating func dropLocalConfiguration() {
        set.resources.removeAll { resource in
            resource.annotations["config.kubernetes.io/local-config"].map { $0 != "false" } ?? false
        }
    }

    /// Annotations come out as strings, empty ones not at all, and metadata always.
    private static func finished(_ value: Value) -> Value {
        let annotations = value.at("metadata", "annotations")
        guard annotations != nil || value["metadata"] == nil else { return value }
        var result = value
        var metadata = value["metadata"]?.object ?? Object()
        let texts = annotations?.object?.mapValues { .string($0.scalarText ?? "") } ?? Object()
        metadata["annotations"] = texts.isEmpty ? nil : .object(texts)
        result["metadata"] = .object(metadata)
        return result
    }
}
