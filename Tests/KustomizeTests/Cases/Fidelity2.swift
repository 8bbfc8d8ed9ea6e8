extension Cases {
    /// What the comparison of made-up kustomizations has found.
    static let fidelity2: [Case] = [
        Case(
            "a field of one kind stands for the field of all",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            namePrefix: p-
            commonLabels: {a: b}
            configurations: [c.yaml]
            === c.yaml
            namePrefix: [{path: metadata/name, kind: Thing}]
            commonLabels: [{path: metadata/labels, kind: Thing, create: true}]
            namespace: [{path: metadata/namespace, create: false}]
            === r.yaml
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            """#),
        Case(
            "a field of one kind above a base", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [r.yaml]
            === base/r.yaml
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            === over/kustomization.yaml
            resources: [../base]
            nameSuffix: -s
            configurations: [c.yaml]
            === over/c.yaml
            nameSuffix: [{path: metadata/name, kind: Thing}]
            """#),
        Case(
            "a field of one kind in a component", root: "over",
            #"""
            === part/kustomization.yaml
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            configurations: [c.yaml]
            === part/c.yaml
            nameSuffix: [{path: metadata/name, kind: Thing}]
            === over/kustomization.yaml
            resources: [r.yaml]
            components: [../part]
            nameSuffix: -s
            === over/r.yaml
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            """#),
        Case(
            "references without a namespace's text",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            configurations: [c.yaml]
            namePrefix: x-
            === c.yaml
            nameReference: [{kind: ConfigMap, fieldSpecs: [{kind: Thing, path: spec/ref}]}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            ---
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, spec: {ref: {name: a, namespace: null}}}
            ---
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: u}, spec: {ref: [{name: a}, {name: null, x: 1}]}}
            ---
            {apiVersion: example.com/v1, kind: RoleBinding, metadata: {name: v}, subjects: [{kind: ServiceAccount, namespace: null}, b]}
            """#),
        Case(
            "a scalar takes over quotes that are needed", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [r.yaml]
            replicas: [{name: w, count: 4}]
            === base/r.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {v: "1"}}
            data: {port: "80", on: "true", empty: "", word: abc, lines: "a\nb\n", yes: "yes"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: w}
            spec:
              replicas: "3"
              template: {spec: {containers: [{name: c, env: [{name: A, value: "1"}, {name: B, value: x}]}]}}
            === over/kustomization.yaml
            resources: [../base]
            patches: [{path: p.yaml}]
            === over/p.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {v: 2}}
            data: {port: 81, on: false, empty: 7, word: 7, lines: 7, yes: 7, new: 7}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: w}
            spec:
              template: {spec: {containers: [{name: c, env: [{name: A, value: 2}, {name: B, value: 3}]}]}}
            """#),
        Case(
            "elements of one key beside the patch",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches: [{path: p.yaml}]
            === r.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: c
                env: [{name: A, value: x}, {name: B}, {name: A, value: y}]
                ports: [{containerPort: 80, name: h}, {containerPort: 80, name: i, protocol: TCP}, {containerPort: 81}]
              - {name: d, volumeMounts: [{name: v, mountPath: /x}, {name: w, mountPath: /x}]}
              volumes: [{name: v, emptyDir: {}}, {name: v, configMap: {name: m}}]
              tolerations: [{key: k}, {key: k}]
            === p.yaml
            {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: x}]}}
            """#),
        Case(
            "null labels and annotations of patches",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches:
            - path: p.yaml
            - {path: q.yaml, target: {kind: Secret}}
            - {path: s.yaml, options: {allowNameChange: true}}
            - {target: {kind: Service}, patch: '[{"op": "add", "path": "/metadata/annotations", "value": {"x": null, "y": 5}}]'}
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {x: y, z: w}, labels: {x: y}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: a, annotations: {x: y, z: w}, labels: {x: y}}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {x: y, z: w}, labels: {x: y, z: w}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: a}}
            === p.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {x: null}, labels: {x: null}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b, annotations: {x: null}}}
            === q.yaml
            {apiVersion: v1, kind: Secret, metadata: {name: any, annotations: {x: null}, labels: {x: null, n: 5}}}
            === s.yaml
            {apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {x: null}, labels: {x: null}}}
            """#),
        Case(
            "JSON tests of what is missing",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            patches:
            - target: {kind: ConfigMap}
              patch: |
                - {op: test, path: /data/none, value: null}
                - {op: copy, from: /data/none, path: /data/copy}
                - {op: test, path: /data/list/0/none, value: null}
            === r.yaml
            {apiVersion: example.com/v1, kind: ConfigMap, metadata: {name: a}, data: {list: [{a: b}]}}
            """#),
        Case(
            "metadata of the kustomization",
            #"""
            === kustomization.yaml
            metadata: {name: k, namespace: ns, labels: {a: b}, annotations: {config.kubernetes.io/local-config: "true"}}
            resources: [r.yaml]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "configurations in the order of types",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            configurations: [c.yaml]
            === c.yaml
            templateLabels:
            - {path: spec/template/metadata/labels, group: apps, create: false}
            - {path: spec/template/metadata/labels, kind: ConfigMap, group: apps}
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "numbers in the configuration of a plugin",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            transformers: [t.yaml, u.yaml, v.yaml]
            === t.yaml
            apiVersion: builtin
            kind: AnnotationsTransformer
            metadata: {name: x}
            annotations: {a: 5, b: true, c: 1.5, d: null}
            fieldSpecs: [{path: metadata/annotations, create: true}]
            === u.yaml
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: x}
            labels: {a: 5}
            fieldSpecs: [{path: metadata/labels, create: true}]
            === v.yaml
            apiVersion: builtin
            kind: PrefixTransformer
            metadata: {name: x}
            prefix: 5
            fieldSpecs: [{path: metadata/name}]
            === r.yaml
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            """#),
        Case(
            "no resources, said",
            #"""
            === kustomization.yaml
            resources: []
            """#),
    ]
}
