extension Cases {
    static let replacementOptions: [Case] = [
        Case(
            "create nested in lists",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.v}
              targets:
              - select: {kind: Other}
                fieldPaths: ['spec.list.[name=new].v', 'spec.deep.[a=b].c.[d=e].f', 'metadata.annotations.[x.y/z]', metadata.labels.new]
                options: {create: true}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o}
            spec: {list: [{name: a, v: 1}]}
            """#),
        Case(
            "select by labels and annotations",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.v}
              targets:
              - select: {labelSelector: "a=b"}
                reject: [{annotationSelector: "no=way"}, {name: o3}]
                fieldPaths: [spec.w]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o1, labels: {a: b}}
            spec: {w: x}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2, labels: {a: b}, annotations: {no: way}}
            spec: {w: x}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o3, labels: {a: b}}
            spec: {w: x}
            """#),
        Case(
            "reject by name and label combined",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.v}
              targets:
              - select: {kind: Other}
                reject: [{name: o1, labelSelector: "a=c"}]
                fieldPaths: [spec.w]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o1, labels: {a: b}}
            spec: {w: x}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2, labels: {a: c}}
            spec: {w: x}
            """#),
        Case(
            "source is mapping to missing create",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.m}
              targets: [{select: {kind: Other}, fieldPaths: [spec.made, spec.list.0], options: {create: true}}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {m: {a: [1, {b: c}]}}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2, labels: {a: c}}
            spec: {w: x, list: [{z: 1}]}
            """#),
        Case(
            "list source onto scalar",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.m}
              targets: [{select: {kind: Other}, fieldPaths: [spec.w]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {m: [1, 2]}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: x}
            """#),
        Case(
            "mapping source onto scalar",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.m}
              targets: [{select: {kind: Other}, fieldPaths: [spec.w]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {m: {a: b}}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: x}
            """#),
        Case(
            "scalar source onto mapping",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.m}
              targets: [{select: {kind: Other}, fieldPaths: [spec.w]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {m: "5"}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: {x: "y"}}
            """#),
        Case(
            "empty source",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.m}
              targets: [{select: {kind: Other}, fieldPaths: [spec.w]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {m: ""}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: x}
            """#),
        Case(
            "under new and old names", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [a.yaml]
            namePrefix: b-
            namespace: nn
            === base/a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data: {k: v}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s, labels: {x: "1"}}
            === over/kustomization.yaml
            resources: [../base]
            namePrefix: o-
            replacements:
            - source: {kind: ConfigMap, name: c, namespace: default, fieldPath: data.k}
              targets: [{select: {kind: Service, name: b-s, namespace: nn}, fieldPaths: [metadata.labels.x]}]
            - source: {kind: ConfigMap, name: o-b-c}
              targets: [{select: {name: s}, fieldPaths: [metadata.labels.y], options: {create: true}}]
            """#),
        Case(
            "by group and version",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {group: e.com, version: v1, kind: Thing, fieldPath: spec.v}
              targets:
              - {select: {group: e.com, version: v2}, fieldPaths: [spec.w]}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v2
            kind: Thing
            metadata: {name: t2}
            spec: {w: hello1}
            """#),
        Case(
            "regex in select is literal",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets:
              - {select: {kind: "Oth.*"}, fieldPaths: [spec.w]}
              - {select: {kind: Other, name: "o.*"}, fieldPaths: [spec.w]}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v2
            kind: Other
            metadata: {name: t2}
            spec: {w: hello1}
            ---
            apiVersion: e.com/v2
            kind: Other
            metadata: {name: o.2}
            spec: {w: hello1}
            """#),
        Case(
            "delimiter creates",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets: [{select: {kind: Thing}, fieldPaths: [spec.new], options: {create: true, delimiter: ",", index: 1}}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            """#),
        Case(
            "number into delimited",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets: [{select: {kind: Thing}, fieldPaths: [spec.w, spec.q, spec.lone], options: {delimiter: ":", index: 1}}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: 80, w: "a:1:b", q: 'a:1', lone: a}
            """#),
        Case(
            "multi-line source",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets: [{select: {kind: Thing}, fieldPaths: [spec.w, spec.x], options: {create: true}}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec:
              v: |
                line 1
                line: 2
              w: plain
            """#),
        Case(
            "into a name and a namespace",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets:
              - {select: {kind: ConfigMap}, fieldPaths: [metadata.name, metadata.namespace]}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, namespace: q}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: q}
            spec: {volumes: [{configMap: {name: c}}]}
            """#),
        Case(
            "source in list by key",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Deployment, fieldPath: 'spec.template.spec.containers.[name=web].image', options: {delimiter: ":", index: 1}}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.v']}
            - source: {kind: Deployment, fieldPath: 'spec.template.spec.containers.0.ports.[name=http].containerPort'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.p', 'spec.ps']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, p: 1, ps: "1"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: web, image: "nginx:1.2", ports: [{name: http, containerPort: 8080}]}]}}}
            """#),
        Case(
            "partial match regex element",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'spec.v'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.l.[name=^a.*$].v']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, l: [{name: ab, v: a}, {name: ba, v: b}]}
            """#),
    ]
}
