extension Cases {
    static let refusedFields: [Case] = [
        Case(
            "numeric labels",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            commonLabels: {a: 1}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            """#),
        Case(
            "metadata labels is a list",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            commonLabels: {a: b}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: [x]}
            """#),
        Case(
            "conflict of labels",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            labels: [{pairs: {a: b}, fields: [{path: metadata/labels, create: false}]}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            """#),
        Case(
            "images on custom field",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            images: [{name: a, newTag: "1"}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: p}
            spec: {template: {spec: {containers: [{image: a}]}}, containers: a, image: a, deep: {initContainers: [{image: a}], containers: {image: a}}}
            """#),
        Case(
            "resource listed twice",
            #"""
            === kustomization.yaml
            resources: [a.yaml, a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            """#),
        Case(
            "kustomization as resource file",
            #"""
            === kustomization.yaml
            resources: [b/kustomization.yaml]
            === b/kustomization.yaml
            resources: [a.yaml]
            === b/a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            """#),
    ]
}
