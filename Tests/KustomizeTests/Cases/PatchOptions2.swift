extension Cases {
    static let patchOptions2: [Case] = [
        Case(
            "a merge with the same patch for two kinds",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - target: {kind: "Deployment|StatefulSet", labelSelector: "tier=x"}
              patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: any, annotations: {a: b}}
                spec: {template: {spec: {containers: [{name: c, image: new}]}}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, labels: {tier: x}}
            spec: {template: {spec: {containers: [{name: c, image: old, args: [a]}]}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s, labels: {tier: x}}
            spec: {template: {spec: {containers: [{name: b}, {name: c, image: old}]}}}
            """#),
        Case(
            "env added and removed by name",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec: {template: {spec: {containers: [{name: c, env: [{name: A, $patch: delete}, {name: B, value: null}, {name: D, valueFrom: null, value: x}], ports: [{containerPort: 80, protocol: TCP, $patch: delete}]}]}}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: c, env: [{name: A, value: a}, {name: B, value: b}, {name: C, value: c}, {name: D, valueFrom: {x: {}}}], ports: [{containerPort: 80, protocol: TCP}, {containerPort: 80, protocol: UDP}]}]}}}
            """#),
        Case(
            "json with yaml anchors",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - target: {kind: Pod}
              patch: |-
                - {op: add, path: /spec, value: &v {a: b}}
                - {op: add, path: /spec2, value: *v}
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            """#),
        Case(
            "target by name only with dots",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {name: a.b}, patch: '[{"op": "add", "path": "/hit", "value": 1}]'}
            - {target: {name: ".*"}, patch: '[{"op": "add", "path": "/all", "value": 1}]'}
            - {target: {name: "a|x"}, patch: '[{"op": "add", "path": "/alt", "value": 1}]'}
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: a.b}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: axb}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: xa}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: x}
            """#),
    ]
}
