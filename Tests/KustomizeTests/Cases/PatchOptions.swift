extension Cases {
    static let patchOptions: [Case] = [
        Case(
            "options off",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {path: p.yaml, options: {allowNameChange: true}}
            === p.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {x: "1"}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: NodePort}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
        Case(
            "name change and references",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namePrefix: p-
            patches:
            - target: {kind: ConfigMap}
              options: {allowNameChange: true}
              patch: |-
                - {op: replace, path: /metadata/name, value: renamed}
            === b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {volumes: [{configMap: {name: c}}]}
            """#),
        Case(
            "json rename then reference",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - target: {kind: ConfigMap}
              patch: |-
                - {op: replace, path: /metadata/name, value: renamed}
            - target: {kind: ConfigMap, name: c}
              patch: |-
                - {op: add, path: /data, value: {a: b}}
            - target: {kind: ConfigMap, name: renamed}
              patch: |-
                - {op: add, path: /data/c, value: d}
            === b.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {volumes: [{configMap: {name: c}}]}
            """#),
        Case(
            "json corners",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - target: {kind: Thing}
              patch: |-
                - {op: add, path: /spec/list/-, value: z}
                - {op: add, path: "/metadata/annotations/a~1b", value: c}
                - {op: add, path: "/spec/x~0y", value: 1}
                - {op: add, path: /spec/nums/0, value: zero}
                - {op: test, path: /spec/list/0, value: a}
                - {op: copy, from: /spec/list/0, path: /spec/list/-}
                - {op: move, from: /spec/old, path: /spec/new}
                - {op: remove, path: /spec/list/1}
                - {op: replace, path: /spec/list/0, value: {deep: [1, null]}}
                - {op: add, path: /spec/nullv, value: null}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: [a, b, c], old: {a: b}, nums: {"0": x, "1": y}}
            """#),
        Case(
            "json negative index",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/spec/a/-1"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: [1, 2, 3]}
            """#),
        Case(
            "json negative index replace",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/spec/a/-1", "value": 9}, {"op": "add", "path": "/spec/a/-1", "value": 8}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {a: [1, 2, 3]}
            """#),
        Case(
            "json replace missing",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "replace", "path": "/spec/a", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "json no match is fine",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Nope}, patch: '[{"op": "remove", "path": "/spec/a"}]'}
            - target: {kind: Nope}
              patch: |-
                kind: X
                metadata: {name: y}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            """#),
        Case(
            "json numbers",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - target: {kind: Thing}
              patch: |-
                - {op: add, path: /spec/a, value: 1.0}
                - {op: add, path: /spec/b, value: 1e3}
                - {op: add, path: /spec/c, value: 0o17}
                - {op: add, path: /spec/d, value: yes}
                - {op: add, path: /spec/e, value: 1_000}
                - {op: add, path: /spec/f, value: 12345678901234567890}
                - {op: add, path: /spec/g, value: 0777}
                - {op: add, path: /spec/h, value: "1"}
                - {op: add, path: /spec/i, value: 1.5}
                - {op: add, path: /spec/j, value: 100000000}
                - {op: add, path: /spec/k, value: ~}
                - {op: add, path: /spec/l, value: 2001-01-01}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {n: 1.0, m: 1e3, o: 1_000, p: 0.10, q: 1e100}
            """#),
        Case(
            "annotations removed by json",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {kind: Thing}, patch: '[{"op": "remove", "path": "/metadata/annotations"}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: {a: b}}
            """#),
        Case(
            "primitive list directives",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  finalizers: [b, c]
                  $deleteFromPrimitiveList/finalizers: [a]
                spec:
                  containers: [{name: a, args: [x], $setElementOrder/env: [{name: B}, {name: A}], env: [{name: C, value: c}]}]
                  $retainKeys: [containers]
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p, finalizers: [a, b]}
            spec: {containers: [{name: a, args: [y, z], env: [{name: A, value: a}, {name: B, value: b}]}], hostNetwork: true}
            """#),
        Case(
            "strategic list of unknown type with patch delete",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {list: [{name: a, $patch: delete}], m: {$patch: delete}, n: {$patch: replace, x: "1"}}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: [{name: a}, {name: b}], m: {a: b}, n: {c: d}}
            """#),
        Case(
            "env merges with valueFrom",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: p}
                spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: null, valueFrom: {secretKeyRef: {name: s, key: k}}}], envFrom: [{configMapRef: {name: n}}], volumeMounts: [{name: v, mountPath: /a}], ports: [{containerPort: 80, name: http}]}], tolerations: [{key: k}], volumes: [{name: v, $patch: delete}]}}}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: p}
            spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: a}, {name: B, value: b}], envFrom: [{secretRef: {name: n}}], volumeMounts: [{name: w, mountPath: /a}, {name: w, mountPath: /b}], ports: [{containerPort: 80}, {containerPort: 81}]}], tolerations: [{key: j}], volumes: [{name: v, emptyDir: {}}, {name: w, emptyDir: {}}]}}}
            """#),
        Case(
            "targets by regex groups",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - {target: {name: "^(a|b).*x$"}, patch: '[{"op": "add", "path": "/hit", "value": 1}]'}
            - {target: {group: "e.*", version: "v[12]", kind: "T.*g"}, patch: '[{"op": "add", "path": "/hit2", "value": 1}]'}
            - {target: {namespace: "n."}, patch: '[{"op": "add", "path": "/hit3", "value": 1}]'}
            - {target: {name: "a"}, patch: '[{"op": "add", "path": "/hit4", "value": 1}]'}
            - {target: {labelSelector: "app in (x, y), tier notin (z)", annotationSelector: "!zz"}, patch: '[{"op": "add", "path": "/hit5", "value": 1}]'}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: ax, namespace: nn, labels: {app: x}}
            ---
            apiVersion: e.com/v2
            kind: Thing
            metadata: {name: bcx, labels: {app: y, tier: z}}
            ---
            apiVersion: f.com/v2
            kind: Thing
            metadata: {name: a, annotations: {zz: q}, labels: {app: x}}
            """#),
        Case(
            "strategic namespace default",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t, namespace: default}
                spec: {a: b}
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            """#),
        Case(
            "strategic two namespaces",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patches:
            - patch: |-
                apiVersion: e.com/v1
                kind: Thing
                metadata: {name: t, namespace: b}
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
            "sm list in one",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            patchesStrategicMerge:
            - |-
              apiVersion: e.com/v1
              kind: Thing
              metadata: {name: t}
              spec: {a: b}
              ---
              apiVersion: e.com/v1
              kind: Thing
              metadata: {name: u}
              $patch: delete
            === b.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: u}
            """#),
        Case(
            "kind change with target",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            namePrefix: x-
            patches:
            - target: {kind: Deployment}
              options: {allowKindChange: true}
              patch: |-
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: ignored}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: d}
            spec: {scaleTargetRef: {kind: Deployment, name: d}}
            """#),
    ]
}
