extension Cases {
    static let plugins: [Case] = [
        Case(
            "transformers of every kind",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: PrefixTransformer
            metadata: {name: a}
            prefix: p-
            fieldSpecs: [{path: metadata/name}, {path: spec/p, kind: Thing}]
            ---
            apiVersion: builtin
            kind: SuffixTransformer
            metadata: {name: b}
            suffix: -s
            fieldSpecs: [{path: metadata/name}]
            ---
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: c}
            labels: {a: b}
            fieldSpecs: [{path: metadata/labels, create: true}]
            ---
            apiVersion: builtin
            kind: AnnotationsTransformer
            metadata: {name: d}
            annotations: {c: d}
            fieldSpecs: [{path: metadata/annotations, create: true}, {path: spec/template/metadata/annotations, kind: Deployment}]
            ---
            apiVersion: builtin
            kind: NamespaceTransformer
            metadata: {name: e, namespace: nn}
            unsetOnly: true
            fieldSpecs: [{path: spec/ns, kind: Thing, create: true}]
            ---
            apiVersion: builtin
            kind: ImageTagTransformer
            metadata: {name: f}
            imageTag: {name: nginx, newTag: v9}
            fieldSpecs: [{path: spec/img, kind: Thing}]
            ---
            apiVersion: builtin
            kind: ReplicaCountTransformer
            metadata: {name: g}
            replica: {name: web, count: 3}
            fieldSpecs: [{path: spec/replicas, create: true, kind: Deployment}]
            ---
            apiVersion: builtin
            kind: PatchTransformer
            metadata: {name: h}
            target: {kind: Thing}
            patch: '[{"op": "add", "path": "/spec/x", "value": 1}]'
            ---
            apiVersion: builtin
            kind: PatchJson6902Transformer
            metadata: {name: i}
            target: {group: apps, version: v1, kind: Deployment, name: web}
            jsonOp: |-
              - op: add
                path: /spec/j
                value: 1
            ---
            apiVersion: builtin
            kind: PatchStrategicMergeTransformer
            metadata: {name: j}
            paths: [sm.yaml]
            patches: '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"k": 1}}'
            ---
            apiVersion: builtin
            kind: ReplacementTransformer
            metadata: {name: k}
            replacements:
            - source: {kind: Thing, fieldPath: metadata.name}
              targets: [{select: {kind: Deployment}, fieldPaths: [spec.from]}]
            ---
            apiVersion: builtin
            kind: ValueAddTransformer
            metadata: {name: l}
            value: peach
            targets:
            - {selector: {kind: Thing}, fieldPath: spec/path, filePathPosition: 2}
            - {selector: {kind: Thing}, fieldPath: spec/abs, filePathPosition: 1}
            - {selector: {kind: Thing}, fieldPath: spec/new/deep}
            - {selector: {kind: Thing}, fieldPath: spec/end, filePathPosition: 99}
            ---
            apiVersion: builtin
            kind: PrefixSuffixTransformer
            metadata: {name: m}
            prefix: q-
            suffix: -q
            fieldSpecs: [{path: metadata/name}]
            === sm.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {sm: 1}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, namespace: old}
            spec: {p: a, img: "nginx:1", path: a/b, abs: /a/b, end: a/b}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {from: x, template: {metadata: {annotations: {}}, spec: {containers: [{image: nginx}]}}}
            """#),
        Case(
            "value add numbers",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: ValueAddTransformer
            metadata: {name: l}
            value: "5"
            targets:
            - {fieldPath: spec/n}
            - {fieldPath: 'spec/l/[name=b]/v'}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, namespace: old}
            spec: {n: x, l: [{name: a}, {name: b}]}
            """#),
        Case(
            "value add namespace and default", root: "dir",
            #"""
            === dir/kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === dir/t.yaml
            apiVersion: builtin
            kind: ValueAddTransformer
            metadata: {name: l}
            targets:
            - {fieldPath: metadata/namespace}
            targetFilePath: more.yaml
            === dir/more.yaml
            targets:
            - {selector: {kind: Thing}, fieldPath: 'metadata/annotations/a\/b'}
            === dir/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, namespace: old}
            spec: {n: x, l: [{name: a}, {name: b}]}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: t}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: t}
            subjects: [{kind: ServiceAccount, name: default}]
            """#),
        Case(
            "namespace transformer subjects all",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers:
            - |
              apiVersion: builtin
              kind: NamespaceTransformer
              metadata: {name: e, namespace: nn}
              setRoleBindingSubjects: allServiceAccounts
            === a.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: t}
            subjects: [{kind: ServiceAccount, name: default}, {kind: ServiceAccount, name: x, namespace: y}, {kind: User, name: default}]
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: t}
            """#),
        Case(
            "namespace transformer subjects none",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers:
            - |
              apiVersion: builtin
              kind: NamespaceTransformer
              metadata: {name: e, namespace: nn}
              setRoleBindingSubjects: none
              unsetOnly: true
              fieldSpecs: [{path: metadata/name, kind: Namespace, create: true}]
            === a.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: t, namespace: ""}
            subjects: [{kind: ServiceAccount, name: default}, {kind: ServiceAccount, name: x, namespace: y}, {kind: User, name: default}]
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: t}
            """#),
        Case(
            "transformer from a kustomization", root: "app",
            #"""
            === app/kustomization.yaml
            resources: [a.yaml]
            transformers: [../tr]
            === app/a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            === tr/kustomization.yaml
            resources: [l.yaml]
            patches: [{target: {kind: LabelTransformer}, patch: '[{"op": "replace", "path": "/labels/a", "value": "patched"}]'}]
            namePrefix: zz-
            === tr/l.yaml
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: l}
            labels: {a: b}
            fieldSpecs: [{path: metadata/labels, create: true}]
            """#),
        Case(
            "validators change without labels",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            validators: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: f}
            labels: {validated-by: me}
            fieldSpecs: [{path: metadata/labels, create: true}]
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
    ]
}
