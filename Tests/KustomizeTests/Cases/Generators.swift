extension Cases {
    private static let long = String(repeating: "0123456789", count: 20)

    static let generators: [Case] = [
        Case(
            "literals",
            [
                "kustomization.yaml":
                    "configMapGenerator: [{name: c, literals: [a=b, 'c=\"quoted\"', \"d='x'\", e=, f=g=h, 'g= <>&  ']}]\n"
            ]),
        Case("no data", ["kustomization.yaml": "configMapGenerator: [{name: c}]\nsecretGenerator: [{name: s}]\n"]),
        Case(
            "files and environments",
            [
                "kustomization.yaml":
                    "configMapGenerator: [{name: c, files: [a.txt, other=sub/b.txt], envs: [e.env, f.env], env: g.env, literals: [z=1]}]\n",
                "a.txt": "line one\nline two\n", "sub/b.txt": "no newline", "e.env": "# comment\n\n  A=1\nB=two words \nEMPTY=\n",
                "f.env": "\u{FEFF}C=3\r\nD='q'\r\n", "g.env": "G=x=y\n",
            ]),
        Case(
            "text that needs care",
            [
                "kustomization.yaml": "configMapGenerator: [{name: c, files: [a.txt]}]\n",
                "a.txt": "tab\tand \"quotes\" \\ <&> \u{2028} ümlaut \u{7}\n  indented\n\n",
            ]),
        Case(
            "secrets",
            [
                "kustomization.yaml":
                    "secretGenerator: [{name: s, type: kubernetes.io/tls, literals: [tls.crt=a, tls.key=b]}, {name: t, literals: [long=\(long)], namespace: ns1}]\n"
            ]),
        Case(
            "base64 of just a line",
            [
                "kustomization.yaml":
                    "secretGenerator: [{name: s, literals: [a=\(long.prefix(51)), b=\(long.prefix(52)), c=\(long.prefix(105)), d=\(long.prefix(54))]}]\n"
            ]),
        Case(
            "options",
            [
                "kustomization.yaml": """
                generatorOptions: {labels: {all: x, own: common}, annotations: {note: all}, immutable: true}
                configMapGenerator:
                - {name: a, literals: [k=v], options: {labels: {own: mine}, annotations: {more: z}}}
                - {name: b, literals: [k=v], options: {disableNameSuffixHash: true}}
                - {name: c, namespace: ns1, literals: [k=v]}
                secretGenerator: [{name: d, literals: [k=v]}]
                """
            ]),
        Case(
            "no hashes",
            [
                "kustomization.yaml":
                    "generatorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator: [{name: a, literals: [k=v]}]\nsecretGenerator: [{name: d, literals: [k=v], options: {immutable: true}}]\n"
            ]),
        Case(
            "names around the hash",
            [
                "kustomization.yaml":
                    "namePrefix: p-\nnameSuffix: -s\nnamespace: ns1\ncommonLabels: {a: b}\nconfigMapGenerator: [{name: a, literals: [k=v]}]\n"
            ]),
        Case(
            "merge and replace", root: "over",
            [
                "base/kustomization.yaml": """
                namePrefix: b-
                generatorOptions: {labels: {from: base, both: base}, annotations: {from: base}}
                configMapGenerator: [{name: m, literals: [a=1, b=2]}, {name: r, literals: [a=1, b=2]}, {name: plain, literals: [a=1], options: {disableNameSuffixHash: true}}]
                secretGenerator: [{name: s, literals: [a=1, b=2]}]
                """,
                "over/kustomization.yaml": """
                resources: [../base]
                namespace: ns1
                configMapGenerator:
                - {name: m, behavior: merge, literals: [b=3, c=4], options: {labels: {both: over}}}
                - {name: r, behavior: replace, literals: [z=9]}
                - {name: plain, behavior: merge, literals: [b=2]}
                secretGenerator: [{name: s, behavior: merge, literals: [c=3], type: custom}]
                """,
            ]),
        Case(
            "merging into an object of a file",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "c.yaml", rest: "configMapGenerator: [{name: settings, behavior: merge, literals: [b=2]}]"),
                "c.yaml": Fixture.configMap + "---\n" + Fixture.deployment,
            ]),
        Case(
            "a generated object, patched",
            [
                "kustomization.yaml":
                    "configMapGenerator: [{name: a, literals: [k=v]}]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n    data: {more: x}\n"
            ]),
        Case(
            "hashes followed into workloads",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "d.yaml",
                    rest:
                        "configMapGenerator: [{name: settings, literals: [a=b]}]\nsecretGenerator: [{name: token, literals: [t=x]}, {name: pull, files: [.dockerconfigjson=d.json], type: kubernetes.io/dockerconfigjson}]"
                ),
                "d.yaml": Fixture.deployment, "d.json": "{\"auths\": {}}\n",
            ]),
    ]

    private static func images(_ name: String, _ rules: String, _ images: String...) -> Case {
        let containers = images.enumerated().map { "{name: c\($0.offset), image: '\($0.element)'}" }.joined(separator: ", ")
        return Case(
            "images: \(name)",
            [
                "kustomization.yaml": Fixture.kustomization("a.yaml", rest: "images: \(rules)"),
                "a.yaml": """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec: {template: {spec: {containers: [\(containers)], initContainers: [\(containers)]}}}
                ---
                apiVersion: example.com/v1
                kind: Thing
                metadata: {name: t}
                spec: {deep: [{containers: [\(containers)]}], image: 'nginx', containers: {image: nginx}}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: c}
                spec: {containers: [\(containers)]}
                """,
            ])
    }

    private static let digest = "sha256:" + String(repeating: "a", count: 64)

    static let images: [Case] = [
        images(
            "a tag", "[{name: nginx, newTag: '1.26'}]", "nginx", "nginx:1.25", "nginx@\(digest)", "my/nginx:1", "nginx:1@\(digest)",
            "nginx2:1"),
        images("a name", "[{name: nginx, newName: registry:5000/x/nginx}]", "nginx", "nginx:1.25", "nginx@\(digest)"),
        images("a digest", "[{name: nginx, digest: '\(digest)'}]", "nginx", "nginx:1.25", "nginx:1@\(digest)"),
        images("tag and digest", "[{name: nginx, newTag: '2', digest: '\(digest)', newName: other}]", "nginx", "nginx:1.25"),
        images("a suffix of the tag", "[{name: nginx, tagSuffix: -alpine}]", "nginx", "nginx:1.25", "nginx:1@\(digest)"),
        images(
            "with a registry", "[{name: registry:5000/a/b, newTag: '3'}]", "registry:5000/a/b", "registry:5000/a/b:1", "a/b:1",
            "registry:5000/a/b/c:1"),
        images("one after the other", "[{name: nginx, newName: apache}, {name: apache, newTag: '5'}]", "nginx:1", "apache:2"),
        images("dots are any character", "[{name: a.b, newTag: '5'}]", "a.b:1", "axb:1"),
        images("the old spelling", "[]\nimageTags: [{name: nginx, newTag: '9'}]", "nginx:1"),
        Case(
            "images: the fixture",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "d.yaml",
                    rest:
                        "images: [{name: nginx, newTag: v2}, {name: busybox, newName: bb}, {name: registry.local:5000/tools/sidecar, newTag: x}]"
                ), "d.yaml": Fixture.deployment,
            ]),
    ]
}
