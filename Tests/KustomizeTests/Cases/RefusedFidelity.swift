extension Cases {
    static let refusedFidelity: [Case] = [
        Case(
            "duplicate keys",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, name: b}
            """#),
        Case(
            "no metadata",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            """#),
        Case(
            "scalar document",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            just text
            """#),
    ]
}
