import Manifests
import Model

/// Turns the document of a kustomization file into a `Kustomization`.
enum KustomizationReader {
    private static let built: Set<String> = [
        "apiVersion", "kind", "metadata", "resources", "bases", "components", "namespace", "namePrefix", "nameSuffix",
        "commonLabels", "labels", "commonAnnotations", "images", "imageTags", "replicas", "patches", "patchesStrategicMerge",
        "patchesJson6902", "configMapGenerator", "secretGenerator", "generatorOptions", "replacements", "sortOptions", "vars",
        "helmGlobals", "helmCharts", "helmChartInflationGenerator", "buildMetadata", "configurations", "crds", "openapi",
        "generators", "transformers", "validators",
    ]
    /// Fields of Kustomize that are not built here: they may not be passed over in silence.
    private static let unbuilt: Set<String> = ["inventory"]

    static func read(_ document: Value, file: String) throws -> Kustomization {
        let fields = try FieldReader(document, file: file, known: built.union(unbuilt))
        for key in fields.object.keys where unbuilt.contains(key) && !isEmpty(fields.object[key]) {
            throw PlumbError(
                .unsupported, "The field \(key.quoted) of a kustomization is not supported.",
                remedy: "Render this kustomization beforehand, or do without the field.", at: Origin(file: file)
            )
        }
        guard fields.object.members.contains(where: { !["apiVersion", "kind"].contains($0.key) && isSaid($0.value) })
        else {
            throw fields.error("The kustomization is empty.", remedy: "Name at least one resource in it.")
        }
        var result = Kustomization()
        try readType(fields, into: &result)
        try checkMetadata(fields)
        result.resources = try fields.strings("resources") + fields.strings("bases")
        result.components = try fields.strings("components")
        try readTransformations(fields, into: &result)
        result.patchesStrategicMerge = try PatchReader.strategicMerges("patchesStrategicMerge", of: fields)
        result.patches = try fields.list("patches", known: PatchReader.fields, PatchReader.rule)
        result.patchesJSON6902 = try fields.list("patchesJson6902", known: PatchReader.fields, PatchReader.namedRule)
        result.generators = try GeneratorReader.rules(of: fields)
        result.charts = try ChartReader.rules(of: fields)
        result.replacements = try ReplacementReader.rules("replacements", of: fields)
        result.variables = try fields.list("vars", known: Variable.fields, Variable.init)
        result.sortOrder = try readSortOrder(fields)
        result.metadata = Set(try fields.strings("buildMetadata").compactMap(BuildMetadata.init))
        try readFiles(fields, into: &result)
        return result
    }

    /// An empty list says that there is nothing; a field without a value says nothing.
    private static func isSaid(_ value: Value) -> Bool { !value.isNull && value != "" }

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

    /// It counts for nothing, and yet has to be in order.
    private static func checkMetadata(_ fields: FieldReader) throws {
        _ = try fields.mapping("metadata", known: ["name", "namespace", "labels", "annotations"]) { metadata in
            for key in ["name", "namespace"] { _ = try metadata.string(key) }
            for key in ["labels", "annotations"] { _ = try metadata.stringMap(key) }
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
                fields: try FieldConfigurationReader.fieldSpecs("fields", of: label)
            )
        }
        for key in ["images", "imageTags"] {
            result.images += try fields.list(key, known: ImageRule.fields) { image, _ in try ImageRule(image) }
        }
        result.replicas = try fields.list("replicas", known: ReplicaRule.fields) { replica, _ in try ReplicaRule(replica) }
    }

    private static func readFiles(_ fields: FieldReader, into result: inout Kustomization) throws {
        result.configurations = try fields.strings("configurations")
        result.crds = try fields.strings("crds")
        result.types = try readTypes(fields)
        result.pluginGenerators = try fields.strings("generators")
        result.pluginTransformers = try fields.strings("transformers")
        result.pluginValidators = try fields.strings("validators")
    }

    private static func readTypes(_ fields: FieldReader) throws -> TypesRule? {
        try fields.mapping("openapi", known: ["path", "version"]) { openapi in
            func text(_ key: String) throws -> String? { openapi.object[key] == nil ? nil : try openapi.string(key) }
            return TypesRule(path: try text("path"), version: try text("version"))
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

extension ImageRule {
    static let fields: Set<String> = ["name", "newName", "newTag", "tagSuffix", "digest"]

    init(_ fields: FieldReader) throws {
        self.init(
            name: try fields.string("name"), newName: try fields.string("newName"), newTag: try fields.string("newTag"),
            tagSuffix: try fields.string("tagSuffix"), digest: try fields.string("digest")
        )
    }
}

extension ReplicaRule {
    static let fields: Set<String> = ["name", "count"]

    init(_ fields: FieldReader) throws {
        self.init(name: try fields.string("name"), count: try fields.integer("count"))
    }
}
