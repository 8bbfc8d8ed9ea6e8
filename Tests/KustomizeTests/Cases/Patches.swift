extension Cases {
    private static let bases = [Fixture.deployment, Fixture.service, Fixture.account, thing].joined(separator: "---\n")

    private static let thing = """
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: thing, finalizers: [a], labels: {app: web, tier: back}, annotations: {note: hello}}
        spec: {containers: [{name: a, image: a}], keep: 1, drop: 2, template: {spec: {containers: [{name: b}]}}}

        """

    private static func merge(_ name: String, _ patch: String, rest: String = "") -> Case {
        Case(
            name,
            [
                "kustomization.yaml": Fixture.kustomization("b.yaml", rest: "patches: [{path: p.yaml}]\n\(rest)"), "b.yaml": bases,
                "p.yaml": patch,
            ])
    }

    private static func deployment(_ name: String, _ spec: String) -> Case {
        merge(name, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec: \(spec)\n")
    }

    private static func ports(_ name: String, _ base: String, _ patch: String) -> Case {
        Case(
            "ports: \(name)",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml", rest: "patches: [{path: p.yaml}]"),
                "s.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: \(base)}\n",
                "p.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: \(patch)}\n",
            ])
    }

    private static func patched(_ name: String, _ patches: String) -> Case {
        Case(name, ["kustomization.yaml": Fixture.kustomization("b.yaml", rest: "patches:\n\(patches)"), "b.yaml": bases])
    }

    static let strategicMerges: [Case] = [
        deployment(
            "a container changed and one added",
            "{containers: [{name: new, image: n}, {name: web, image: nginx:2, env: [{name: LEVEL, value: debug}, {name: MORE, value: x}]}]}"
        ),
        deployment("a container deleted", "{containers: [{name: sidecar, $patch: delete}]}"),
        deployment("a container replaced", "{containers: [{name: sidecar, $patch: replace, command: [x]}]}"),
        deployment("all containers replaced", "{containers: [{$patch: replace}, {name: only, image: o}]}"),
        deployment(
            "a mapping replaced",
            "{$patch: replace, containers: [{name: only, x: null, y: {z: null, k: [{q: null}]}}], hostNetwork: true}"),
        deployment("a mapping deleted", "{$patch: delete}"),
        deployment("nulls", "{volumes: null, serviceAccountName: null, initContainers: [{name: init, image: null}]}"),
        deployment("empty lists", "{volumes: [], containers: [], imagePullSecrets: []}"),
        deployment(
            "ports, mounts, hosts and spread",
            "{hostAliases: [{ip: 1.1.1.1, hostnames: [a]}], tolerations: [{key: a}], topologySpreadConstraints: [{topologyKey: z, maxSkew: 1}], containers: [{name: web, args: [c], ports: [{containerPort: 81}, {containerPort: 80, name: http}], volumeMounts: [{mountPath: /data, readOnly: true}, {mountPath: /x, name: conf}]}]}"
        ),
        deployment("volumes", "{volumes: [{name: new, emptyDir: {}}, {name: conf, emptyDir: {}, configMap: null}]}"),
        deployment(
            "directives of the API server mean nothing",
            "{$setElementOrder/containers: [{name: sidecar}, {name: web}], containers: [{name: web, $retainKeys: [name]}]}"),
        deployment(
            "merge said", "{$patch: merge, containers: [{name: web, $patch: merge, image: z}, {name: fresh, $patch: merge}]}"),
        merge("a whole object deleted", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n"),
        merge(
            "a whole object replaced",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: replace\nspec: {x: 1}\n"),
        merge(
            "a custom resource",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: thing, finalizers: [b]}\nspec: {containers: [{name: b}], drop: null, template: {spec: {x: 1}}}\n"
        ),
        merge(
            "metadata",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {a: b}, finalizers: [x], ownerReferences: [{uid: u, name: n}]}\n"
        ),
        merge(
            "several in a file",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {a: b}}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: thing}\nspec: {keep: 3}\n"
        ),
        ports("without protocol", "[{port: 80},{port: 81},{port: 82}]", "[{port: 82, n: x},{port: 83},{port: 81, n: x}]"),
        ports(
            "all with protocol", "[{port: 80, protocol: TCP},{port: 81, protocol: TCP},{port: 82, protocol: TCP}]",
            "[{port: 82, protocol: TCP, n: x},{port: 83, protocol: TCP},{port: 81, protocol: TCP, n: x}]"),
        ports(
            "protocol there only", "[{port: 80, protocol: TCP},{port: 81, protocol: TCP},{port: 82, protocol: TCP}]",
            "[{port: 82, n: x},{port: 83},{port: 81, n: x}]"),
        ports("protocol in the patch only", "[{port: 80},{port: 81}]", "[{port: 81, protocol: TCP, n: x}]"),
        ports("two protocols", "[{port: 80, protocol: TCP},{port: 80, protocol: UDP}]", "[{port: 80, protocol: UDP, n: x}]"),
        ports("two protocols and none", "[{port: 80, protocol: TCP},{port: 80, protocol: UDP}]", "[{port: 80, n: x}]"),
        ports(
            "one of two deleted", "[{port: 80, protocol: TCP},{port: 80, protocol: UDP}]",
            "[{port: 80, protocol: UDP, $patch: delete}]"),
        ports("no port", "[{port: 80},{port: 81}]", "[{protocol: TCP}]"),
        ports("one without a port", "[{port: 80},{protocol: TCP}]", "[{port: 80, n: x}]"),
        ports(
            "mixed", "[{port: 80}, {port: 81, protocol: TCP}, {port: 81, protocol: UDP, name: u}]",
            "[{port: 80, name: e}, {port: 81, protocol: UDP, name: v}, {port: 82}]"),
        ports("mixed again", "[{port: 80},{port: 81},{port: 81, protocol: UDP}]", "[{port: 81, n: x}]"),
        Case(
            "hosts without an address",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "p.yaml",
                    rest: "patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {hostAliases: [{}]}}'}]"),
                "p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostAliases: [{ip: 1.1.1.1}]}\n",
            ]),
        Case(
            "the nulls of an object stay",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "p.yaml", rest: "patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {x: 1, z: null}}'}]"),
                "p.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p, creationTimestamp: null}\nspec: {y: null, z: null}\nstatus: null\n",
            ]),
        Case(
            "webhooks and nodes",
            [
                "kustomization.yaml": Fixture.kustomization("p.yaml", rest: "patchesStrategicMerge: [q.yaml]"),
                "p.yaml":
                    "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks: [{name: a, failurePolicy: Fail}, {name: b}]\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n}\nspec: {podCIDRs: [a, b]}\n",
                "q.yaml":
                    "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks: [{name: c}, {name: a, x: y}]\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n}\nspec: {podCIDRs: [c, b]}\n",
            ]),
        Case(
            "a CronJob's containers",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "p.yaml",
                    rest:
                        "patchesStrategicMerge:\n- |-\n  apiVersion: batch/v1\n  kind: CronJob\n  metadata: {name: c}\n  spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: new}]}}}}}\n"
                ),
                "p.yaml":
                    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: b}, {name: a, image: old, env: [{name: X}]}]}}}}}\n",
            ]),
    ]

    static let patches: [Case] = [
        patched(
            "a JSON patch",
            "- target: {kind: Deployment, name: web}\n  patch: |-\n    - {op: replace, path: /spec/replicas, value: 4}\n    - {op: add, path: /spec/template/spec/containers/0/args/-, value: z}\n    - {op: add, path: /spec/template/spec/containers/0/args/0, value: first}\n    - {op: remove, path: /spec/template/spec/containers/1}\n    - {op: copy, from: /spec/replicas, path: /spec/copied}\n    - {op: move, from: /spec/copied, path: /spec/moved}\n    - {op: test, path: /spec/moved, value: 4}\n"
        ),
        patched(
            "a JSON patch in JSON",
            "- target: {kind: Service}\n  patch: '[{\"op\": \"add\", \"path\": \"/metadata/annotations/a~1b~0c\", \"value\": \"x\"}]'\n"
        ),
        patched(
            "a JSON patch over the root",
            "- target: {kind: Thing}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec\", \"value\": {\"new\": true}}]'\n"),
        patched(
            "a JSON patch of the name",
            "- target: {kind: Thing}\n  patch: '[{\"op\": \"replace\", \"path\": \"/metadata/name\", \"value\": \"renamed\"}]'\n"),
        patched(
            "targets by expression",
            "- target: {kind: 'Dep.*|Thing', name: '(web|th.+)'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n"
        ),
        patched(
            "targets are anchored",
            "- target: {name: 'we'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n"),
        patched(
            "targets by group and version",
            "- target: {group: example.com, version: v1}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n- target: {group: apps, version: v2}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/miss\", \"value\": 1}]'\n"
        ),
        patched(
            "targets by namespace",
            "- target: {namespace: default, kind: Service}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n- target: {namespace: other}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/miss\", \"value\": 1}]'\n"
        ),
        patched(
            "targets by label",
            "- target: {labelSelector: 'tier in (front, back),app!=x'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n- target: {labelSelector: 'app=web'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/app\", \"value\": 1}]'\n- target: {labelSelector: '!app, tier'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/noapp\", \"value\": 1}]'\n"
        ),
        patched(
            "targets by annotation",
            "- target: {annotationSelector: 'note=hello'}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/hit\", \"value\": 1}]'\n"),
        patched(
            "a merge with a target",
            "- target: {kind: 'Deployment|Thing'}\n  patch: |-\n    kind: Any\n    metadata: {name: any, labels: {x: z}}\n    spec: {replicas: 9, template: {spec: {containers: [{name: web, image: patched}]}}}\n"
        ),
        patched(
            "names and kinds that may change",
            "- target: {kind: Thing}\n  options: {allowNameChange: true, allowKindChange: true}\n  patch: |-\n    apiVersion: example.com/v1\n    kind: Other\n    metadata: {name: else, namespace: ignored}\n"
        ),
        patched(
            "only the name may change",
            "- target: {kind: ServiceAccount}\n  options: {allowNameChange: true}\n  patch: |-\n    apiVersion: v1\n    kind: Other\n    metadata: {name: newrunner}\n"
        ),
        patched(
            "deleting what a target selects",
            "- target: {kind: 'Service|Thing'}\n  patch: |-\n    kind: X\n    metadata: {name: x}\n    $patch: delete\n"),
        Case(
            "all three kinds of patch",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "b.yaml",
                    rest:
                        "namePrefix: p-\npatchesStrategicMerge: [sm.yaml]\npatchesJson6902:\n- {target: {group: apps, version: v1, kind: Deployment, name: web}, path: j.yaml}\n- {target: {version: v1, kind: Service, name: web}, patch: '[{\"op\": \"add\", \"path\": \"/spec/x\", \"value\": 1}]'}\npatches: [{path: j2.json, target: {kind: Service}}]"
                ),
                "b.yaml": bases, "sm.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n",
                "j.yaml":
                    "- {op: test, path: /spec/replicas, value: 2}\n- {op: replace, path: /spec/replicas, value: 3}\n- {op: add, path: /metadata/labels/late, value: yes1}\n",
                "j2.json": "[{\"op\": \"add\", \"path\": \"/spec/early\", \"value\": true}]",
            ]),
        Case(
            "patches under former names", root: "over",
            [
                "base/kustomization.yaml": Fixture.kustomization("b.yaml", rest: "namePrefix: p-\nnamespace: ns"),
                "base/b.yaml": bases,
                "over/kustomization.yaml": Fixture.kustomization(
                    "../base",
                    rest: """
                        patches:
                        - patch: |
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: web}
                            spec: {replicas: 2}
                        - patch: |
                            apiVersion: v1
                            kind: Service
                            metadata: {name: p-web, namespace: ns}
                            spec: {type: NodePort}
                        - target: {kind: Thing, name: thing, namespace: default}
                          patch: '[{"op": "add", "path": "/spec/former", "value": 1}]'
                        - target: {kind: Thing, name: p-thing, namespace: ns}
                          patch: '[{"op": "add", "path": "/spec/now", "value": 1}]'
                        """),
            ]),
    ]
}
