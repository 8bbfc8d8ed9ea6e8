extension Cases {
    static let generatorOptions: [Case] = [
        Case(
            "envs and quotes",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              envs: [a.env, b.env]
              literals: ["q='single'", 'd="double"', "m='mismatch\"", 'multi=line 1\nline 2', "e='", 'sp=  x  ', 'u=ü']
            === a.env
            # comment
            A=1
             B = spaced
            C="quoted"
            D=a=b=c

            E=
            F='x' # no comment
              # indented comment
            === b.env
            export G=1
            """#),
        Case(
            "bad key",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              literals: ["a b=c"]
            """#),
        Case(
            "bad env key",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              envs: [a.env]
            === a.env
            A B=1
            """#),
        Case(
            "env key invalid start",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              envs: [a.env]
            === a.env
            1A-b.c=1
            """#),
        Case(
            "env equals first",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - name: a
              envs: [a.env]
            === a.env
            =1
            """#),
        Case(
            "behaviours unknown",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - {name: a, behavior: bogus, literals: [A=2]}
            """#),
        Case(
            "merge keeps type and labels", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [r.yaml]
            configMapGenerator:
            - {name: a, literals: [A=2], options: {labels: {x: "1"}, annotations: {z: "2"}, immutable: true}}
            secretGenerator:
            - {name: s, type: kubernetes.io/tls, literals: [tls.crt=a, tls.key=b]}
            === base/r.yaml
            apiVersion: v1
            kind: Secret
            metadata: {name: plain, labels: {q: r}}
            stringData: {a: b}
            data: {c: ZA==}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: bin}
            binaryData: {z: AAEC}
            === over/kustomization.yaml
            resources: [../base]
            configMapGenerator:
            - {name: a, behavior: merge, literals: [B=3], options: {labels: {x: "3", nn: "4"}}}
            - {name: bin, behavior: merge, literals: [t=u]}
            secretGenerator:
            - {name: s, behavior: merge, literals: [more=x]}
            - {name: plain, behavior: replace, literals: [d=e]}
            """#),
        Case(
            "merge across namespaces", root: "over",
            #"""
            === base/kustomization.yaml
            namespace: nn
            configMapGenerator: [{name: a, literals: [A=2]}, {name: b, namespace: other, literals: [A=2]}]
            === over/kustomization.yaml
            resources: [../base]
            configMapGenerator:
            - {name: a, behavior: merge, literals: [B=3]}
            - {name: b, namespace: nn, behavior: merge, literals: [B=3]}
            """#),
        Case(
            "hash off then merged on", root: "over",
            #"""
            === base/kustomization.yaml
            configMapGenerator: [{name: a, literals: [A=2], options: {disableNameSuffixHash: true}}]
            === over/kustomization.yaml
            resources: [../base]
            configMapGenerator: [{name: a, behavior: replace, literals: [B=3]}]
            """#),
        Case(
            "hash on then merged off", root: "over",
            #"""
            === base/kustomization.yaml
            configMapGenerator: [{name: a, literals: [A=2]}]
            === over/kustomization.yaml
            resources: [../base]
            configMapGenerator: [{name: a, behavior: merge, literals: [B=3], options: {disableNameSuffixHash: true}}]
            """#),
        Case(
            "needs hash annotation on resource",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            === r.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, annotations: {kustomize.config.k8s.io/needs-hash: "true", internal.config.kubernetes.io/needsHashSuffix: enabled}}
            data: {a: b}
            """#),
        Case(
            "behavior annotation on resource", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [r.yaml]
            === base/r.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data: {a: b}
            === over/kustomization.yaml
            resources: [../base]
            generators: [g.yaml]
            === over/g.yaml
            apiVersion: builtin
            kind: ConfigMapGenerator
            metadata: {name: c, annotations: {x: "y"}}
            behavior: replace
            literals: [q=r]
            """#),
        Case(
            "empty literals and null",
            #"""
            === kustomization.yaml
            configMapGenerator: [{name: a, literals: null, files: [], options: null}]
            generatorOptions: null
            """#),
        Case(
            "numbers in literals",
            #"""
            === kustomization.yaml
            configMapGenerator: [{name: a, literals: ["a=1", "b=true", "c=null", "d=1e3", "e=0o7", "f=~"]}]
            secretGenerator: [{name: a, literals: ["a=1"], options: {labels: {nn: "1"}}}]
            """#),
        Case(
            "stringData hash",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            secretGenerator: [{name: s, behavior: merge, literals: [x=y]}]
            === r.yaml
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            stringData: {a: b}
            type: Opaque
            """#),
        Case(
            "needs hash on secret",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: Secret
            metadata: {name: c, annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled, internal.config.kubernetes.io/generatorBehavior: merge, config.k8s.io/id: "1", internal.config.kubernetes.io/path: x, internal.config.kubernetes.io/index: "1", internal.config.kubernetes.io/id: "3", internal.config.kubernetes.io/seqindent: wide, internal.config.kubernetes.io/prefixes: q-}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: c}
            spec: {volumes: [{secret: {secretName: c}}]}
            """#),
        Case(
            "properties file",
            #"""
            === kustomization.yaml
            configMapGenerator:
            - {name: p, files: [app.properties, log/log.properties], envs: [app.properties]}
            === app.properties
            a.b=1
            c.d = 2
            === log/log.properties
            level=INFO
            """#),
        Case(
            "generator of the same name as an object in another namespace",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            configMapGenerator: [{name: c, literals: [a=b]}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, namespace: q}
            """#),
        Case(
            "references in a namespace",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            configMapGenerator: [{name: c, namespace: q, literals: [a=b]}, {name: c, literals: [a=c]}]
            === a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: q}
            spec: {volumes: [{configMap: {name: c}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {volumes: [{configMap: {name: c}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: z}
            spec: {volumes: [{configMap: {name: c}}]}
            """#),
    ]
}
