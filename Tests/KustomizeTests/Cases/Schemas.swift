extension Cases {
    static let schemas: [Case] = [
        Case(
            "openapi custom",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            openapi: {path: s.json}
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {list: [{name: a, image: new}], other: [{name: a}], inner: {items: [{id: 2, v: z}]}, prim: [c]}
            === s.json
            {"definitions": {
             "e.com.v1.Thing": {"properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}, "spec": {"$ref": "#/definitions/Spec"}},
              "x-kubernetes-group-version-kind": [{"group": "e.com", "version": "v1", "kind": "Thing"}]},
             "Spec": {"properties": {"list": {"type": "array", "items": {"$ref": "#/definitions/Item"}, "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"},
              "prim": {"type": "array", "items": {"type": "string"}, "x-kubernetes-patch-strategy": "merge"},
              "inner": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}, "x-kubernetes-list-map-keys": ["id"], "x-kubernetes-list-type": "map"}}}}},
             "Item": {"type": "object", "properties": {"name": {"type": "string"}}}}}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: [{name: b, x: "1"}, {name: a, image: old, y: "1"}], other: [{name: b}], inner: {items: [{id: 1}, {id: 2, w: q}]}, prim: [a, b]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            """#),
        Case(
            "openapi replaces the builtin",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namespace: nn
            openapi: {path: s.json}
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec: {template: {spec: {containers: [{name: a, image: new}]}}}
            === s.json
            {"definitions": {
             "e.com.v1.Thing": {"properties": {"apiVersion": {"type": "string"}},
              "x-kubernetes-group-version-kind": [{"group": "e.com", "version": "v1", "kind": "Thing"}]}}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: b, x: "1"}, {name: a, image: old, y: "1"}]}}}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: d}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: d}
            """#),
        Case(
            "openapi in the base only", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [b.yaml]
            openapi: {path: s.json}
            === base/s.json
            {"definitions": {
             "e.com.v1.Thing": {"properties": {"spec": {"type": "object", "properties": {"list": {"type": "array", "items": {"type": "object"}, "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}}}},
              "x-kubernetes-group-version-kind": [{"group": "e.com", "version": "v1", "kind": "Thing"}]}}}
            === base/b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: [{name: b, x: "1"}, {name: a, image: old, y: "1"}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: b, x: "1"}, {name: a, image: old, y: "1"}]}}}
            === over/kustomization.yaml
            resources: [../base]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {list: [{name: a, image: new}]}
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec: {template: {spec: {containers: [{name: a, image: new}]}}}
            """#),
        Case(
            "openapi version",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            openapi: {version: v1.21.2}
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec: {template: {spec: {containers: [{name: a, image: new}]}}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: b, x: "1"}, {name: a, image: old, y: "1"}]}}}
            """#),
        Case(
            "openapi yaml with scope",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namespace: nn
            openapi: {path: s.yaml}
            === s.yaml
            definitions:
              e.com.v1.Thing:
                properties: {spec: {type: object}}
                x-kubernetes-group-version-kind: [{group: e.com, version: v1, kind: Thing}]
            paths:
              /apis/e.com/v1/things:
                get:
                  x-kubernetes-action: list
                  x-kubernetes-group-version-kind: {group: e.com, version: v1, kind: Thing}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: d}
            """#),
        Case(
            "scope of custom schema with patch and twice names",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namePrefix: p-
            namespace: nn
            openapi: {path: s.yaml}
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: d}
                spec: {list: [{k1: a, k2: b, v: "2"}], m: {x: {l: [{name: q, z: "1"}]}}, self: {self: {list: [{k1: a, k2: c}]}}}
            === s.yaml
            definitions:
              Thing:
                properties:
                  spec: {$ref: "#/definitions/Spec"}
                x-kubernetes-group-version-kind: [{group: e.com, version: v1, kind: Thing}]
              Spec:
                type: object
                properties:
                  list: {type: array, items: {type: object}, x-kubernetes-list-map-keys: [k1, k2], x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: k1}
                  m: {type: object, additionalProperties: {type: object, properties: {l: {type: array, items: {type: object}, x-kubernetes-patch-strategy: "merge,retainKeys", x-kubernetes-patch-merge-key: name}}}}
                  self: {$ref: "#/definitions/Spec"}
            paths:
              /apis/e.com/v1/things:
                get:
                  x-kubernetes-group-version-kind: {group: e.com, version: v1, kind: Thing}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: d}
            spec: {list: [{k1: a, k2: b, w: "1"}, {k1: a, k2: c}], m: {x: {l: [{name: p}, {name: q, y2: "1"}]}}, self: {self: {list: [{k1: a, k2: c, w: "1"}]}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            """#),
        Case(
            "crd in resources gives no schema",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: d}
                spec: {list: [{name: a, v: "2"}]}
            === b.yaml
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.e.com}
            spec: {group: e.com, scope: Cluster, names: {kind: Thing}, versions: [{name: v1, schema: {openAPIV3Schema: {properties: {spec: {properties: {list: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}}}}}}}]}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: d}
            spec: {list: [{name: a, w: "1"}, {name: b}]}
            """#),
    ]
}
