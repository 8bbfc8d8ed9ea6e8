import Manifests
import Model

/// Turns the document of a kustomization file into a `Kustomization`.
enum KustomizationReader {
    private static let built: Set<String> = [
        "apiVersion", "kind", "metadata", "resources", "bases", "components", "namespace", "namePrefix", "nameSuffix",
        "commonLabels",
        "labels", "commonAnnotations", "images", "imageTags", "replicas", "patches", "patchesStrategicMerge", "patchesJson6902",
        "configMapGenerator", "secretGenerator", "generatorOptions", "replacements", "sortOptions",
    ]
    /// Fields of Kustomize that are not built here: they may not be passed over in silence.
    private static let unbuilt: Set<String> = [
        "openapi", "vars", "crds", "helmGlobals", "helmCharts", "helmChartInflationGenerator", "configurations", "generators",
        "transformers", "validators", "inventory", "buildMetadata",
    ]

    static func read(_ document: Value, file: String) throws -> Kustomization {
        let fields = try FieldReader(document, file: file, known: built.union(unbuilt))
        for key in fields.object.keys where unbuilt.contains(key) && !isEmpty(fields.object[key]) {
            throw PlumbError(
                .unsupported, "The field \(key.quoted) of a kustomization is not supported.",
                remedy: "Render this kustomization beforehand, or do without the field.", at: Origin(file: file)
            )
        }
        guard fields.object.members.contains(where: { !["apiVersion", "kind", "metadata"].contains($0.key) && !isEmpty($0.value) })
        else {
            throw fields.error("The kustomization is empty.", remedy: "Name at least one resource in it.")
        }
        var result = Kustomization()
        try readType(fields, into: &result)
        result.resources = try fields.strings("resources") + fields.strings("bases")
        result.components = try fields.strings("components")
        try readTransformations(fields, into: &result)
        try readPatches(fields, into: &result)
        try readGenerators(fields, into: &result)
        result.replacements = try fields.values("replacements").map {
            try ReplacementReader.read($0.value, at: $0.path, file: file)
        }
        result.sortOrder = try readSortOrder(fields)
        return result
    }

    private static func isEmpty(_ value: Value?) -> Bool {
        switch value {
        case nil, .null?: true
        case .array(let elements)?: elements.isEmpty
        case .object(let members)?: members.isEmpty
        case .string(let text)?: text.isEmpty
        default: false
        }
    }

    private static func readType(_ fields: FieldReader, into result: inout Kustomization) throws {
        let kind = try fields.string("kind")
        guard ["", "Kustomization", "Component"].contains(kind) else {
            throw fields.error("The kind of a kustomization is Kustomization or Component, not \(kind.quoted).")
        }
        result.isComponent = kind == "Component"
        let wanted = "kustomize.config.k8s.io/" + (result.isComponent ? "v1alpha1" : "v1beta1")
        let version = try fields.string("apiVersion")
        guard version.isEmpty || version == wanted else {
            throw fields.error("The apiVersion of a \(kind.isEmpty ? "Kustomization" : kind) is \(wanted), not \(version.quoted).")
        }
    }

    private static func readTransformations(_ fields: FieldReader, into result: inout Kustomization) throws {
        result.namespace = try fields.string("namespace")
        result.namePrefix = try fields.string("namePrefix")
        result.nameSuffix = try fields.string("nameSuffix")
        result.commonLabels = try fields.stringMap("commonLabels")
        result.commonAnnotations = try fields.stringMap("commonAnnotations")
        result.labels = try fields.list("labels", known: ["pairs", "includeSelectors", "includeTemplates", "fields"]) { label, _ in
            LabelRule(
                pairs: try label.stringMap("pairs"),
                includeSelectors: try label.bool("includeSelectors"),
                includeTemplates: try label.bool("includeTemplates"),
                fields: try label.list("fields", known: ["group", "version", "kind", "path", "create"]) { spec, _ in
                    FieldSpec(
                        try spec.string("path"), kind: try spec.string("kind"), group: try spec.string("group"),
                        version: try spec.string("version"), create: try spec.bool("create")
                    )
                }
            )
        }
        for key in ["images", "imageTags"] {
            result.images += try fields.list(key, known: ["name", "newName", "newTag", "tagSuffix", "digest"]) { image, _ in
                ImageRule(
                    name: try image.string("name"), newName: try image.string("newName"), newTag: try image.string("newTag"),
                    tagSuffix: try image.string("tagSuffix"), digest: try image.string("digest")
                )
            }
        }
        result.replicas = try fields.list("replicas", known: ["name", "count"]) { replica, _ in
            ReplicaRule(name: try replica.string("name"), count: try replica.integer("count"))
        }
    }

    private static func readPatches(_ fields: FieldReader, into result: inout Kustomization) throws {
        for item in try fields.values("patchesStrategicMerge") {
            result.patchesStrategicMerge.append(try legacyPatch(item, fields))
        }
        result.patches = try fields.list("patches", known: patchFields, patch)
        result.patchesJSON6902 = try fields.list("patchesJson6902", known: patchFields, patch)
    }

    private static let patchFields: Set<String> = ["path", "patch", "target", "options"]

    private static func legacyPatch(_ item: (path: String, value: Value), _ fields: FieldReader) throws -> PatchRule {
        guard let text = item.value.string else {
            throw fields.error(
                "The field \(item.path) must be the path of a patch, or a patch as text, but is \(item.value.typeName).")
        }
        // Text of several lines, or with a mapping's colon, can only be a patch.
        let isInline = text.contains("\n") || text.contains(": ")
        return PatchRule(field: item.path, text: isInline ? text : "", path: isInline ? "" : text, target: nil)
    }

    private static func patch(_ fields: FieldReader, _ path: String) throws -> PatchRule {
        let text = try fields.string("patch")
        let file = try fields.string("path")
        guard text.isEmpty != file.isEmpty else {
            throw fields.error("\(path) needs either a patch or the path of one, and not both.")
        }
        let options = try fields.mapping("options", known: ["allowNameChange", "allowKindChange"]) {
            (try $0.bool("allowNameChange"), try $0.bool("allowKindChange"))
        }
        let target = try fields.mapping("target", known: Selector.fields) { try Selector($0) }
        return PatchRule(
            field: path, text: text, path: file, target: target,
            allowsNameChange: options?.0 ?? false, allowsKindChange: options?.1 ?? false
        )
    }

    private static func readGenerators(_ fields: FieldReader, into result: inout Kustomization) throws {
        let common: Set<String> = ["name", "namespace", "behavior", "literals", "files", "env", "envs", "options"]
        result.configMapGenerator = try fields.list("configMapGenerator", known: common, generator)
        result.secretGenerator = try fields.list("secretGenerator", known: common.union(["type"])) { secret, path in
            var rule = try generator(secret, path)
            rule.type = try secret.string("type")
            return rule
        }
        result.generatorOptions = try options("generatorOptions", of: fields)
    }

    private static func generator(_ fields: FieldReader, _ path: String) throws -> GeneratorRule {
        let behavior = try fields.string("behavior")
        let name = try fields.string("name")
        guard !name.isEmpty else { throw fields.error("\(path) has no name.") }
        let env = try fields.string("env")
        return GeneratorRule(
            field: path, name: name, namespace: try fields.string("namespace"),
            // Anything else counts as create, as it does for Kustomize.
            behavior: GeneratorRule.Behavior(rawValue: behavior) ?? .create,
            literals: try fields.strings("literals"), files: try fields.strings("files"),
            envs: try fields.strings("envs") + (env.isEmpty ? [] : [env]),
            options: try options("options", of: fields)
        )
    }

    private static func options(_ key: String, of fields: FieldReader) throws -> GeneratorOptions? {
        try fields.mapping(key, known: ["labels", "annotations", "disableNameSuffixHash", "immutable"]) { options in
            GeneratorOptions(
                labels: try options.stringMap("labels"), annotations: try options.stringMap("annotations"),
                disableNameSuffixHash: try options.bool("disableNameSuffixHash"), immutable: try options.bool("immutable")
            )
        }
    }

    private static func readSortOrder(_ fields: FieldReader) throws -> SortOrder? {
        try fields.mapping("sortOptions", known: ["order", "legacySortOptions"]) { options in
            let order = try options.string("order")
            let lists = try options.mapping("legacySortOptions", known: ["orderFirst", "orderLast"]) {
                (first: try $0.strings("orderFirst"), last: try $0.strings("orderLast"))
            }
            switch order {
            case "fifo":
                guard lists == nil else {
                    throw options.error("sortOptions.legacySortOptions belongs to the order legacy, not to fifo.")
                }
                return .fifo
            case "legacy": return lists.map { .legacy(first: $0.first, last: $0.last) } ?? Sorting.standard
            default: throw options.error("sortOptions.order must be legacy or fifo, but is \(order.quoted).")
            }
        }
    }
}
