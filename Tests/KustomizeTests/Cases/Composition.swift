enum Cases {
    static let composition: [Case] = [
        Case(
            "two files",
            [
                "kustomization.yaml": Fixture.kustomization("d.yaml", "s.yaml"), "d.yaml": Fixture.deployment,
                "s.yaml": Fixture.service,
            ]),
        Case("the short file name", ["kustomization.yml": Fixture.kustomization("s.yaml"), "s.yaml": Fixture.service]),
        Case("the bare file name", ["Kustomization": Fixture.kustomization("s.yaml"), "s.yaml": Fixture.service]),
        Case("the standard order", ["kustomization.yaml": Fixture.kustomization("z.yaml"), "z.yaml": Fixture.zoo]),
        Case(
            "fifo",
            ["kustomization.yaml": Fixture.kustomization("z.yaml", rest: "sortOptions: {order: fifo}"), "z.yaml": Fixture.zoo]),
        Case(
            "legacy said",
            ["kustomization.yaml": Fixture.kustomization("z.yaml", rest: "sortOptions: {order: legacy}"), "z.yaml": Fixture.zoo]),
        Case(
            "an order of one's own",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "z.yaml",
                    rest:
                        "sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Thing, Pod], orderLast: [Namespace, Deployment]}}"
                ),
                "z.yaml": Fixture.zoo,
            ]),
        Case(
            "the same name in several namespaces",
            [
                "kustomization.yaml": Fixture.kustomization("c.yaml"),
                "c.yaml": ["b", "a", "default", ""].map {
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c\($0 == "default" ? "2" : ""), namespace: \"\($0)\"}\n"
                }
                .joined(separator: "---\n"),
            ]),
        Case(
            "lists",
            [
                "kustomization.yaml": Fixture.kustomization("l.yaml", rest: "sortOptions: {order: fifo}"),
                "l.yaml": """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                - {apiVersion: v1, kind: ConfigMapList, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: deep}}]}
                - {apiVersion: v1, kind: Secret, metadata: {name: b}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: c}
                ---
                apiVersion: v1
                kind: FooList
                """,
            ]),
        Case(
            "bases in the old spelling", root: "over",
            [
                "base/kustomization.yaml": Fixture.kustomization("s.yaml"), "base/s.yaml": Fixture.service,
                "over/kustomization.yaml": "bases: [../base]\nnamePrefix: p-\n",
            ]),
        Case(
            "a base used twice", root: "all",
            [
                "base/kustomization.yaml": Fixture.kustomization("s.yaml", "d.yaml"), "base/s.yaml": Fixture.service,
                "base/d.yaml": Fixture.deployment,
                "a/kustomization.yaml": Fixture.kustomization("../base", rest: "namePrefix: a-"),
                "b/kustomization.yaml": Fixture.kustomization("../base", rest: "nameSuffix: -b\nnamespace: bb"),
                "all/kustomization.yaml": Fixture.kustomization("../a", "../b", rest: "namePrefix: all-"),
            ]),
        Case(
            "components", root: "app",
            [
                "app/kustomization.yaml": "resources: [d.yaml]\ncomponents: [../logging, ../labels]\nnamePrefix: app-\n",
                "app/d.yaml": Fixture.deployment,
                "logging/kustomization.yaml": """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                resources: [c.yaml]
                namePrefix: log-
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec: {template: {spec: {containers: [{name: logger, image: logger}]}}}
                """,
                "logging/c.yaml": Fixture.configMap,
                "labels/kustomization.yaml": """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                labels: [{pairs: {team: x}}]
                configMapGenerator: [{name: gen, literals: [a=b]}]
                """,
            ]),
        Case(
            "local configuration stays inside",
            [
                "kustomization.yaml": Fixture.kustomization("c.yaml"),
                "c.yaml": """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: gone, annotations: {config.kubernetes.io/local-config: "true"}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: stays, annotations: {config.kubernetes.io/local-config: "false"}}
                """,
            ]),
        Case(
            "odd values",
            [
                "kustomization.yaml": Fixture.kustomization("c.yaml", rest: "commonLabels: {a: b}"),
                "c.yaml": """
                # a comment
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: odd, annotations: {number: 1, flag: true, empty: ""}, labels: {n: 5}, creationTimestamp: null}
                data: {number: 1e3, octal: 0777, text: "0777", none: ~, multi: "a\\nb", float: 1.50, big: 12345678901234567890, neg: -3}
                ---
                ---
                {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "json", "annotations": {}}, "spec": {"a": [1, "1", null, {}], "b": {}}}
                """.replacing("null, {}", with: "{}"),
            ]),
        Case(
            "anchors",
            [
                "kustomization.yaml": Fixture.kustomization("c.yaml", rest: "namespace: ns1"),
                "c.yaml": """
                apiVersion: example.com/v1
                kind: Thing
                metadata: &m {name: a, labels: &l {x: "1"}}
                spec: {labels: *l, other: {<<: *l, z: "2"}}
                """,
            ]),
        Case(
            "a metadata of its own",
            [
                "kustomization.yaml":
                    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: x}\nresources: [s.yaml]\n",
                "s.yaml": Fixture.service,
            ]),
        Case(
            "empty lists",
            ["kustomization.yaml": "resources: [s.yaml]\npatches: []\nimages:\nvars: []\n", "s.yaml": Fixture.service]),
    ]

    /// What kubectl refuses must not build here either.
    static let refused: [Case] = [
        Case("nothing", ["kustomization.yaml": ""]),
        Case("no kustomization", ["a.yaml": Fixture.service]),
        Case(
            "two kustomizations",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml"), "Kustomization": Fixture.kustomization("s.yaml"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "an unknown field",
            ["kustomization.yaml": Fixture.kustomization("s.yaml", rest: "resource: []"), "s.yaml": Fixture.service]),
        Case(
            "an unknown field inside",
            ["kustomization.yaml": Fixture.kustomization("s.yaml", rest: "images: [{name: a, tag: b}]"), "s.yaml": Fixture.service]),
        Case(
            "a number for a text",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml", rest: "images: [{name: a, newTag: 1.5}]"),
                "s.yaml": Fixture.service,
            ]),
        Case("a missing file", ["kustomization.yaml": Fixture.kustomization("none.yaml")]),
        Case(
            "the same object twice",
            ["kustomization.yaml": Fixture.kustomization("s.yaml", "t.yaml"), "s.yaml": Fixture.service, "t.yaml": Fixture.service]),
        Case(
            "no name",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml"),
                "s.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x}\n",
            ]),
        Case(
            "no kind", ["kustomization.yaml": Fixture.kustomization("s.yaml"), "s.yaml": "apiVersion: v1\nmetadata: {name: x}\n"]),
        Case(
            "a circle", root: "a",
            ["a/kustomization.yaml": Fixture.kustomization("../b"), "b/kustomization.yaml": Fixture.kustomization("../a")]),
        Case(
            "a component as a resource", root: "a",
            ["a/kustomization.yaml": Fixture.kustomization("../b"), "b/kustomization.yaml": "kind: Component\nnamePrefix: x\n"]),
        Case(
            "a resource as a component", root: "a",
            ["a/kustomization.yaml": "components: [../b]\n", "b/kustomization.yaml": "namePrefix: x\n"]),
        Case("a wrong kind", ["kustomization.yaml": "kind: Foo\nresources: [s.yaml]\n", "s.yaml": Fixture.service]),
        Case("a wrong version", ["kustomization.yaml": "apiVersion: v1\nresources: [s.yaml]\n", "s.yaml": Fixture.service]),
        Case(
            "a patch without an object",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml", rest: "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: other}}'}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "a JSON patch without a target",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml", rest: "patches: [{patch: '[{\"op\": \"remove\", \"path\": \"/spec\"}]'}]"), "s.yaml": Fixture.service,
            ]),
        Case(
            "a JSON patch that does not fit",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml", rest: "patches: [{target: {kind: Service}, patch: '[{\"op\": \"remove\", \"path\": \"/nope\"}]'}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "a JSON patch test that fails",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml",
                    rest:
                        "patches: [{target: {kind: Service}, patch: '[{\"op\": \"test\", \"path\": \"/kind\", \"value\": \"x\"}]'}]"
                ), "s.yaml": Fixture.service,
            ]),
        Case(
            "a merge of a list over a mapping",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml", rest: "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: [1]}'}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "an unknown $patch",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml",
                    rest: "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {$patch: drop}}'}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "a generator over an object",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "c.yaml", rest: "configMapGenerator: [{name: settings, literals: [a=b]}]"), "c.yaml": Fixture.configMap,
            ]),
        Case(
            "a merge of nothing",
            ["kustomization.yaml": "configMapGenerator: [{name: settings, behavior: merge, literals: [a=b]}]\n"]),
        Case("a literal without a value", ["kustomization.yaml": "configMapGenerator: [{name: settings, literals: [a]}]\n"]),
        Case("a key twice", ["kustomization.yaml": "configMapGenerator: [{name: settings, literals: [a=1, a=2]}]\n"]),
        Case(
            "patches as a list of paths",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml", rest: "patches: [p.yaml]"), "s.yaml": Fixture.service,
                "p.yaml": Fixture.service,
            ]),
        Case(
            "replicas of nothing",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml", rest: "replicas: [{name: web, count: 2}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "namespaces that collide",
            [
                "kustomization.yaml": Fixture.kustomization("c.yaml", rest: "namespace: ns1"),
                "c.yaml":
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: y}\n",
            ]),
        Case(
            "a selector that is no expression",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "s.yaml", rest: "patches: [{target: {name: '('}, patch: '[{\"op\": \"remove\", \"path\": \"/spec\"}]'}]"),
                "s.yaml": Fixture.service,
            ]),
        Case(
            "an unknown order",
            [
                "kustomization.yaml": Fixture.kustomization("s.yaml", rest: "sortOptions: {order: random}"),
                "s.yaml": Fixture.service,
            ]),
    ]
}
