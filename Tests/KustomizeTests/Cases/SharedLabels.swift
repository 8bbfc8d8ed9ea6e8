extension Cases {
    /// What one transformation has put into several places of an object, changed in some of them by the kustomizations above.
    static let sharedLabels: [Case] = [
        layers("labels over common ones", [common, labels]),
        layers("labels over labels in selectors", ["labels: [{pairs: {a: x}, includeSelectors: true}]", labels]),
        layers("labels over labels in templates", ["labels: [{pairs: {a: x}, includeTemplates: true}]", labels]),
        layers("labels over a label of the object's own", [common, labels], metadata: "labels: {a: own}"),
        layers(
            "labels over labels below", [labels, "labels: [{pairs: {a: x}, includeTemplates: true}]", "labels: [{pairs: {a: w}}]"]),
        layers(
            "labels in two layers",
            [common, "namePrefix: p-\nnamespace: ns", "labels: [{pairs: {b: x}, includeSelectors: true}]", labels]),
        layers("a patched label of a template", [common, patch("spec: {template: {metadata: {labels: {a: p}}}}")]),
        layers("a patched label of the object", [common, patch("metadata: {name: d, labels: {a: p}}")]),
        layers("a patched selector", [common, patch("spec: {selector: {matchLabels: {a: p}}}")]),
        layers(
            "two places patched",
            [common, patch("metadata: {name: d, labels: {a: p}}\n    spec: {template: {metadata: {labels: {a: q}}}}")]),
        layers(
            "what was there patched in",
            [common, patch("metadata: {name: d, labels: {a: p}}\n    spec: {template: {metadata: {labels: {a: x}}}}")]),
        layers("a label replaced", [common, patch("metadata: {name: d, labels: {$patch: replace, a: p}}")]),
        layers(
            "labels of a template replaced",
            [common, patch("spec: {template: {$patch: replace, metadata: {labels: {a: p}}}}"), labels]),
        layers("a label removed", [common, patch("metadata: {name: d, labels: {a: null}}"), labels]),
        layers(
            "labels of a template removed and made again",
            [common, patch("spec: {template: {metadata: {labels: null}}}"), common, labels]),
        layers("a number over a label", [common, patch("metadata: {name: d, labels: {a: 5}}")]),
        layers("a JSON patch in between", [common, json, labels]),
        layers("a JSON patch of a label", [common, json.replacing("/spec/j", with: "/metadata/labels/a")]),
        layers(
            "a patch with a target and a new name",
            [
                common, patch("metadata: {name: e}") + "\n  target: {kind: Deployment}\n  options: {allowNameChange: true}", labels,
            ]),
        layers("a label by replacement", [common, replacement("metadata.name", "metadata.labels.a")]),
        layers(
            "labels by replacement", [common, replacement("metadata.annotations", "metadata.labels"), labels],
            metadata: "annotations: {a: q}"),
        layers(
            "a label with a variable",
            [
                "commonLabels: {a: $(NAME)}\nvars: [{name: NAME, objref: {apiVersion: apps/v1, kind: Deployment, name: d}}]",
                "namePrefix: p-",
            ]),
        layers(
            "annotations", ["commonAnnotations: {a: x}", "namePrefix: p-", patch("metadata: {name: p-d, annotations: {a: p}}")]),
        layers(
            "annotations of a template",
            ["commonAnnotations: {a: x}", patch("spec: {template: {metadata: {annotations: {a: p}}}}")]),
        layers(
            "annotations with notes",
            [
                "commonAnnotations: {a: x}",
                patch("metadata: {name: d, annotations: {a: p}}") + "\nbuildMetadata: [transformerAnnotations]",
            ]),
        layers(
            "a transformer's labels",
            [
                """
                transformers:
                - |-
                  apiVersion: builtin
                  kind: LabelTransformer
                  metadata: {name: t}
                  labels: {a: x}
                  fieldSpecs: [{path: metadata/labels, create: true}, {path: spec/extra, create: true}]
                """, labels,
            ]),
        claims("labels of claims", labels),
        claims(
            "a patched label of a claim",
            patch("spec: {volumeClaimTemplates: [{metadata: {name: one, labels: {a: p}}}]}", "StatefulSet")),
        claims(
            "a claim put before others",
            patch("spec: {volumeClaimTemplates: [{metadata: {name: new, labels: {a: p}}}]}", "StatefulSet")),
    ]

    private static let common = "commonLabels: {a: x}"
    private static let labels = "labels: [{pairs: {a: z}}]"
    private static let json = """
        patches:
        - target: {kind: Deployment}
          patch: '[{"op": "add", "path": "/spec/j", "value": "1"}]'
        """

    private static func patch(_ body: String, _ kind: String = "Deployment") -> String {
        let metadata = body.hasPrefix("metadata") ? "" : "\n    metadata: {name: d}"
        return "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: \(kind)\(metadata)\n    \(body)"
    }

    private static func replacement(_ source: String, _ target: String) -> String {
        "replacements: [{source: {kind: Deployment, fieldPath: \(source)}, targets: [{select: {kind: Deployment}, fieldPaths: [\(target)]}]}]"
    }

    /// A base with one object, and kustomizations one over the other.
    private static func layers(_ name: String, _ kustomizations: [String], metadata: String = "") -> Case {
        let object = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  \(metadata)\nspec: {template: {spec: {}}}\n"
        return layered(name, object, kustomizations)
    }

    private static func claims(_ name: String, _ kustomization: String) -> Case {
        let object =
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\n"
            + "spec: {template: {}, volumeClaimTemplates: [{metadata: {name: one}}, {metadata: {name: two}}]}\n"
        return layered(name, object, [common, kustomization, "labels: [{pairs: {a: w}}]"])
    }

    private static func layered(_ name: String, _ object: String, _ kustomizations: [String]) -> Case {
        var files = ["l0/r.yaml": object]
        for (index, text) in kustomizations.enumerated() {
            files["l\(index)/kustomization.yaml"] = "resources: [\(index == 0 ? "r.yaml" : "../l\(index - 1)")]\n\(text)\n"
        }
        return Case("shared: \(name)", root: "l\(kustomizations.count - 1)", files)
    }
}
