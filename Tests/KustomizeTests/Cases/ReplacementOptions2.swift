extension Cases {
    static let replacementOptions2: [Case] = [
        Case(
            "in component and generator", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [a.yaml]
            configMapGenerator: [{name: cm, literals: [k=v]}]
            components: [../comp]
            === over/a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p, labels: {x: "1"}}
            spec: {volumes: [{configMap: {name: cm}}]}
            === comp/kustomization.yaml
            kind: Component
            replacements:
            - source: {kind: ConfigMap, name: cm, fieldPath: metadata.name}
              targets: [{select: {kind: Pod}, fieldPaths: [metadata.labels.x]}]
            """#),
        Case(
            "same target selected with two",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'spec.v'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.w', 'spec.v', 'spec.w']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, w: x}
            """#),
    ]
}
