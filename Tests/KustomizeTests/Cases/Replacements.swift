extension Cases {
    private static let objects = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: src, annotations: {a.b/c: anno, plain: z}}
        data: {port: "8080", word: hello, spaced: "a: b", yes: "yes", num: 5, obj: {x: 1}, list: [a, b], flag: true, host: example.com}
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: t, annotations: {x.y/z: old}, labels: {q: r}}
        spec: {c: [{name: web, v: a}, {name: web2, v: b}, {name: other, v: s}], l: [aa, ab, b], m: {k1: {v: 1}}, e: "", f: 1.5, s: x, n: 3, b: false, url: "http://old:80/path"}

        """ + "---\n" + Fixture.deployment

    private static func replaced(_ name: String, from field: String, _ targets: String, rest: String = "") -> Case {
        Case(
            "replacements: \(name)",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "a.yaml",
                    rest:
                        "replacements:\n- source: {kind: ConfigMap, name: src, fieldPath: '\(field)'}\n  targets: [\(targets)]\n\(rest)"
                ),
                "a.yaml": objects,
            ])
    }

    static let replacements: [Case] = [
        replaced(
            "a string into a number, and into strings", from: "data.port",
            "{select: {kind: Deployment}, fieldPaths: [spec.replicas, 'spec.template.spec.containers.[name=web].env.[name=LEVEL].value', spec.template.spec.containers.*.image]}"
        ),
        replaced("a number into a string", from: "data.num", "{select: {kind: Thing}, fieldPaths: [spec.s, spec.n, spec.f]}"),
        replaced("a boolean", from: "data.flag", "{select: {kind: Thing}, fieldPaths: [spec.s, spec.b]}"),
        replaced(
            "elements by expression", from: "data.word",
            "{select: {kind: Thing}, fieldPaths: ['spec.c.[name=web].v', 'spec.l.[=a]']}"),
        replaced("the end of a name", from: "data.word", "{select: {kind: Thing}, fieldPaths: ['spec.c.[name=ther].v']}"),
        replaced(
            "keys with dots", from: "metadata.annotations.[a.b/c]",
            "{select: {kind: Thing}, fieldPaths: ['metadata.annotations.[x.y/z]', 'metadata.annotations.x\\.y/z', spec.s]}"),
        replaced(
            "made fields", from: "data.port",
            "{select: {kind: Thing}, fieldPaths: [spec.new.deep, spec.l.3, spec.m2.0.k, 'spec.items.[name=x].v', spec.c.*.new], options: {create: true}}"
        ),
        replaced(
            "made texts", from: "data.spaced", "{select: {kind: Thing}, fieldPaths: [spec.new, spec.e], options: {create: true}}"),
        replaced(
            "made words", from: "data.yes", "{select: {kind: Thing}, fieldPaths: [spec.new, spec.s], options: {create: true}}"),
        replaced(
            "between delimiters", from: "data.host",
            "{select: {kind: Thing}, fieldPaths: [spec.url], options: {delimiter: /, index: 2}}, {select: {kind: Thing}, fieldPaths: [spec.s], options: {delimiter: '-', index: -1}}, {select: {kind: Thing}, fieldPaths: [spec.s], options: {delimiter: '-', index: 99}}"
        ),
        replaced("a mapping over a mapping", from: "data.obj", "{select: {kind: Deployment}, fieldPaths: [metadata.labels]}"),
        replaced("a list over a list", from: "data.list", "{select: {kind: Thing}, fieldPaths: [spec.l]}"),
        replaced("an element of a list", from: "data.list.1", "{select: {kind: Thing}, fieldPaths: [spec.l.0]}"),
        replaced(
            "targets by label, some rejected", from: "data.word",
            "{select: {labelSelector: 'q=r'}, fieldPaths: [spec.s]}, {select: {group: apps}, reject: [{name: web}], fieldPaths: [spec.none]}"
        ),
        replaced("targets that match nothing", from: "data.word", "{select: {name: 't|web'}, fieldPaths: [spec.s]}"),
        replaced(
            "under former names", from: "metadata.name", "{select: {kind: Thing, name: t}, fieldPaths: [spec.s]}",
            rest: "namePrefix: p-"),
        replaced("the name by default", from: "", "{select: {kind: Thing}}"),
        Case(
            "replacements: in a file",
            [
                "kustomization.yaml": Fixture.kustomization("a.yaml", rest: "replacements: [{path: one.yaml}, {path: many.yaml}]"),
                "a.yaml": objects,
                "one.yaml":
                    "source: {kind: ConfigMap, name: src, fieldPath: data.word}\ntargets: [{select: {kind: Thing}, fieldPaths: [spec.s]}]\n",
                "many.yaml":
                    "- source: {kind: ConfigMap, name: src, fieldPath: data.host, options: {delimiter: ., index: 1}}\n  targets: [{select: {kind: Thing}, fieldPaths: [spec.e]}]\n- source: {kind: Thing, fieldPath: spec.e}\n  targets: [{select: {kind: Deployment}, fieldPaths: [metadata.labels.tier]}]\n",
            ]),
    ]

    static let refusedReplacements: [Case] = [
        replaced("a missing field", from: "data.word", "{select: {kind: Thing}, fieldPaths: [spec.none]}"),
        replaced("a missing source field", from: "data.none", "{select: {kind: Thing}, fieldPaths: [spec.s]}"),
        replaced("a missing element", from: "data.word", "{select: {kind: Thing}, fieldPaths: [spec.l.9]}"),
        replaced("a word into a number", from: "data.word", "{select: {kind: Thing}, fieldPaths: [spec.n]}"),
        replaced("a list without an element", from: "data.word", "{select: {kind: Thing}, fieldPaths: [spec.c.v]}"),
        replaced("a mapping as a list", from: "data.word", "{select: {kind: Thing}, fieldPaths: [spec.m.*.v]}"),
        Case(
            "replacements: no source",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "a.yaml", rest: "replacements: [{source: {name: none}, targets: [{select: {kind: Thing}}]}]"),
                "a.yaml": objects,
            ]),
        Case(
            "replacements: several sources",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "a.yaml", rest: "replacements: [{source: {version: v1}, targets: [{select: {kind: Thing}}]}]"),
                "a.yaml": objects,
            ]),
    ]
}
