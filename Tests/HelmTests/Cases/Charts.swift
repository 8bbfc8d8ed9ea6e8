import Manifests

/// Charts that both engines render; see `DifferentialTests`.
extension Cases {
    /// Files of values as they come, and texts that templates read as YAML.
    static func valuesFiles() throws -> [HelmCase] {
        let texts = [
            "a: |\n  x", "a: |+\n  x\n\n", "a: |\n  x\n  ---\n  y", "a: |\r\n  x\r\n  y\r\n", "a: 1\r\n---\r\nb: 2\r\n",
            "  a: 1\nb: 2",
            "a: 1\n...\nb: 2", "a: 1\n--- # c\nb: 2", "---\n\n---\na: 1", "a: 1\n---\t\nb: 2", "a: 1\n---\n# c\n",
            "a: &x 1\n---\nb: *x\n",
            "%YAML 1.1\n---\na: 1\n", "--- # c\na: 1\n---\nb: 1", "a: 'x\n\n  y'\n---\na: {b: 1}\n---\na: {c: 2}\n", "# c", "",
        ]
        return try texts.flatMap { text in
            [
                try HelmCase("values \(text)", files: ["values.yaml": text, "templates/x.yaml": "{{ toJson .Values }}"]),
                try HelmCase(
                    "fromYaml \(text)",
                    files: [
                        "files/x": text,
                        "templates/x.yaml":
                            #"{{ $x := .Files.Get "files/x" | fromYaml }}{{ if $x.Error }}-{{ else }}{{ toJson $x }}{{ end }}"#,
                    ]),
            ]
        }
    }

    static func charts() throws -> [HelmCase] {
        [
            try HelmCase(
                "keys that occur twice",
                files: [
                    "Chart.yaml": "apiVersion: v2\nname: one\nname: two\nversion: 0.1.0\n",
                    "templates/x.yaml": #"{{ .Values | toJson }} {{ .Chart.Name }}"#,
                    "values.yaml": "a: 1\nm: {x: 1}\na: 2\nm: {z: 2}\n",
                ]),
            try HelmCase(
                "what is merged counts over what stands before it",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml":
                        "x: &x {a: 1, b: 2}\nz: &z {b: 3, c: 4}\nu:\n  b: 9\n  <<: [*x, *z]\n  c: 5\nv:\n  <<: *x\n  b: 9\n  <<: *z\n",
                ]),
            try HelmCase(
                "documents of values",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "# c\n---\na: 1\nb: {x: 1, n: [1]}\n---\n---\nb: {z: 2, n: [2]}\n",
                ]),
            try HelmCase(
                "texts of a chart are one line",
                files: [
                    "Chart.yaml":
                        "apiVersion: v2\nname: chart\nversion: 0.1.0\ndescription: |\n  a\n  b\tc\nkeywords: [\"x\\ny\"]\nmaintainers: [{name: \"m\\u0001\\u00a0é\"}]\n",
                    "templates/x.yaml": #"{{ .Chart | toJson }}"#,
                ]),
            try HelmCase(
                "a version that is none",
                files: ["Chart.yaml": "apiVersion: v2\nname: chart\nversion: x.y\n", "templates/x.yaml": "x"]),
            try HelmCase(
                "a type that is none",
                files: ["Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\ntype: x\n", "templates/x.yaml": "x"]),
            try HelmCase(
                "two charts of one name",
                files: [
                    "Chart.yaml":
                        "apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: x, version: '1'}, {name: y, alias: x, version: '1'}]\n",
                    "templates/x.yaml": "x",
                ]),
            try HelmCase(
                "chart 0",
                files: [
                    "templates/x.yaml": #"{{ .Values }}"#,
                    "values.yaml": "a: {b: 1, c: null}\nd: null\n",
                ], values: #"{"a": {"c": 5}, "e": null}"#),
            try HelmCase(
                "chart 1",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: {b: 1, c: {d: 1}}\nl: [1,2]\n",
                ], values: #"{"a": {"b": null, "c": null}, "l": null}"#),
            try HelmCase(
                "chart 2",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: 1\n",
                ], values: #"{"a": {"x": 1}}"#),
            try HelmCase(
                "chart 3",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: {x: 1}\n",
                ], values: #"{"a": 3}"#),
            try HelmCase(
                "chart 4",
                files: [
                    "Chart.yaml":
                        "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies:\n- {name: sub, version: '>=0.1', condition: sub.enabled}\n- {name: other, version: '*', alias: oth, tags: [t]}\n- {name: sub, version: 0.x, alias: two, import-values: [data, {child: c, parent: p.q}]}\n",
                    "templates/x.yaml":
                        #"{{ .Values | toJson }} {{ .Chart.Dependencies | toJson }} {{ keys .Subcharts | sortAlpha }}"#,
                    "values.yaml": "global: {g: 1}\ntwo: {v: 9}\np: {q: {z: 1}}\n",
                    "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.2.0\n",
                    "charts/sub/values.yaml": "v: 1\nnul: null\nc: {z: 2, y: 3}\nexports: {data: {imp: 5}}\nglobal: {h: 2}\n",
                    "charts/sub/templates/y.yaml":
                        #"{{ .Values | toJson }} {{ .Chart.Name }} {{ .Template.Name }} {{ include "h" . }}"#,
                    "charts/sub/templates/_h.tpl": #"{{ define "h" }}{{ .Chart.Name }}{{ end }}"#,
                    "charts/other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 1.0.0\n",
                    "charts/other/templates/z.yaml": #"{{ .Values.global | toJson }}{{ include "h" . }}"#,
                    "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
                    "charts/lib/templates/_l.tpl": #"{{ define "h" }}lib{{ end }}"#,
                    "charts/lib/templates/no.yaml": #"x"#,
                    "charts/_skip/Chart.yaml": #"bad"#,
                    "charts/README.md": #"r"#,
                ]),
            try HelmCase(
                "chart 5",
                files: [
                    "Chart.yaml":
                        "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies:\n- {name: sub, version: '0.2.0', condition: 'x.no,sub.enabled'}\n- {name: other, version: '*', tags: [t,u]}\n",
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "sub: {enabled: false}\ntags: {t: false}\n",
                    "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.2.0\n",
                    "charts/sub/templates/y.yaml": #"no"#,
                    "charts/other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 1.0.0\n",
                    "charts/other/templates/z.yaml": #"z"#,
                ], values: #"{"tags": {"u": true}}"#),
            try HelmCase(
                "chart 6",
                files: [
                    "templates/x.yaml":
                        #"{{ .Files.Get "a.txt" }}|{{ range $p, $_ := .Files.Glob "conf/**" }}{{ $p }} {{ end }}|{{ range $p, $_ := .Files.Glob "conf/*.yaml" }}{{ $p }} {{ end }}|{{ range $p, $_ := .Files.Glob "{a,b}.txt" }}{{ $p }} {{ end }}|{{ (.Files.Glob "conf/*").AsConfig }}|{{ (.Files.Glob "conf/*").AsSecrets | indent 2 }}|{{ .Files.Lines "a.txt" }}|{{ .Files.GetBytes "a.txt" }}|{{ .Files.Get "templates/x.yaml" }}|{{ (.Files.Glob "nope").AsConfig }}|{{ range .Files.Lines "conf/x.yaml" }}<{{ . }}>{{ end }}"#,
                    "a.txt": "x\ny\n",
                    "b.txt": #"b"#,
                    "conf/x.yaml": "k: v\r\nz\n\n",
                    "conf/sub/y.yaml": #"y"#,
                    "conf/z.conf": #"é"#,
                    ".helmignore": "b.txt\n",
                    "README.md": #"r"#,
                    "crds/c.yaml": #"kind: C"#,
                ]),
            try HelmCase(
                "chart 7",
                files: [
                    "templates/x.yaml": #"x"#,
                    "values.schema.json":
                        #"{"type":"object","properties":{"a":{"type":"integer","minimum":3},"b":{"type":"string","pattern":"^x"}},"required":["c"],"additionalProperties":false}"#,
                    "values.yaml": "a: 1\nb: y\nd: 1\n",
                ]),
            try HelmCase(
                "chart 8",
                files: [
                    "templates/a.yaml": #"{{ set .Values "n" (add1 (default 0 .Values.n)) | len }}{{ .Values.n }}"#,
                    "templates/b.yaml": #"{{ set .Values "n" (add1 (default 0 .Values.n)) | len }}{{ .Values.n }}"#,
                    "templates/d/c.yaml": #"{{ .Values.n }}"#,
                    "templates/NOTES.txt": #"notes {{ .Release.Name }}"#,
                    "templates/_p.tpl": #"{{ define "x" }}{{ end }}"#,
                    "templates/empty.yaml": #""#,
                    "templates/z.txt": #"{{ .Template.Name }}"#,
                ]),
            try HelmCase(
                "chart 9",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: {b: null, c: {d: null}}\n",
                ]),
            try HelmCase(
                "chart 10",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: {b: null, c: {d: null}}\nn: null\n",
                ], values: #"{"a": {"z": 1}, "q": null, "n": null}"#),
            try HelmCase(
                "chart 11",
                files: [
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "a: {b: 1, c: {d: 1}}\n",
                ], values: #"{"a": {"c": {"d": null, "e": null}}, "q": {"r": null}}"#),
            try HelmCase(
                "chart 12",
                files: [
                    "Chart.yaml":
                        "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies:\n- {name: sub, version: '>=0.1', condition: sub.enabled}\n- {name: other, version: '*', alias: oth, tags: [t]}\n- {name: sub, version: 0.x, alias: two, import-values: [data, {child: c, parent: p.q}]}\n",
                    "templates/x.yaml":
                        #"{{ .Values | toJson }} {{ .Chart.Dependencies | toJson }} {{ keys .Subcharts | sortAlpha }}"#,
                    "values.yaml": "global: {g: 1}\ntwo: {v: 9}\np: {q: {z: 1}}\n",
                    "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.2.0\n",
                    "charts/sub/values.yaml": "v: 1\nnul: null\nc: {z: 2, y: 3}\nexports: {data: {imp: 5}}\nglobal: {h: 2}\n",
                    "charts/sub/templates/y.yaml":
                        #"{{ .Values | toJson }} {{ .Chart.Name }} {{ .Template.Name }} {{ include "h" . }}"#,
                    "charts/sub/templates/_h.tpl": #"{{ define "h" }}{{ .Chart.Name }}{{ end }}"#,
                    "charts/other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 1.0.0\n",
                    "charts/other/templates/z.yaml": #"{{ .Values.global | toJson }}{{ include "h" . }}"#,
                    "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
                    "charts/lib/templates/_l.tpl": #"{{ define "h" }}lib{{ end }}"#,
                    "charts/lib/templates/no.yaml": #"x"#,
                    "charts/_skip/Chart.yaml": #"bad"#,
                ]),
            try HelmCase(
                "chart 13",
                files: [
                    "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies:\n- {name: sub, version: '>=0.1'}\n",
                    "charts/sub/Chart.yaml":
                        "apiVersion: v2\nname: sub\nversion: 0.2.0\ndependencies:\n- {name: deep, version: '*', condition: deep.on}\n",
                    "charts/sub/values.yaml": "deep: {on: false}\nx: 1\ny: {a: 1, b: null}\n",
                    "charts/sub/charts/deep/Chart.yaml": "apiVersion: v2\nname: deep\nversion: 0.2.0\n",
                    "charts/sub/charts/deep/templates/d.yaml": #"{{ .Values | toJson }}"#,
                    "charts/sub/templates/s.yaml": #"{{ .Values | toJson }}"#,
                    "values.yaml": "sub: {deep: {on: true, q: 1}, x: null, y: {c: null}}\nglobal: {a: {b: 1}}\n",
                    "templates/x.yaml": #"{{ .Values | toJson }}"#,
                ], values: #"{"sub": {"y": {"a": null}}, "global": {"a": {"c": 2}}}"#),
        ]
    }
}
