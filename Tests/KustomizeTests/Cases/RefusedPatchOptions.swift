extension Cases {
    static let refusedPatchOptions: [Case] = [
        Case(
            "several in file with target",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - path: p.yaml
              target: {kind: Deployment}
            === p.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x, labels: {x: "1"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: y, labels: {z: "1"}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            """#),
        Case(
            "json missing parent",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/a/b", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "json index too large",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/a/5", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: [1]}
            """#),
        Case(
            "json remove missing",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/spec/a"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "json unknown op",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "merge", "path": "/spec/a", "value": null}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "two objects empty patch",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - path: p.yaml
            === p.yaml
            # nothing
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: {a: b}}
            """#),
        Case(
            "delete then target",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                $patch: delete
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {a: b}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: {a: b}}
            """#),
        Case(
            "strategic without apiVersion",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                kind: Thing
                metadata: {name: t}
                spec: {a: b}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            """#),
        Case(
            "strategic ambiguous namespace",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {a: b}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, namespace: a}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, namespace: b}
            """#),
        Case(
            "multi document json and sm mix",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - path: p.yaml
            === p.yaml
            - {op: add, path: /a, value: b}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            """#),
        Case(
            "patch both text and path",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {path: p.yaml, patch: "a: b"}
            === p.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            """#),
    ]
}
