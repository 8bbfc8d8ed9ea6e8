extension Cases {
    static let configurations: [Case] = [
        Case(
            "configurations",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            nameSuffix: -s
            namespace: ns
            commonLabels: {l: m}
            commonAnnotations: {note: o}
            images: [{name: nginx, newTag: "2"}]
            replicas: [{name: t, count: 5}]
            labels: [{pairs: {x: z}}, {pairs: {tt: z}, includeTemplates: true}]
            configurations: [c.yaml, d.yaml]
            === c.yaml
            namePrefix: [{path: spec/prefixed, kind: Thing}, {path: spec/made, kind: Thing, create: true}]
            nameSuffix: [{path: spec/suffixed, kind: Thing}]
            namespace: [{path: spec/ns, kind: Thing, create: true}]
            commonLabels: [{path: spec/labels, create: true, kind: Thing}]
            commonAnnotations: [{path: spec/annos, create: true, kind: Thing}]
            images: [{path: spec/image, kind: Thing}, {path: 'spec/list[]/image', kind: Thing}]
            replicas: [{path: spec/size, kind: Thing, create: true}]
            === d.yaml
            nameReference:
            - kind: Thing
              group: e.com
              fieldSpecs: [{path: spec/ref, kind: Deployment}, {path: spec/refs, kind: Other}, {path: spec/objs/name, kind: Other}]
            - kind: ConfigMap
              version: v1
              fieldSpecs: [{path: spec/cm, kind: Thing}]
            labels: [{path: spec/plain, kind: Thing, create: true}]
            templateLabels: [{path: spec/tpl, kind: Thing, create: true}]
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {prefixed: a, suffixed: b, image: "nginx:1", list: [{image: nginx}], cm: c, labels: {q: r}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: t}
            spec: {ref: t}
            ---
            apiVersion: e.com/v1
            kind: Other
            metadata: {name: o}
            spec: {refs: [t, u], objs: [{name: t}]}
            """#),
        Case(
            "configurations of a base hold above", root: "over",
            #"""
            === base/kustomization.yaml
            resources: [a.yaml]
            configurations: [c.yaml]
            === base/c.yaml
            namePrefix: [{path: spec/p, kind: Thing}]
            nameReference: [{kind: ConfigMap, version: v1, fieldSpecs: [{path: spec/cm, kind: Thing}]}]
            === base/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {cm: c, p: q}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            === over/kustomization.yaml
            resources: [../base]
            namePrefix: p-
            """#),
        Case(
            "configurations in a component", root: "over",
            #"""
            === comp/kustomization.yaml
            kind: Component
            configurations: [c.yaml]
            === comp/c.yaml
            namePrefix: [{path: spec/p, kind: Thing}]
            === over/kustomization.yaml
            resources: [a.yaml]
            components: [../comp]
            namePrefix: p-
            === over/a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {cm: c, p: q}
            """#),
        Case(
            "crds",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            commonLabels: {a: b}
            commonAnnotations: {c: d}
            crds: [crd.json]
            === crd.json
            {"github.com/e.Thing": {"Schema": {"properties": {"apiVersion": {"type": "string"}, "kind": {}, "metadata": {}, "spec": {"$ref": "github.com/e.ThingSpec"}}}, "Dependencies": []},
             "github.com/e.ThingSpec": {"Schema": {"properties": {"cm": {"x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "ConfigMap"}, "sel": {"x-kubernetes-label-selector": ""}, "an": {"x-kubernetes-annotation": ""}, "id": {"x-kubernetes-identity": ""}, "sec": {"x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "Secret", "x-kubernetes-object-ref-name-key": "nm"}}}}}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {cm: {name: c}, sel: {x: "y"}, an: {q: r}, id: foo, sec: {nm: s}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            """#),
        Case(
            "crds in yaml",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            crds: [crd.yaml]
            === crd.yaml
            e.com.v1.Thing:
              Schema:
                properties:
                  apiVersion: {type: string}
                  kind: {type: string}
                  metadata: {type: object}
                  spec: {$ref: e.com.v1.ThingSpec}
            e.com.v1.ThingSpec:
              Schema:
                properties:
                  cm: {x-kubernetes-object-ref-api-version: v1, x-kubernetes-object-ref-kind: ConfigMap}
            === a.yaml
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            spec: {cm: {name: c}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            """#),
    ]
}
