package import Manifests
import Model

/// A kustomization that changes objects which something else has rendered.
extension Kustomize {
    /// The objects as the fields of `kustomization` change them, in the order in which they came unless it sorts them.
    ///
    /// `name` stands for the kustomization in errors. Throws `invalid` for what is no kustomization, for an object without a name and
    /// for a patch without an object; `unsupported` for fields that add objects or read files.
    package static func change(
        _ manifests: [Manifest], by kustomization: Object, named name: String
    ) throws -> [Manifest] {
        try refuse(kustomization, name)
        var rules = try KustomizationReader.read(.object(kustomization), file: name)
        guard !rules.isComponent else {
            throw PlumbError(.unsupported, "A Component is part of another kustomization.", at: Origin(file: name))
        }
        if let file = try TransformerRule.rules(of: rules, fields: FieldConfiguration(), file: name).flatMap(\.files).first {
            throw PlumbError(
                .unsupported, "\(file.field) reads the file \(file.path.quoted), and there are no files beside this kustomization.",
                remedy: "Write in place what is in it.", at: Origin(file: name))
        }
        rules.sortOrder = rules.sortOrder ?? .fifo
        try manifests.forEach(ResourceReader.check)
        var layer = Layer(file: name, directory: .root, rules: rules)
        layer.resources = [.documents(manifests)]
        return try Builder.build(layer).map(keepingTemplates(of: manifests))
    }

    /// What the chart, or whoever rendered, says is in the objects; these would say more than that.
    private static let adding: Set<String> = [
        "resources", "bases", "components", "configMapGenerator", "secretGenerator", "generatorOptions", "generators",
        "transformers",
        "validators", "helmCharts", "helmGlobals", "helmChartInflationGenerator", "configurations", "crds", "openapi",
        "buildMetadata",
    ]

    private static func refuse(_ kustomization: Object, _ name: String) throws {
        guard let key = kustomization.keys.first(where: adding.contains) else { return }
        throw PlumbError(
            .unsupported,
            "The field \(key.quoted) adds objects or reads files, and this kustomization only changes what was rendered.",
            remedy: "Leave it out; where it is needed, let a kustomization of the source render the chart, with helmCharts.",
            at: Origin(file: name))
    }

    /// What waits for the values of variables still does, where it is what it was.
    private static func keepingTemplates(of before: [Manifest]) -> (Manifest) -> Manifest {
        let byOrigin = Dictionary(grouping: before.filter { !$0.templates.isEmpty }, by: \.origin).compactMapValues {
            $0.count == 1 ? $0[0] : nil
        }
        return { manifest in
            guard let original = byOrigin[manifest.origin] else { return manifest }
            var result = manifest
            result.templates = original.templates.filter { manifest.value.get($0) == original.value.get($0) }
            return result
        }
    }
}
