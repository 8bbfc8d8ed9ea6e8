import Manifests
import Model

/// What a kustomization file says, deprecated spellings already moved to where they belong.
struct Kustomization: Sendable {
    var isComponent = false
    var resources: [String] = []
    var components: [String] = []

    var namespace = ""
    var namePrefix = ""
    var nameSuffix = ""
    var commonLabels: [String: String] = [:]
    var labels: [LabelRule] = []
    var commonAnnotations: [String: String] = [:]
    var images: [ImageRule] = []
    var replicas: [ReplicaRule] = []

    var patchesStrategicMerge: [PatchRule] = []
    var patches: [PatchRule] = []
    var patchesJSON6902: [PatchRule] = []

    var generators: [GeneratorRule] = []
    var charts: [ChartRule] = []
    var replacements: [ReplacementRule] = []
    var variables: [Variable] = []
    var sortOrder: SortOrder?
    var metadata: Set<BuildMetadata> = []

    /// Files, or their content, that say more of the same.
    var configurations: [String] = []
    var crds: [String] = []
    var types: TypesRule?
    var pluginGenerators: [String] = []
    var pluginTransformers: [String] = []
    var pluginValidators: [String] = []
}

/// `openapi:`, as written.
struct TypesRule: Sendable {
    var path: String?
    var version: String?
}

/// What a build may note in the objects it gives.
enum BuildMetadata: String, Sendable {
    case originAnnotations, transformerAnnotations, managedByLabel
}

struct LabelRule: Sendable {
    var pairs: [String: String]
    var includeSelectors: Bool
    var includeTemplates: Bool
    var fields: [FieldSpec]
}

struct ImageRule: Sendable {
    var name: String
    var newName: String
    var newTag: String
    var tagSuffix: String
    var digest: String
}

struct ReplicaRule: Sendable {
    var name: String
    var count: Int64
}

/// A patch as it is written: inline text, or the path of a file; `field` is where, for errors.
struct PatchRule: Sendable {
    var field: String
    var text: String
    var path: String
    var target: Selector?
    var allowsNameChange = false
    var allowsKindChange = false
}

enum SortOrder: Sendable {
    case fifo
    /// Kinds that go first and last, each list in its order.
    case legacy(first: [String], last: [String])
}
