extension Cases {
    static let refusedPlugins: [Case] = [
        Case(
            "configuration conflict",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            configurations: [c.yaml]
            namePrefix: p-
            === c.yaml
            namePrefix: [{path: metadata/name, create: true}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            """#),
        Case(
            "crds with a real crd",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            crds: [crd.yaml]
            === crd.yaml
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.e.com}
            spec: {group: e.com}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            """#),
        Case(
            "namespace transformer bad mode",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers:
            - |
              apiVersion: builtin
              kind: NamespaceTransformer
              metadata: {name: e, namespace: nn}
              setRoleBindingSubjects: nope
            === a.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: t}
            """#),
        Case(
            "exec function refused",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: e.com/v1
            kind: Fn
            metadata: {name: f, annotations: {config.kubernetes.io/function: "exec: {path: ./x.sh}"}}
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "unknown builtin",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: SortOrderTransformer
            metadata: {name: f}
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "prefix without specs",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: PrefixTransformer
            metadata: {name: f}
            prefix: a
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "generator as transformer",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: ConfigMapGenerator
            metadata: {name: f}
            literals: [a=b]
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "validators change",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            validators: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: f}
            labels: {other: me}
            fieldSpecs: [{path: metadata/labels, create: true}]
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s, labels: {a: b}}
            """#),
        Case(
            "vars diamond", root: "all",
            #"""
            === base/kustomization.yaml
            resources: [s.yaml]
            vars: [{name: S, objref: {kind: Service, name: web, apiVersion: v1}}]
            === base/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web, labels: {a: $(S)}}
            === a/kustomization.yaml
            resources: [../base]
            namePrefix: a-
            === b/kustomization.yaml
            resources: [../base]
            namePrefix: b-
            === all/kustomization.yaml
            resources: [../a, ../b]
            """#),
        Case(
            "an unknown field of a configuration",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            configurations: [c.yaml]
            === c.yaml
            namePrefixes: [{path: spec/prefixed, kind: Thing}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            """#),
    ]
}
