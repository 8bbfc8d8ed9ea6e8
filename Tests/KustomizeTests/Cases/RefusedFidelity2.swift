extension Cases {
    /// What Kustomize refuses, and so does Plumb, of what the comparison of made-up kustomizations has found.
    static let refusedFidelity2: [Case] = [
        Case(
            "a subject's namespace without a text",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            === r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            subjects: [{kind: ServiceAccount, name: a, namespace: null}]
            roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
            """#),
        Case(
            "a subject's namespace that is a number",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            === r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            subjects: [{kind: ServiceAccount, name: a, namespace: 5}]
            roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
            """#),
        Case(
            "a subject that is a text",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            === r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            subjects: [a]
            roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
            """#),
        Case(
            "a subject without a name",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            === r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            subjects: [{kind: ServiceAccount, namespace: a}]
            roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
            """#),
        Case(
            "an unknown field of a kustomization's metadata",
            #"""
            === kustomization.yaml
            metadata: {uid: a}
            resources: [r.yaml]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "a number for a kustomization's name",
            #"""
            === kustomization.yaml
            metadata: {name: 5}
            resources: [r.yaml]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "a truth for a kustomization's annotation",
            #"""
            === kustomization.yaml
            metadata: {annotations: {a: true}}
            resources: [r.yaml]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "fields that disagree on create",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            configurations: [c.yaml]
            === c.yaml
            commonLabels: [{path: metadata/labels, kind: Thing}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "a JSON patch that is YAML in brackets",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{op: add, path: /data/x, value: y}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a name removed",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "remove", "path": "/metadata/name"}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "metadata replaced without a name",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "replace", "path": "/metadata", "value": {"labels": {}}}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a kind removed",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "remove", "path": "/kind"}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a JSON test past a list",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "test", "path": "/data/l/5", "value": null}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a JSON test at the end of a list",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "test", "path": "/data/l/-", "value": null}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a JSON test below a text",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "test", "path": "/data/s/q", "value": null}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a JSON test below nothing",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "test", "path": "/data/z/q", "value": null}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "a JSON copy from below nothing",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{target: {kind: ConfigMap}, patch: '[{"op": "copy", "from": "/data/n/q", "path": "/data/c"}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {l: [a], s: x, n: null}}
            """#),
        Case(
            "fields of one configuration that disagree on create",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            configurations: [c.yaml]
            === c.yaml
            namePrefix: [{path: metadata/name}, {path: metadata/name, kind: Thing, create: true}]
            === r.yaml
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}
            """#),
        Case(
            "two generators of one name",
            #"""
            === kustomization.yaml
            generators: [t.yaml, u.yaml]
            === t.yaml
            {apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: x}, literals: [a=b]}
            === u.yaml
            {apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: x}, behavior: merge, literals: [a=c]}
            """#),
        Case(
            "a validator twice",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            validators: [u.yaml, u.yaml]
            === u.yaml
            {apiVersion: builtin, kind: LabelTransformer, metadata: {name: x}}
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "a patchesJson6902 without the name of its target",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patchesJson6902: [{target: {kind: ConfigMap}, patch: '[{"op": "add", "path": "/data", "value": {}}]'}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
    ]
}
