extension Cases {
    static let fidelity: [Case] = [
        Case(
            "values",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: {num: "1", b: "true", nul: "null", tilde: "~", f: "1.0", e: "1e3", o: "0o17", hex: "0x1f", yy: "yes", onn: "on", d: "2001-01-01", empty: "", sp: " x ", multi: "a\nb\n", colon: "a: b", hash: "a #b", dash: "- a", star: "*a", amp: "&a", pct: "%a", at: "@a", q: "'", dq: "\"", tab: "a\tb", uni: "ü€", under: "1_000", plus: "+1", inf: ".inf", nan: ".nan", ver: "1.2.3", ip: "1.1.1.1", time: "12:30:45", base60: "1:30", big: "12345678901234567890123", exp: "1E5", neg: "-0", lead: "007"}}
            spec:
              num: 1
              f: 1.0
              f2: 1.50
              e: 1e3
              e2: 1E+2
              o: 0o17
              oct: 017
              hex: 0x1F
              bin: 0b101
              yy: yes
              onn: on
              YY: Y
              "y": quoted
              t: True
              tt: TRUE
              nul: null
              nul2: Null
              tilde: ~
              none:
              d: 2001-01-01
              under: 1_000
              plus: +1
              ver: 1.2.3
              b60: 1:30
              big: 12345678901234567890123
              maxi: 9223372036854775807
              maxu: 18446744073709551615
              neg: -5
              negz: -0
              emptym: {}
              emptyl: []
              emptys: ""
              fold: >
                a
                b

                c
              lit: |-
                x
                  y
              keep: |+
                z

              "quoted key": 1
              "1": one
              nested: [[1, [2]], {a: [{}]}, null, ~]
              small: 0.00001
              large: 1e21
              flt: 123456789.123
            """#),
        Case(
            "null labels and annotations",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            commonLabels: {a: b}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t, annotations: null, labels: null, namespace: null}
            spec: null
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: u, annotations: {}, labels: {}}
            spec: {}
            status:
            """#),
        Case(
            "numeric names",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: 123, labels: {a: 1}}
            """#),
        Case(
            "long lines and unicode",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {long: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccccccccc dddddddddddddddddd", emoji: "😀 \u00e9 \x41", nul: "a\0b", cr: "a\r\nb"}
            """#),
        Case(
            "anchors across docs",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            patches:
            - target: {kind: ConfigMap, name: a}
              patch: |-
                - {op: replace, path: /data/b, value: new}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: &l {x: "1"}, annotations: *l}
            data: {a: &v val, b: *v, c: *v}
            """#),
        Case(
            "merge keys",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: &d {a: "1", b: "2"}
            x: {<<: *d, b: "3"}
            y: {<<: [*d, {c: "4"}], d: "5"}
            """#),
        Case(
            "crlf and bom",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data:
              x: |
                one
                two
            """#),
        Case(
            "list kinds",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMapList
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            ---
            apiVersion: v1
            kind: List
            items: []
            ---
            apiVersion: v1
            kind: List
            ---
            apiVersion: e.com/v1
            kind: AllowList
            metadata: {name: q}
            spec: {}
            """#),
        Case(
            "empty documents",
            #"""
            === kustomization.yaml
            resources: [a.yaml, b.yaml]
            === a.yaml
            ---
            # only comment
            ---
            === b.yaml
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            ---
            """#),
        Case(
            "no apiVersion",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            kind: ConfigMap
            metadata: {name: a}
            """#),
        Case(
            "dates",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {d: 2001-01-01}}
            data: {a: 2001-1-2, b: 2001-12-14t21:59:43.10-05:00, c: 2001-12-14 21:59:43.1 -5, d: 2001-12-14 21:59:43, e: "2001-01-01", f: 2001-12-14T21:59:43Z, g: 2001-13-45, h: 2001-02-30, i: 2001-12-14 21:59:43.123456789123, k: 2001-12-14T21:59:43+05:30, l: 0001-01-01}
            """#),
        Case(
            "dates annotation",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {d: 2001-01-01}}
            """#),
        Case(
            "dates annotation with prefix",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {d: 2001-01-01, n: 1.0}}
            """#),
        Case(
            "date patched in",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            patches:
            - patch: |-
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data: {a: 2001-01-01, b: 2001-01-02}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {a: x}
            """#),
        Case(
            "annotation texts",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            commonAnnotations: {extra: "1.0"}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {a: 1.0, b: 1.10, c: True, d: 0o17, e: 1e3, f: 0x1F, g: 1_000, h: ~, i: null, j: , k: yes, l: +1, m: "x", o: 12345678901234567890123}}
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: b, annotations: {a: 1.0}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec: {template: {metadata: {annotations: {a: 1.0, b: 5}}}}
            """#),
        Case(
            "numeric apiVersion",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            patches: [{path: p.yaml}, {path: p.yaml}]
            === a.yaml
            apiVersion: 1
            kind: dnc
            metadata: {name: dnc}
            thing: null
            === p.yaml
            apiVersion: 1
            kind: dnc
            metadata: {name: dnc}
            """#),
        Case(
            "a list kind without items",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: e.com/v1
            kind: ThingList
            metadata: {name: test}
            rules: []
            """#),
        Case(
            "nulls below merged lists",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            patches: [{path: p.yaml}, {path: p.yaml}]
            === a.yaml
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s}
            spec: {template: {spec: {containers: [{k: null, name: n, env: []}], volumes: []}}}
            other: {template: {spec: {containers: [{k: null, name: n}]}}}
            === p.yaml
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s}
            """#),
        Case(
            "empty arrays kept",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            patches: [{path: p.yaml}]
            === a.yaml
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: n}
            spec: {podSelector: {}, ingress: [], egress: [{}], policyTypes: [Ingress]}
            === p.yaml
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: n}
            spec: {podSelector: {}, extra: [], more: {}}
            """#),
        Case(
            "blank strings",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            commonAnnotations: {e: ""}
            patches: [{path: p.yaml}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: n, annotations: {a: "", b: ''}}
            data: {a: "", b: '', c: " ", e: "\n"}
            === p.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: n}
            data: {f: "", g: " "}
            """#),
    ]
}
