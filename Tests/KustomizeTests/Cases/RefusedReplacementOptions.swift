extension Cases {
    static let refusedReplacementOptions: [Case] = [
        Case(
            "delimiter source and target",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.url, options: {delimiter: "://", index: 1}}
              targets:
              - select: {kind: Other}
                fieldPaths: [spec.host, 'spec.list.[name=a].v', spec.list.1.v]
              - select: {kind: Other}
                fieldPaths: [spec.path]
                options: {delimiter: /, index: 1}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {url: "https://host:80/x"}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o}
            spec: {host: x, path: a/b/c, list: [{name: a, v: 1}, {name: b, v: z}]}
            """#),
        Case(
            "source index out of bounds",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.url, options: {delimiter: ".", index: 7}}
              targets: [{select: {kind: Thing}, fieldPaths: [spec.x]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {url: "https", x: "y1"}
            """#),
        Case(
            "wildcard everywhere",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.v}
              targets:
              - select: {kind: Other}
                fieldPaths: ['spec.list.*.v', 'spec.*.q']
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o}
            spec: {list: [{name: a, v: w}, {v: c}]}
            """#),
        Case(
            "wildcard on mapping",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.v}
              targets:
              - select: {kind: Other}
                fieldPaths: ['spec.*.q']
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o}
            spec: {m: {q: w}, n: {q: c}}
            """#),
        Case(
            "null source",
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
            spec: {m: null}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: x}
            """#),
        Case(
            "empty mapping source",
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
            spec: {m: {}}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: x}
            """#),
        Case(
            "null target",
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
            spec: {m: abc}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {w: null}
            """#),
        Case(
            "bool to string and number to string",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, name: t, fieldPath: spec.b}
              targets: [{select: {kind: Other}, fieldPaths: [spec.q, spec.p, spec.lit]}]
            - source: {kind: Thing, name: t, fieldPath: spec.n}
              targets: [{select: {kind: Other}, fieldPaths: [spec.q2, spec.p2, spec.n2]}]
            - source: {kind: Thing, name: t, fieldPath: spec.f}
              targets: [{select: {kind: Other}, fieldPaths: [spec.f2, spec.f3]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {b: true, n: 5, f: 1.50}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o2}
            spec: {q: "x", p: x, q2: "x", p2: x, n2: 7, f2: "x", f3: 1, lit: 'x'}
            """#),
        Case(
            "no targets",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            """#),
        Case(
            "no select",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets: [{fieldPaths: [spec.w]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            """#),
        Case(
            "path and source",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - path: r.yaml
              source: {kind: Thing, fieldPath: spec.v}
              targets: [{select: {kind: Thing}, fieldPaths: [spec.v]}]
            === r.yaml
            source: {kind: Thing, fieldPath: spec.v}
            targets: [{select: {kind: Thing}, fieldPaths: [spec.v]}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello}
            """#),
        Case(
            "escaped dots and brackets",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'metadata.annotations.a\.b/c'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.m.[x.y].z', 'spec.l.[name=a.b].v', 'spec.l.[=q].v']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: {a.b/c: hi}}
            spec: {m: {x.y: {z: 1a}}, l: [{name: a.b, v: w}, {name: axb, v: w}]}
            """#),
        Case(
            "negative index element",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: spec.v}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.l.-.v']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, l: [{v: a}, {v: b}]}
            """#),
        Case(
            "wildcard source",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'spec.l.*.v'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.v']}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, l: [{v: a}, {v: b}]}
            """#),
        Case(
            "create in existing scalar",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'spec.v'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.w.x'], options: {create: true}}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, w: x}
            """#),
        Case(
            "create wildcard missing list",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replacements:
            - source: {kind: Thing, fieldPath: 'spec.v'}
              targets:
              - {select: {kind: Thing}, fieldPaths: ['spec.none.*.x'], options: {create: true}}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {v: hello, w: x}
            """#),
    ]
}
