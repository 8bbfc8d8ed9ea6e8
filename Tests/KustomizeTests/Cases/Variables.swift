extension Cases {
    static let variables: [Case] = [
        Case(
            "vars basic", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [s.yaml]
            namePrefix: p-
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1}}
            - {name: PORT, objref: {kind: Service, name: web, apiVersion: v1}, fieldref: {fieldpath: 'spec.ports[0].port'}}
            - {name: FLAG, objref: {kind: ConfigMap, name: c, apiVersion: v1}, fieldref: {fieldPath: data.flag}}
            - {name: F, objref: {kind: ConfigMap, name: c, apiVersion: v1}, fieldref: {fieldPath: data.f}}
            - {name: MAP, objref: {kind: ConfigMap, name: c, apiVersion: v1}, fieldref: {fieldPath: data}}
            === base/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{port: 8080, targetPort: $(PORT)}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data: {flag: true, f: 1.5, s: "$(SVC)"}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: c, annotations: {a: $(SVC), b: "$(SVC)-$(PORT)", c: $(PORT)}, labels: {f: $(FLAG), m: $(MAP)}}
            spec:
              containers:
              - {name: x, image: $(SVC), args: [$(SVC), "$$(SVC)", "$(NOPE)", "$(FLAG)", "$(F) $(FLAG) $(", a$, "$x$(PORT)"], command: ["a/$(PORT)/$(SVC)"], env: [{name: A, value: $(PORT)}]}
            === over/kustomization.yaml
            resources: [../base]
            nameSuffix: -s
            """#)
    ]

    static let refusedVariables: [Case] = [
        Case(
            "vars missing field",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1}, fieldref: {fieldpath: spec.nope}}
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
        Case(
            "vars missing object",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            vars:
            - {name: SVC, objref: {kind: Service, name: web2, apiVersion: v1}}
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
        Case(
            "vars no apiVersion",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            vars:
            - {name: SVC, objref: {kind: Service, name: web}}
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web, labels: {a: $(SVC)}}
            """#),
        Case(
            "vars twice", root: "o",
            #"""
            === b/kustomization.yaml
            resources: [s.yaml]
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1}}
            === b/s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web, labels: {a: $(SVC)}}
            === o/kustomization.yaml
            resources: [../b]
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1}}
            """#),
        Case(
            "vars namespace",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            namespace: nn
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1, namespace: x}, fieldref: {fieldpath: metadata.namespace}}
            - {name: D, objref: {kind: Deployment, name: d, group: apps, version: v1}, fieldref: {fieldpath: 'spec.template.spec.containers[name=x].image'}}
            configurations: [c.yaml]
            === c.yaml
            varReference:
            - {path: spec/any, kind: Thing}
            - {path: spec/list, kind: Thing}
            - {path: spec/map, kind: Thing}
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: x, labels: {a: $(SVC)}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec: {template: {spec: {containers: [{name: y, image: b}, {name: x, image: a}]}}}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {any: $(D), list: [$(D), "x$(SVC)"], map: {a: $(D), b: 1}}
            """#),
        Case(
            "vars list of numbers",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            vars:
            - {name: SVC, objref: {kind: Service, name: web, apiVersion: v1}}
            configurations: [c.yaml]
            === c.yaml
            varReference:
            - {path: spec/list, kind: Service}
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {list: [1, $(SVC)]}
            """#),
    ]
}
