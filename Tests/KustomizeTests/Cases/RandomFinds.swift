/// What random trees have shown: rules of Kustomize that none of its documents has.
extension Cases {
    static let listDirectives: [Case] = [
        ("last", "[{name: x, image: w}, {$patch: replace}]"), ("first", "[{$patch: replace}, {name: x, image: w}]"),
        ("alone", "[{$patch: replace}]"), ("delete", "[{$patch: delete}]"), ("delete with others", "[{name: x}, {$patch: delete}]"),
        ("merge", "[{name: x, image: w}, {$patch: merge}]"),
        ("after one that goes", "[{name: x, $patch: delete}, {$patch: replace}]"),
        ("before one that goes", "[{$patch: replace}, {name: x, $patch: delete}, {name: y, image: null, args: [b]}]"),
        ("within", "[{name: x, env: [{$patch: replace}, {name: q}]}]"),
        ("within a new one", "[{name: n, env: [{name: q, value: v}, {$patch: replace}]}]"),
        ("deleted within a new one", "[{name: n, env: [{name: q, value: v}, {$patch: delete}]}]"),
    ].flatMap { name, containers in
        [
            ("there", "{containers: [{name: x, args: [a], env: [{name: p, value: r}]}, {name: q}]}"),
            ("not there", "{hostNetwork: true}"), ("null", "{containers: null}"), ("empty", "{containers: []}"),
            ("not there, as what is around it", ""),
        ].map { state, existing in
            Case(
                "a directive of a list, \(name); the list is \(state)",
                [
                    "kustomization.yaml": "resources: [r.yaml]\npatches: [{path: p.yaml}]\n",
                    "p.yaml": workload("{containers: \(containers)}"),
                    "r.yaml": existing.isEmpty
                        ? "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 1}}\n" : workload(existing)
                        ,
                ])
        }
    }

    private static func workload(_ spec: String) -> String {
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: \(spec)}}}\n"
    }

    static let randomFinds: [Case] = [
        Case(
            "the text of a patch ends without its newline",
            """
            === kustomization.yaml
            resources: [r.yaml]
            patches:
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data:
                  z: |
                    keep
            - target: {kind: ConfigMap}
              patch: |+

                - op: add
                  path: /data/y
                  value: |+
                    keep

            patchesStrategicMerge:
            - |
              apiVersion: v1
              kind: ConfigMap
              metadata: {name: a}
              data:
                x: |
                  keep
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """),
        Case(
            "labels are set key by key",
            """
            === kustomization.yaml
            resources: [r.yaml]
            transformers:
            - |-
              apiVersion: builtin
              kind: LabelTransformer
              metadata: {name: one}
              labels: {team: x, env: w, zone: z}
              fieldSpecs: [{path: spec/selector}, {path: spec/selector/matchLabels, create: true}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """),
        Case(
            "labels that are null where none are made",
            """
            === kustomization.yaml
            resources: [r.yaml]
            commonLabels: {q: w}
            labels: [{pairs: {p: w}, fields: [{path: spec/a}, {path: spec/b, create: true}]}]
            === r.yaml
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec: {podSelector: {matchLabels: null}, ingress: [{from: [{podSelector: {matchLabels: null}}, {podSelector: {matchLabels: {a: b}}}]}], a: null, b: null}
            """),
        Case("nothing but metadata", "=== kustomization.yaml\nmetadata: {name: a}\n"),
        Case("metadata without anything", "=== kustomization.yaml\nmetadata: {}\n"),
        Case(
            "replacements in objects without namespaces, by namespace",
            """
            === kustomization.yaml
            resources: [r.yaml]
            replacements:
            - source: {kind: ServiceAccount, fieldPath: metadata.name}
              targets:
              - select: {kind: ClusterRole, namespace: default}
                fieldPaths: [metadata.labels.z]
                options: {create: true}
              - select: {kind: ClusterRole, namespace: gamma}
                fieldPaths: [metadata.labels.y]
                options: {create: true}
            - source: {kind: ClusterRole, name: a, namespace: default}
              targets: [{select: {kind: ClusterRole}, reject: [{namespace: gamma}], fieldPaths: [metadata.labels.x], options: {create: true}}]
            === r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: b, namespace: gamma}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: s}
            """),
        Case(
            "a replacement that writes over its own source",
            """
            === kustomization.yaml
            resources: [r.yaml]
            replacements:
            - source: {kind: ConfigMap, name: a, fieldPath: data.k}
              targets:
              - {select: {kind: ConfigMap, name: a}, fieldPaths: [data.k, data.l], options: {delimiter: "-", index: 3, create: true}}
              - {select: {kind: Service}, fieldPaths: [metadata.annotations.x], options: {create: true}}
            - source: {kind: ConfigMap, name: a, fieldPath: data.m, options: {delimiter: "-"}}
              targets:
              - {select: {kind: ConfigMap, name: a}, fieldPaths: [data.m]}
              - {select: {kind: Service}, fieldPaths: [metadata.annotations.y], options: {create: true}}
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v, m: a-b}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: s}}
            """),
        Case(
            "data without values, merged by a generator",
            """
            === kustomization.yaml
            resources: [r.yaml]
            configMapGenerator: [{name: a, behavior: merge, literals: [x=y]}]
            secretGenerator: [{name: b, behavior: merge, literals: [x=y]}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k1: x, k3: ~, k4: null}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: b}, data: {k4: null, k1: eA==}}
            """),
        Case(
            "an image that is a number",
            """
            === kustomization.yaml
            resources: [r.yaml]
            images: [{name: "1", newTag: "3"}]
            === r.yaml
            {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: x, image: 1}, {name: y, image: "1"}, {name: z, image: true}]}}
            """),
        Case(
            "a Secret that is merged with nothing",
            """
            === kustomization.yaml
            resources: [r.yaml]
            secretGenerator:
            - {name: s}
            - {name: s, behavior: merge}
            - {name: t, literals: [a=b]}
            - {name: t, behavior: merge}
            - {name: u, literals: [a=b]}
            - {name: u, behavior: replace}
            - {name: v, behavior: merge}
            configMapGenerator: [{name: c}, {name: c, behavior: merge}, {name: d, literals: [a=b]}, {name: d, behavior: replace}]
            === r.yaml
            {apiVersion: v1, kind: Secret, metadata: {name: v}, data: {}}
            """),
    ]

    static let refusedRandomFinds: [Case] = [
        Case(
            "an image that is a mapping",
            """
            === kustomization.yaml
            resources: [r.yaml]
            images: [{name: a, newTag: "3"}]
            === r.yaml
            {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: x, image: {}}]}}
            """),
        Case(
            "a transformer of images over a mapping",
            """
            === kustomization.yaml
            resources: [r.yaml]
            transformers:
            - |-
              {apiVersion: builtin, kind: ImageTagTransformer, metadata: {name: t}, imageTag: {name: a, newTag: b}, fieldSpecs: [{path: spec}]}
            === r.yaml
            {apiVersion: v1, kind: Thing, metadata: {name: a}, spec: {}}
            """),
        Case(
            "a transformer of counts over a list",
            """
            === kustomization.yaml
            resources: [r.yaml]
            transformers:
            - |-
              {apiVersion: builtin, kind: ReplicaCountTransformer, metadata: {name: t}, replica: {name: a, count: 2}, fieldSpecs: [{path: spec}]}
            === r.yaml
            {apiVersion: v1, kind: Thing, metadata: {name: a}, spec: [1]}
            """),
        refusedNamespacedVariable,
        Case(
            "the first line of a patch further in than the others",
            """
            === kustomization.yaml
            resources: [r.yaml]
            patches:
            - patch: "  apiVersion: v1\\n  kind: ConfigMap\\n  metadata: {name: a}\\n  data: {a: b}\\n"
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """),
        Case(
            "a patch of white space",
            """
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{patch: " \\n"}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """),
    ]
}
