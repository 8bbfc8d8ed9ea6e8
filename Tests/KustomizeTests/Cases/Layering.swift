extension Cases {
    static let layering: [Case] = [
        Case(
            "order of components", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [a.yaml]
            components: [../c1, ../c2]
            namePrefix: p-
            patches: [{target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/seen", "value": "over"}]'}]
            === over/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {}
            === c1/kustomization.yaml
            kind: Component
            namePrefix: c1-
            patches: [{target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/one", "value": 1}]'}]
            === c2/kustomization.yaml
            kind: Component
            nameSuffix: -c2
            components: [../c3]
            patches: [{target: {kind: Thing, name: c1-t-c3}, patch: '[{"op": "move", "from": "/spec/one", "path": "/spec/two"}]'}]
            === c3/kustomization.yaml
            kind: Component
            nameSuffix: -c3
            resources: [r.yaml]
            === c3/r.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "component twice", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [a.yaml]
            components: [../c1, ../c1]
            === over/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {list: []}
            === c1/kustomization.yaml
            kind: Component
            patches: [{target: {kind: Thing}, patch: '[{"op": "add", "path": "/spec/list/-", "value": 1}]'}]
            """#),
        Case(
            "component replaces via generator", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [../base]
            components: [../c1]
            === base/kustomization.yaml
            configMapGenerator: [{name: cm, literals: [a=b]}]
            === c1/kustomization.yaml
            kind: Component
            configMapGenerator: [{name: cm, behavior: replace, literals: [c=d]}]
            secretGenerator: [{name: s, literals: [e=f]}]
            """#),
        Case(
            "component only", root: "c1",
            #"""
            === c1/kustomization.yaml
            kind: Component
            resources: [r.yaml]
            === c1/r.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """#),
        Case(
            "duplicates by prefixes", root: "all",
            #"""
            === base/kustomization.yaml
            resources: [d.yaml]
            configMapGenerator: [{name: cm, literals: [a=b]}]
            === base/d.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {volumes: [{configMap: {name: cm}}, {secret: {secretName: s}}], serviceAccountName: sa}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: sa}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: crb}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cr}
            subjects: [{kind: ServiceAccount, name: sa, namespace: default}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: cr}
            === a/kustomization.yaml
            resources: [../base]
            namePrefix: a-
            === b/kustomization.yaml
            resources: [../base]
            namePrefix: b-
            nameSuffix: -b
            === c/kustomization.yaml
            resources: [../a, ../b]
            namePrefix: c-
            === all/kustomization.yaml
            resources: [../c, x.yaml]
            nameSuffix: -all
            === all/x.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: x}
            spec: {volumes: [{configMap: {name: a-cm}}, {configMap: {name: c-b-cm-b}}]}
            """#),
        Case(
            "duplicates ambiguous", root: "all",
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
            resources: [../a, ../b, x.yaml]
            === all/x.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: x}
            spec: {volumes: [{configMap: {name: cm}}]}
            """#),
        Case(
            "namespaces apart", root: "all",
            #"""
            === base/kustomization.yaml
            resources: [d.yaml]
            === base/d.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {volumes: [{configMap: {name: cm}}], serviceAccountName: sa}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: cm}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: sa}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: rb}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
            subjects: [{kind: ServiceAccount, name: sa}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: r}
            === a/kustomization.yaml
            resources: [../base]
            namespace: a
            nameSuffix: -x
            === b/kustomization.yaml
            resources: [../base]
            namespace: b
            nameSuffix: -x
            === all/kustomization.yaml
            resources: [../a, ../b]
            """#),
        Case(
            "patch of one of two", root: "all",
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
                metadata: {name: a-cm}
                data: {x: "1"}
            - target: {name: cm}
              patch: |-
                - {op: add, path: /metadata/labels, value: {all: "yes"}}
            """#),
        Case(
            "patches by a name in between", root: "gcp",
            #"""
            === gcp/kustomization.yaml
            namePrefix: gcp-
            resources: [../emea]
            patchesStrategicMerge: [p.yaml]
            === gcp/p.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: prod-foo}
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
        Case(
            "secrets by names in between and variables",
            #"""
            === kustomization.yaml
            namePrefix: project-
            resources: [app]
            === app/kustomization.yaml
            resources: [d.yaml, x]
            === app/d.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app}
            spec: {template: {spec: {containers: [{name: a, env: [{name: A, valueFrom: {secretKeyRef: {name: $(ZERO), key: k}}}, {name: B, valueFrom: {secretKeyRef: {name: one-sec, key: k}}}, {name: C, valueFrom: {secretKeyRef: {name: zero-sec, key: k}}}]}]}}}
            === app/x/kustomization.yaml
            resources: [zero, one]
            configurations: [c.yaml]
            === app/x/c.yaml
            varReference: [{path: spec/template/spec/containers/env/valueFrom/secretKeyRef/name}]
            === app/x/zero/kustomization.yaml
            namePrefix: zero-
            resources: [../../../base]
            secretGenerator: [{name: sec, behavior: merge, literals: [z=0]}]
            vars: [{name: ZERO, objref: {kind: Secret, name: sec, apiVersion: v1}, fieldref: {fieldpath: metadata.name}}]
            === app/x/one/kustomization.yaml
            namePrefix: one-
            resources: [../../../base]
            secretGenerator: [{name: sec, behavior: merge, literals: [o=1]}]
            === base/kustomization.yaml
            secretGenerator: [{name: sec, literals: [p=q]}]
            """#),
        Case(
            "patches on both sides of a diamond", root: "all",
            #"""
            === all/kustomization.yaml
            resources: [../a, ../b]
            patches:
            - target: {kind: Deployment, name: "(a|b)-web"}
              patch: |-
                - {op: add, path: /spec, value: {replicas: 3}}
            - patch: |-
                apiVersion: v1
                kind: Service
                metadata: {name: b-web}
                spec: {type: NodePort}
            === a/kustomization.yaml
            resources: [../base]
            namePrefix: a-
            patches: [{target: {kind: Service}, patch: '[{"op": "add", "path": "/spec", "value": {"a": 1}}]'}]
            === b/kustomization.yaml
            resources: [../base]
            namePrefix: b-
            === base/kustomization.yaml
            resources: [r.yaml]
            === base/r.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
    ]
}
