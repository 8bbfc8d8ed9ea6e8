import Manifests
import Model

/// Reads the documents that `generators:`, `transformers:` and `validators:` lead to: Kustomize's own generators and
/// transformers, configured whole. Fields that are not known are passed over, as Kustomize does.
struct PluginReader {
    /// The directory of the kustomization that names them.
    let directory: TreePath

    func transformer(_ manifest: Manifest) throws -> Layer.Transformer {
        let plugin = try plugin(manifest)
        guard let rule = try transformerRule(manifest) else { throw unknown(manifest, "transformer") }
        return Layer.Transformer(rule: rule, plugin: plugin, file: manifest.origin.file)
    }

    func generator(_ manifest: Manifest) throws -> Layer.Generator {
        let plugin = try plugin(manifest)
        guard let rule = try generatorRule(manifest) else { throw unknown(manifest, "generator") }
        return Layer.Generator(rule: rule, plugin: plugin, file: manifest.origin.file)
    }

    /// What is not built in would be a program or a container to run.
    private func plugin(_ manifest: Manifest) throws -> Provenance.Plugin {
        guard manifest.apiVersion == "builtin" else {
            let isFunction = manifest.annotation("config.kubernetes.io/function") ?? manifest.annotation("config.k8s.io/function")
            throw PlumbError(
                .unsupported,
                "\(manifest.kind) \(manifest.name) (\(manifest.apiVersion)) is \(isFunction == nil ? "a plugin" : "a function") that runs a program, which rendering never does.",
                remedy: "Use one of Kustomize's own transformers and generators (apiVersion: builtin), or render this beforehand.",
                at: manifest.origin
            )
        }
        return Provenance.Plugin(
            apiVersion: manifest.apiVersion, kind: manifest.kind, name: manifest.name, namespace: manifest.namespace ?? "")
    }

    private func unknown(_ manifest: Manifest, _ role: String) -> PlumbError {
        PlumbError(
            .unsupported, "There is no built-in \(role) \(manifest.kind.quoted).", remedy: "Correct its kind.", at: manifest.origin)
    }

    private func fields(_ manifest: Manifest, _ known: String...) throws -> FieldReader {
        try FieldReader(
            manifest.value, file: manifest.origin.file, known: Set(known + ["metadata", "fieldSpecs"]), isStrict: false)
    }

    private func transformerRule(_ manifest: Manifest) throws -> TransformerRule? {
        switch manifest.kind {
        case "PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer": return try affixRule(manifest)
        case "LabelTransformer":
            let fields = try fields(manifest, "labels")
            return .labels(try fields.stringMap("labels"), try specs(fields))
        case "AnnotationsTransformer":
            let fields = try fields(manifest, "annotations")
            return .annotations(try fields.stringMap("annotations"), try specs(fields))
        case "NamespaceTransformer": return .namespace(try namespaceTransformer(manifest))
        case "ImageTagTransformer":
            let fields = try fields(manifest, "imageTag")
            let rule = try fields.mapping("imageTag", known: ImageRule.fields) { try ImageRule($0) }
            guard let rule else { throw fields.error("An ImageTagTransformer needs an imageTag.") }
            return .image(rule, try specs(fields))
        case "ReplicaCountTransformer":
            let fields = try fields(manifest, "replica")
            let rule = try fields.mapping("replica", known: ReplicaRule.fields) { try ReplicaRule($0) }
            guard let rule else { throw fields.error("A ReplicaCountTransformer needs a replica.") }
            return .replicas(rule, try specs(fields))
        case "PatchTransformer":
            let fields = try fields(manifest, "path", "patch", "target", "options")
            return .patch(try PatchReader.rule(fields, manifest.kind))
        case "PatchJson6902Transformer": return .jsonPatch(try jsonPatch(manifest))
        case "PatchStrategicMergeTransformer": return .strategicMerges(try strategicMerges(manifest))
        case "ReplacementTransformer":
            return .replacements(try ReplacementReader.rules("replacements", of: try fields(manifest, "replacements")))
        case "ValueAddTransformer": return .valueAdd(try ValueAddRule(manifest, directory: directory))
        case "HashTransformer": return .nameHash
        default: return nil
        }
    }

    private func specs(_ fields: FieldReader) throws -> [FieldSpec] {
        try FieldConfigurationReader.fieldSpecs("fieldSpecs", of: fields)
    }

    private func affixRule(_ manifest: Manifest) throws -> TransformerRule {
        let fields = try fields(manifest, "prefix", "suffix")
        guard let specs = fields.object["fieldSpecs"], !specs.isNull else {
            throw fields.error("A \(manifest.kind) needs fieldSpecs.", remedy: "Write fieldSpecs: [{path: metadata/name}].")
        }
        let prefix = TransformerRule.prefix(try fields.string("prefix"), try self.specs(fields))
        let suffix = TransformerRule.suffix(try fields.string("suffix"), try self.specs(fields))
        return switch manifest.kind {
        case "PrefixTransformer": prefix
        case "SuffixTransformer": suffix
        default: .all([prefix, suffix])
        }
    }

    private func namespaceTransformer(_ manifest: Manifest) throws -> NamespaceTransformer {
        let fields = try fields(manifest, "unsetOnly", "setRoleBindingSubjects")
        let mode = try fields.string("setRoleBindingSubjects")
        guard let subjects = mode.isEmpty ? .defaultOnly : NamespaceTransformer.Subjects(rawValue: mode) else {
            throw fields.error("setRoleBindingSubjects must be defaultOnly, allServiceAccounts or none, but is \(mode.quoted).")
        }
        return NamespaceTransformer(
            namespace: manifest.namespace ?? "", fields: try specs(fields), unsetOnly: try fields.bool("unsetOnly"),
            subjects: subjects
        )
    }

    private func jsonPatch(_ manifest: Manifest) throws -> PatchRule {
        let fields = try fields(manifest, "path", "jsonOp", "target")
        let (text, path) = (try fields.string("jsonOp"), try fields.string("path"))
        guard text.isEmpty != path.isEmpty else {
            throw fields.error("A PatchJson6902Transformer needs either a jsonOp or the path of one, and not both.")
        }
        let target = try fields.mapping("target", known: Selector.fields) { try Selector($0) }
        guard let target, !target.name.isEmpty else { throw fields.error("A PatchJson6902Transformer needs target.name.") }
        return PatchRule(field: manifest.kind, text: text, path: path, target: target)
    }

    private func strategicMerges(_ manifest: Manifest) throws -> [PatchRule] {
        let fields = try fields(manifest, "paths", "patches")
        let text = try fields.string("patches")
        let rules =
            try PatchReader.strategicMerges("paths", of: fields)
            + (text.isEmpty ? [] : [PatchRule(field: "patches", text: text, path: "", target: nil)])
        guard !rules.isEmpty else { throw fields.error("A PatchStrategicMergeTransformer needs paths or patches.") }
        return rules
    }

    private func generatorRule(_ manifest: Manifest) throws -> Layer.Generator.Rule? {
        switch manifest.kind {
        case "ConfigMapGenerator": return .data(try dataRule(manifest, .configMap))
        case "SecretGenerator": return .data(try dataRule(manifest, .secret))
        case "HelmChartInflationGenerator": return .chart(try ChartReader.rule(manifest), nil)
        case "IAMPolicyGenerator": return .objects([try account(manifest)])
        default: return nil
        }
    }

    private func dataRule(_ manifest: Manifest, _ kind: GeneratorRule.Kind) throws -> GeneratorRule {
        var value = manifest.value
        // The object is called as the generator, unless that says otherwise.
        for key in ["name", "namespace"] where value[key] == nil { value[key] = value.at("metadata", key) }
        let fields = try FieldReader(
            value, file: manifest.origin.file, known: GeneratorReader.fields.union(["type"]), isStrict: false)
        return try GeneratorReader.rule(fields, kind, at: "\(manifest.kind) \(manifest.name)", nil)
    }

    /// The ServiceAccount that stands for an account of Google Cloud.
    private func account(_ manifest: Manifest) throws -> Manifest {
        let fields = try fields(manifest, "cloud", "kubernetesService", "serviceAccount", "projectId")
        let cloud = try fields.string("cloud")
        guard cloud == "gke" else { throw fields.error("An IAMPolicyGenerator knows the cloud gke, not \(cloud.quoted).") }
        var metadata = Object()
        _ = try fields.mapping("kubernetesService", known: ["name", "namespace"]) { service in
            metadata["name"] = .string(try service.string("name"))
            let namespace = try service.string("namespace")
            if !namespace.isEmpty { metadata["namespace"] = .string(namespace) }
        }
        let project = try fields.string("projectId")
        _ = try fields.mapping("serviceAccount", known: ["name", "projectId"]) { account in
            let name = try account.string("name")
            let owner = project.isEmpty ? try account.string("projectId") : project
            metadata["annotations"] = ["iam.gke.io/gcp-service-account": .string("\(name)@\(owner).iam.gserviceaccount.com")]
        }
        return Manifest(
            value: ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": .object(metadata)], origin: manifest.origin)
    }
}
