extension Cases {
    /// What the comparison with Kustomize on trees of several layers has found.
    static let fidelity3: [Case] = [
        Case("the first word on types", root: "over", typed("openapi: {version: v1.21.2}", "openapi: {path: s.json}")),
        Case("the second word on types, in error", root: "over", typed("openapi: {version: v1.21.2}", "openapi: {version: v9}")),
        Case(
            "the second word on types, twofold", root: "over",
            typed("openapi: {path: s.json}", "openapi: {version: v9, path: s.json}")),
        Case("no word on types", root: "over", typed("openapi: {}", "openapi: {path: s.json}")),
        Case(
            "labels and annotations without a value",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            commonLabels: {a: }
            commonAnnotations: {b: null}
            configMapGenerator: [{name: c, options: {labels: {a: }}}]
            === r.yaml
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}}
            """#),
        Case(
            "an empty file and an empty list among patches",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patchesStrategicMerge: [none.yaml, list.yaml, p.yaml]
            === none.yaml
            # nothing
            === list.yaml
            {apiVersion: v1, kind: List, items: []}
            === p.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: b}}
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
            """#),
    ]

    static let refusedFidelity3: [Case] = [
        Case("a version without text beside types", root: "over", typed("openapi: {path: s.json, version: \"\"}", "")),
        Case("types in a file without name", root: "over", typed("openapi: {path: \"\"}", "")),
        Case(
            "a list in a list of names",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            namePrefix: p-
            === r.yaml
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: c}, rules: [{resources: [secrets], resourceNames: [[]]}]}
            """#),
        Case("patches of nothing", patched("patchesStrategicMerge: [\"# one\\n\", \"# two\\n\"]")),
        Case("a JSON patch of nothing", patched("patches: [{target: {kind: ConfigMap}, patch: \"[]\"}]")),
        Case(
            "an old JSON patch of nothing",
            patched("patchesJson6902: [{target: {version: v1, kind: ConfigMap, name: c}, patch: \"[]\"}]")),
    ]

    private static func patched(_ patches: String) -> [String: String] {
        [
            "kustomization.yaml": "resources: [r.yaml]\n\(patches)\n",
            "r.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n",
        ]
    }

    /// A custom object of a base, whose list merges by the types of `s.json`, patched above.
    private static func typed(_ over: String, _ base: String) -> [String: String] {
        let types = #"""
            {"definitions": {"e.com.v1.Thing": {"properties": {"spec": {"properties": {"list": {"type": "array",
              "items": {"type": "object"}, "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}}}},
              "x-kubernetes-group-version-kind": [{"group": "e.com", "version": "v1", "kind": "Thing"}]}}}
            """#
        return [
            "base/s.json": types, "over/s.json": types,
            "base/kustomization.yaml": "resources: [r.yaml]\n\(base)\n",
            "base/r.yaml": "{apiVersion: e.com/v1, kind: Thing, metadata: {name: t}, spec: {list: [{name: a, x: 1}, {name: b}]}}\n",
            "over/kustomization.yaml": """
            resources: [../base]
            \(over)
            patches:
            - patch: "{apiVersion: e.com/v1, kind: Thing, metadata: {name: t}, spec: {list: [{name: a, y: 2}]}}"

            """,
        ]
    }
}
