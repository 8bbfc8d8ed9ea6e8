extension Cases {
    static let buildMetadata: [Case] = [
        Case(
            "buildmeta origin", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [s.yaml]
            configMapGenerator: [{name: g, literals: [a=b]}]
            === base/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web2, annotations: {x: y}}
            === over/kustomization.yaml
            resources: [../base, t.yaml]
            components: [../comp]
            buildMetadata: [originAnnotations]
            configMapGenerator: [{name: g, behavior: merge, literals: [c=d]}, {name: h, literals: [c=d]}]
            generators:
            - |-
              apiVersion: builtin
              kind: ConfigMapGenerator
              metadata: {name: inl}
              literals: [a=b]
            - gen.yaml
            === over/gen.yaml
            apiVersion: builtin
            kind: SecretGenerator
            metadata: {name: inl2}
            literals: [a=b]
            === over/t.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: t}
            === comp/kustomization.yaml
            kind: Component
            resources: [c.yaml]
            === comp/c.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: c}
            """#),
        Case(
            "buildmeta all", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [s.yaml]
            namePrefix: b-
            buildMetadata: [managedByLabel]
            configMapGenerator: [{name: g, literals: [a=b]}]
            === base/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            === over/kustomization.yaml
            resources: [../base]
            buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]
            namespace: x
            labels: [{pairs: {a: b}}]
            images: [{name: a, newTag: b}]
            configMapGenerator: [{name: g, behavior: merge, literals: [c=d]}]
            patches: [{target: {kind: Service}, patch: '[{"op": "add", "path": "/spec", "value": {"hit": 1}}]'}]
            transformers:
            - |-
              apiVersion: builtin
              kind: PrefixTransformer
              metadata: {name: mine}
              prefix: zz-
              fieldSpecs: [{path: metadata/name}]
            - tr.yaml
            === over/tr.yaml
            apiVersion: builtin
            kind: AnnotationsTransformer
            metadata: {name: anno, namespace: q}
            annotations: {n: m}
            fieldSpecs: [{path: metadata/annotations, create: true}]
            """#),
        Case(
            "buildmeta transformer only",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            buildMetadata: [transformerAnnotations]
            namePrefix: x-
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
        Case(
            "buildmeta bad",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            buildMetadata: [nonsense]
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
        Case(
            "buildmeta only in base", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [s.yaml]
            buildMetadata: [originAnnotations]
            === base/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            === over/kustomization.yaml
            resources: [../base]
            """#),
        Case(
            "managed by only",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            buildMetadata: [managedByLabel]
            === s.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            """#),
    ]
}
