extension Cases {
    static let refusedGeneratorOptions: [Case] = [
        Case(
            "file missing",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              files: [none.txt]
            """#),
        Case(
            "duplicate across env and literal",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              envs: [a.env]
              literals: [A=2]
            === a.env
            A=1
            """#),
        Case(
            "merge namespaced mismatch", root: "over",
            #"""
            === base/kustomization.yaml
            namespace: nn
            configMapGenerator: [{name: a, literals: [A=2]}]
            === over/kustomization.yaml
            resources: [../base]
            configMapGenerator:
            - {name: a, namespace: zz, behavior: merge, literals: [B=3]}
            """#),
        Case(
            "same name two namespaces",
            #"""
            === kustomization.yaml
            configMapGenerator: [{name: a, namespace: x, literals: [A=2]}, {name: a, namespace: y, literals: [A=3]}, {name: a, literals: [A=4]}]
            """#),
    ]
}
