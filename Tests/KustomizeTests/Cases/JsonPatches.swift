extension Cases {
    static let jsonPatches: [Case] = [
        Case(
            "test null only",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "test", "path": "/spec/a", "value": null}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "test null present",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "test", "path": "/spec/a", "value": null}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: null}
            """#),
        Case(
            "test floats",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "test", "path": "/spec/a", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: 1.0}
            """#),
        Case(
            "test mapping",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "test", "path": "/spec", "value": {"b": [1, "x"], "a": 1}}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: 1, b: [1, x]}
            """#),
        Case(
            "add past end",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/b/2", "value": 1}, {"op": "add", "path": "/spec/b/-4", "value": 0}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: 1, b: [1, x]}
            """#),
        Case(
            "negative on the way",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/b/-1/c", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "leading zero index",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/spec/b/01"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "plus index",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/spec/b/+1", "value": 3}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: [{a: 1}, {b: 1}]}
            """#),
        Case(
            "copy missing",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "copy", "from": "/spec/none", "path": "/spec/c"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: 1}
            """#),
        Case(
            "no value",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/c"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: 1}
            """#),
        Case(
            "no leading slash",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "spec/c", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: 1}
            """#),
        Case(
            "whole document",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "", "value": {"apiVersion": "v1", "kind": "X", "metadata": {"name": "z"}}}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: 1}
            """#),
        Case(
            "remove null member",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/spec/b"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: null, c: 1}
            """#),
        Case(
            "replaces kind and api",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namePrefix: p-
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/kind", "value": "Other"}, {"op": "replace", "path": "/apiVersion", "value": "f.com/v2"}]'}
            - {target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec", "value": 1}]'}
            - {target: {kind: Other, group: f.com}, patch: '[{"op": "add", "path": "/spec", "value": 2}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            """#),
    ]
}
