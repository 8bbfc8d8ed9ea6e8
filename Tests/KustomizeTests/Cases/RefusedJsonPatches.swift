extension Cases {
    static let refusedJsonPatches: [Case] = [
        Case(
            "negative out of bounds",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/spec/b/-3"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "replace dash",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/spec/b/-", "value": 3}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "replace index past",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/spec/b/2", "value": 3}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "move missing",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "move", "from": "/spec/none", "path": "/spec/c"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: 1}
            """#),
        Case(
            "into a string",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/b/c", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: x}
            """#),
    ]
}
