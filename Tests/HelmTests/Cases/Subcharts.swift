/// Charts with charts in them.
extension Cases {
    private static func chart(_ name: String, _ more: String = "") -> String {
        "apiVersion: v2\nname: \(name)\nversion: 1.2.3\n" + more
    }

    private static let show = "{{ .Chart.Name }} {{ .Values | toJson }} {{ .Template.Name }} {{ .Chart.IsRoot }}"

    static func subcharts() throws -> [HelmCase] {
        var cases = try conditions()
        cases += try globals()
        cases += try dependencyLists()
        cases += try oldRequirements()
        cases += try sharedImports()
        cases.append(
            try HelmCase(
                "what a subchart defines, the chart around it overrides",
                files: [
                    "Chart.yaml": chart("chart"), "templates/_h.tpl": #"{{ define "name" }}outer{{ end }}"#,
                    "templates/x.yaml": #"{{ include "name" . }}"#, "charts/a/Chart.yaml": chart("a"),
                    "charts/a/templates/_h.tpl": #"{{ define "name" }}inner{{ end }}"#,
                    "charts/a/templates/y.yaml": #"{{ include "name" . }}"#,
                    "charts/b/Chart.yaml": chart("b", "type: library\n"),
                    "charts/b/templates/_l.tpl": #"{{ define "lib" }}lib {{ .Values | toJson }}{{ end }}"#,
                    "charts/b/templates/z.yaml": "not rendered", "templates/l.yaml": #"{{ include "lib" . }}"#,
                ]))
        return cases
    }

    /// What one chart imports is written into by the next one.
    private static func sharedImports() throws -> [HelmCase] {
        let both =
            "- {name: one, version: '*', import-values: [{child: config, parent: config}]}\n"
            + "- {name: two, version: '*', import-values: [{child: config, parent: config}]}\n"
        let plain: [(dependencies: String, one: String, two: String, values: String)] = [
            (both, "config: {a: 1, n1: {x: 1}}\n", "config: {b: 2, n1: {z: 2}}\n", ""),
            (both, "config: {a: 1, n1: {x: 1}}\n", "config: {b: 2, n1: {x: 2, z: null}}\n", "config: {n1: {q: 1}}\n"),
            (
                "- {name: one, version: '*', import-values: [e, f]}\n- {name: two, version: '*'}\n",
                "exports: {e: {svc: {a: 1}}, f: {svc: {b: 2}}}\n", "", ""
            ),
            (
                "- {name: one, version: '*', import-values: [{child: exports.a, parent: .}, {child: b, parent: child}]}\n- {name: two, version: '*'}\n",
                "exports: {a: {child: {}}}\nb: {c: false}\n", "", ""
            ),
            (
                "- {name: one, version: '*', import-values: [b, a]}\n- {name: two, version: '*'}\n",
                "exports: {a: {x: 1}, b: {y: null}}\n", "", "child: {}\n"
            ),
            ("- {name: one, version: '*', import-values: [{child: c}]}\n- {name: two, version: '*'}\n", "c: {x: 1}\n", "", ""),
        ]
        return try plain.map { dependencies, one, two, values in
            try HelmCase(
                "imports \(dependencies) \(one) \(two) \(values)",
                files: [
                    "Chart.yaml": chart("chart", "dependencies:\n" + dependencies), "values.yaml": values, "templates/x.yaml": show,
                    "charts/one/Chart.yaml": chart("one"), "charts/one/values.yaml": one, "charts/one/templates/y.yaml": show,
                    "charts/two/Chart.yaml": chart("two"), "charts/two/values.yaml": two, "charts/two/templates/z.yaml": show,
                ])
        }
    }

    private static func conditions() throws -> [HelmCase] {
        let dependency = "dependencies:\n- {name: sub, version: ^1, condition: 'sub.on,other.on', tags: [front, back]}\n"
        let values: [(String, String)] = [
            ("{}", "{}"), ("{sub: {on: false}}", "{}"), ("{sub: {on: false}}", "{sub: {on: true}}"), ("{other: {on: false}}", "{}"),
            ("{sub: {on: yes please}}", "{}"), ("{tags: {front: false}}", "{}"), ("{tags: {front: false, back: true}}", "{}"),
            ("{tags: {front: false}, sub: {on: true}}", "{}"), ("{sub: {on: null}}", "{}"), ("{}", "{sub: {on: null}}"),
            ("{tags: {front: false}}", "{tags: {front: true}}"), ("{sub: {on: true, x: 1}}", "{sub: {x: null}}"),
        ]
        return try values.map { own, given in
            try HelmCase(
                "condition \(own) \(given)",
                files: [
                    "Chart.yaml": chart("chart", dependency), "values.yaml": own, "templates/x.yaml": show,
                    "charts/sub/Chart.yaml": chart("sub"), "charts/sub/values.yaml": "x: 0\ny: {z: 1}\n",
                    "charts/sub/templates/y.yaml": show,
                ], values: given)
        }
    }

    /// Charts inside are looked through where there is a list of them, if only an empty one, and their conditions have no spaces.
    private static func dependencyLists() throws -> [HelmCase] {
        let deep = "- {name: deep, version: '*', alias: other, condition: 'deep.on'}\n"
        let lists: [(String, String)] = [
            ("", "dependencies:\n" + deep), ("dependencies: []\n", "dependencies:\n" + deep),
            ("dependencies:\n", "dependencies:\n" + deep),
            ("dependencies:\n- {name: sub, version: '>9'}\n", "dependencies:\n" + deep),
            ("dependencies: []\n", "dependencies: []\n"),
            ("dependencies:\n- {name: sub, version: '*', condition: 'a.on, sub.deep.on'}\n", ""),
            ("dependencies:\n- {name: sub, version: '*', condition: ' sub.deep.on,a.on '}\n", ""),
        ]
        return try lists.flatMap { outer, inner in
            try [false, true].map { isOld in
                var files = [
                    "Chart.yaml": chart("chart", isOld ? "" : outer), "values.yaml": "sub: {deep: {on: false}}",
                    "templates/x.yaml": show,
                    "charts/sub/Chart.yaml": chart("sub", inner), "charts/sub/values.yaml": "a: null\ndeep: {on: false, b: null}\n",
                    "charts/sub/templates/y.yaml": show, "charts/sub/charts/deep/Chart.yaml": chart("deep"),
                    "charts/sub/charts/deep/values.yaml": "c: {d: null}\n", "charts/sub/charts/deep/templates/z.yaml": show,
                ]
                if isOld {
                    files["Chart.yaml"] = "apiVersion: v1\nname: chart\nversion: 1.2.3\n"
                    files["requirements.yaml"] = outer
                }
                return try HelmCase("lists \(isOld) \(outer) \(inner)", files: files)
            }
        }
    }

    /// A `requirements.yaml` counts over Chart.yaml, whatever its version.
    private static func oldRequirements() throws -> [HelmCase] {
        let show = #"{{ .Chart | toJson }} {{ range $path, $_ := .Files }}{{ $path }} {{ end }}{{ .Values | toJson }}"#
        let texts: [(String, String)] = [
            ("", "dependencies:\n- {name: sub, version: '*', condition: sub.on}\n"),
            (
                "dependencies:\n- {name: sub, version: '*', condition: x.on, alias: q, tags: [t]}\n",
                "dependencies:\n- {name: sub, version: '>0'}\n- {name: b, version: '1'}\n"
            ),
            (
                "dependencies:\n- {name: sub, version: '*', condition: sub.on}\n- {name: b, version: '1'}\n",
                "dependencies:\n- {name: sub, version: 1.x}\n"
            ),
            ("dependencies:\n- {name: sub, version: '*', condition: sub.on}\n", "dependencies:\n"),
            ("dependencies:\n- {name: sub, version: '*', condition: sub.on}\n", "dependencies: []\n"),
            ("dependencies:\n- {name: sub, version: '*', condition: sub.on}\n", "# nothing\n"),
            ("annotations: {a: b, c: d}\nkeywords: [a, b]\n", "description: x\nannotations: {a: z}\nkeywords: [c]\nhome: null\n"),
        ]
        return try texts.flatMap { own, old in
            try ["v1", "v2"].map { version in
                try HelmCase(
                    "requirements \(version) \(own) \(old)",
                    files: [
                        "Chart.yaml": "apiVersion: \(version)\nname: chart\nversion: 1.2.3\n" + own, "requirements.yaml": old,
                        "requirements.lock": "dependencies: []\n", "Chart.lock": "dependencies: []\n",
                        "values.yaml": "sub: {on: false}", "templates/x.yaml": show,
                        "charts/sub/Chart.yaml": chart("sub"), "charts/sub/templates/y.yaml": "sub",
                    ])
            }
        }
    }

    private static func globals() throws -> [HelmCase] {
        let values: [(String, String, String)] = [
            ("global: {a: 1}", "global: {a: 2, b: 3}", "{}"), ("global: {a: {b: 1}}", "global: {a: {b: 2, c: 3}}", "{}"),
            ("{}", "global: {a: 1}", "{global: {a: 5}}"), ("global: {a: 1}", "global: {a: 1}", "{global: {a: null}}"),
            ("global: {a: {x: 1}}", "{}", "{sub: {global: {a: {y: 2}}}}"), ("global: {a: 1}", "global: {a: {b: 1}}", "{}"),
            ("sub: {x: {y: null}}", "x: {y: 1, z: 2}", "{}"), ("sub: {x: null}", "x: {y: 1}", "{}"),
            ("{}", "x: {y: 1, z: null}", "{sub: {x: {y: null}}}"), ("sub: 3", "x: 1", "{}"), ("{}", "x: 1", "{sub: [1]}"),
            ("{}", "exports: {d: {k: 1, m: {n: 2}}}", "{}"), ("m: {n: 5}", "exports: {d: {k: 1, m: {n: 2, o: 3}}}", "{k: 7}"),
        ]
        return try values.map { own, inner, given in
            try HelmCase(
                "globals and imports \(own) \(inner) \(given)",
                files: [
                    "Chart.yaml": chart("chart", "dependencies:\n- {name: sub, version: '*', import-values: [d]}\n"),
                    "values.yaml": own,
                    "templates/x.yaml": show, "charts/sub/Chart.yaml": chart("sub"), "charts/sub/values.yaml": inner,
                    "charts/sub/templates/y.yaml": show, "charts/sub/charts/deep/Chart.yaml": chart("deep"),
                    "charts/sub/charts/deep/templates/z.yaml": show,
                ], values: given)
        }
    }
}
