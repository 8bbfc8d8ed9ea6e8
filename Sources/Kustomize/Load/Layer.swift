import Helm
import Manifests
import Model

/// One kustomization with everything it names read: the input of a build, without any I/O left to do.
struct Layer: Sendable {
    enum Resource: Sendable {
        /// Objects of a file.
        case documents([Manifest])
        case layer(Layer)
    }

    struct Generator: Sendable {
        enum Rule: Sendable {
            case data(GeneratorRule)
            case objects([Manifest])
            /// The chart itself once it is read.
            case chart(ChartRule, Chart?)
        }

        var rule: Rule
        var plugin: Provenance.Plugin
        /// Where it is configured.
        var file: String
    }

    struct Transformer: Sendable {
        var rule: TransformerRule
        var plugin: Provenance.Plugin
        var file: String
    }

    enum Types: Sendable {
        case builtin
        case custom(OpenAPISchema)
        /// None, and an error where they are wanted.
        case unusable(PlumbError)
    }

    /// The kustomization's file.
    var file: String
    var directory: TreePath
    var rules: Kustomization
    var resources: [Resource] = []
    var components: [Layer] = []
    /// What `configurations:` add to Kustomize's own fields.
    var additions = FieldConfiguration()
    /// What `crds:` add to them.
    var crdFields = FieldConfiguration()
    /// The types of `openapi:`.
    var types: Types?
    var generators: [Generator] = []
    /// Those of `transformers:`; what the kustomization's own fields ask for goes before them.
    var transformers: [Transformer] = []
    var validators: [Transformer] = []
    /// What patches and generators read, by the path as the kustomization spells it.
    var files: [String: LoadedFile] = [:]
    /// This layer and all beneath it.
    var size = 1
}

struct LoadedFile: Sendable {
    var path: String
    var bytes: [UInt8]
}
