import Manifests
import Model

/// An entry of `configMapGenerator:` or `secretGenerator:`, with the options that hold for all of them.
struct GeneratorRule: Sendable {
    enum Kind: String, Sendable {
        case configMap = "ConfigMap"
        case secret = "Secret"
    }

    enum Behavior: String, Sendable {
        case create, replace, merge
    }

    var field: String
    var kind: Kind
    var name: String
    var namespace: String
    var behavior: Behavior
    var literals: [String]
    var files: [String]
    var envs: [String]
    var options: GeneratorOptions
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

enum GeneratorReader {
    static let fields: Set<String> = ["name", "namespace", "behavior", "literals", "files", "env", "envs", "options"]

    /// The generators of a kustomization, in the order in which they run.
    static func rules(of fields: FieldReader) throws -> [GeneratorRule] {
        let common = try options("generatorOptions", of: fields)
        return try fields.list("configMapGenerator", known: Self.fields) { try rule($0, .configMap, at: $1, common) }
            + fields.list("secretGenerator", known: Self.fields.union(["type"])) { try rule($0, .secret, at: $1, common) }
    }

    static func rule(_ fields: FieldReader, _ kind: GeneratorRule.Kind, at path: String, _ common: GeneratorOptions?) throws
        -> GeneratorRule
    {
        let name = try fields.string("name")
        guard !name.isEmpty else { throw fields.error("\(path) has no name.") }
        let env = try fields.string("env")
        return GeneratorRule(
            field: path, kind: kind, name: name, namespace: try fields.string("namespace"),
            // Anything else counts as create, as it does for Kustomize.
            behavior: GeneratorRule.Behavior(rawValue: try fields.string("behavior")) ?? .create,
            literals: try fields.strings("literals"), files: try fields.strings("files"),
            envs: try fields.strings("envs") + (env.isEmpty ? [] : [env]),
            options: .merging(try options("options", of: fields), into: common),
            type: kind == .secret ? try fields.string("type") : ""
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
}
