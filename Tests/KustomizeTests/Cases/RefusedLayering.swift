extension Cases {
    static let refusedLayering: [Case] = [
        Case(
            "component in base and overlay", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [../base]
            components: [../c1]
            === base/kustomization.yaml
            resources: [a.yaml]
            components: [../c1]
            === base/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: []}
            === c1/kustomization.yaml
            kind: Component
            configMapGenerator: [{name: cm, behavior: create, literals: [a=b]}]
            """#),
        Case(
            "component resource conflict", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [a.yaml]
            components: [../c1]
            === over/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            === c1/kustomization.yaml
            kind: Component
            resources: [../over/a.yaml]
            """#),
        Case(
            "same base twice unrenamed", root: "all",
            #"""
            === base/kustomization.yaml
            resources: [d.yaml]
            === base/d.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: cm}
            === a/kustomization.yaml
            resources: [../base]
            === b/kustomization.yaml
            resources: [../base]
            === all/kustomization.yaml
            resources: [../a, ../b]
            """#),
        Case(
            "patch by shared original name", root: "all",
            #"""
            === base/kustomization.yaml
            resources: [d.yaml]
            === base/d.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: cm}
            === a/kustomization.yaml
            resources: [../base]
            namePrefix: a-
            === b/kustomization.yaml
            resources: [../base]
            namePrefix: b-
            === all/kustomization.yaml
            resources: [../a, ../b]
            patches:
            - patch: |-
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cm}
                data: {x: "1"}
            """#),
        Case(
            "patches by a name that two had", root: "gcp",
            #"""
            === gcp/kustomization.yaml
            namePrefix: gcp-
            resources: [../emea]
            patchesStrategicMerge: [p.yaml]
            === gcp/p.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: foo}
            spec: {replicas: 9}
            === emea/kustomization.yaml
            namePrefix: emea-
            resources: [../prod, d.yaml]
            === emea/d.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: foo}
            === prod/kustomization.yaml
            namePrefix: prod-
            resources: [../base]
            === base/kustomization.yaml
            resources: [d.yaml]
            === base/d.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: foo}
            """#),
    ]
}
