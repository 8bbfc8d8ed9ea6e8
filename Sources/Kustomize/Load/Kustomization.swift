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

    var configMapGenerator: [GeneratorRule] = []
    var secretGenerator: [GeneratorRule] = []
    var generatorOptions: GeneratorOptions?

    var replacements: [ReplacementRule] = []
    var sortOrder: SortOrder?
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

struct GeneratorRule: Sendable {
    enum Behavior: String, Sendable {
        case create, replace, merge
    }

    var field: String
    var name: String
    var namespace: String
    var behavior: Behavior
    var literals: [String]
    var files: [String]
    var envs: [String]
    var options: GeneratorOptions?
    /// Of Secrets only.
    var type = ""
}

struct GeneratorOptions: Sendable {
    var labels: [String: String] = [:]
    var annotations: [String: String] = [:]
    var disableNameSuffixHash = false
    var immutable = false

    /// Adds what holds for all generators of the kustomization; what this one says itself wins.
    static func merging(_ own: GeneratorOptions?, into common: GeneratorOptions?) -> GeneratorOptions {
        var result = own ?? GeneratorOptions()
        guard let common else { return result }
        result.labels.merge(common.labels) { own, _ in own }
        result.annotations.merge(common.annotations) { own, _ in own }
        result.disableNameSuffixHash = result.disableNameSuffixHash || common.disableNameSuffixHash
        result.immutable = result.immutable || common.immutable
        return result
    }
}

enum SortOrder: Sendable {
    case fifo
    /// Kinds that go first and last, each list in its order.
    case legacy(first: [String], last: [String])
}
