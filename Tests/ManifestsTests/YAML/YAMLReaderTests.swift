import Manifests
import Testing

@Suite struct YAMLReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let json: String
        init(_ name: String, _ text: String, _ json: String) { (self.name, self.text, self.json) = (name, text, json) }
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case("block and flow", "a:\n- 1\n- b: [x, {k: z}]\nc: {}\n", #"{"a":[1,{"b":["x",{"k":"z"}]}],"c":{}}"#),
        Case("CRLF", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", #"{"a":1,"b":"x\ny\n"}"#),
        Case("a byte order mark", "\u{FEFF}a: 1\n", #"{"a":1}"#),
        Case("folded and kept", "a: >-\n  x\n  y\n\nb: |+\n  x\n\n", #"{"a":"x y","b":"x\n\n"}"#),
        Case("no value is null", "a:\nb: ~\nc: [null]\n", #"{"a":null,"b":null,"c":[null]}"#),
        Case("aliases", "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n", #"{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}"#),
        Case("an anchor taken again", "a: &x 1\nb: &x 2\nc: *x\n", #"{"a":1,"b":2,"c":2}"#),
        Case("an anchored key", "a: {&k key: 1}\nb: {*k : 2}\n", #"{"a":{"key":1},"b":{"key":2}}"#),
        Case("merge", "x: &x {a: 1, b: 2}\nz: {<<: *x, a: 9}\n", #"{"x":{"a":1,"b":2},"z":{"a":9,"b":2}}"#),
        Case(
            "what is written wins over a later merge", "x: &x {a: 1, b: 2}\nz: {a: 9, <<: *x}\n",
            #"{"x":{"a":1,"b":2},"z":{"a":9,"b":2}}"#),
        Case("of merged mappings the first wins", "x: {<<: [{a: 1, b: 2}, {a: 3, c: 4}]}\n", #"{"x":{"a":1,"b":2,"c":4}}"#),
        Case("a quoted << is a key", "x: {\"<<\": {a: 1}}\n", #"{"x":{"<<":{"a":1}}}"#),
        Case(
            "keys of other types",
            "v: {1: a, true: b, 1.5: c, no: e, 0x10: f, 1e3: g, 2001-01-01: h, 1_0: i, 1e30: j, .inf: k, 123456789.5: l}\n",
            #"{"v":{"1":"a","true":"b","1.5":"c","false":"e","16":"f","1000":"g","2001-01-01":"h","10":"i","1e+30":"j",".inf":"k","1.2345679e+08":"l"}}"#
        ),
        Case("tagged keys", "v: {!!binary aGk=: 1, !!int \"5\": 2, !!str 6: 3, !foo x: 4}\n", #"{"v":{"hi":1,"5":2,"6":3,"x":4}}"#),
        Case("JSON is YAML", #"{"a": ["x", 1, null], "b": "\u00e9\n"}"#, #"{"a":["x",1,null],"b":"é\n"}"#),
    ])
    func readsDocuments(_ test: Case) throws {
        let documents = try YAML.parse(Array(test.text.utf8), file: "a.yaml")
        #expect(documents.map(\.value) == [try JSON.parse(Array(test.json.utf8))])
    }

    @Test func readsStreamsAndSkipsEmptyDocuments() throws {
        let text = "# only a comment\n---\n---\na: 1\n---\n# nothing\n---\n\n\nb: 2\n...\n---\nnull\n--- # c\nc: 3\n"
        let documents = try YAML.parse(Array(text.utf8), file: "a.yaml")
        #expect(
            documents == [
                YAML.Document(value: ["a": 1], line: 4), YAML.Document(value: ["b": 2], line: 10),
                YAML.Document(value: ["c": 3], line: 15),
            ])
        #expect(try YAML.parse([], file: "a.yaml").isEmpty)
    }

    @Test func anchorsEndWithTheirDocument() {
        #expect(throws: ManifestError.self) { try YAML.parse(Array("a: &x 1\n---\nb: *x\n".utf8), file: "a.yaml") }
    }

    @Test func kustomizeKnowsFewerBooleans() throws {
        let text = Array("[yes, On, n, true, FALSE, 0123, ~, {y: 1}]\n".utf8)
        #expect(
            try YAML.parse(text, file: "", dialect: .kustomize).first?.value == [
                "yes", "On", "n", true, false, 83, .null, ["y": 1],
            ])
        #expect(try YAML.parse(text, file: "").first?.value == [true, true, false, true, false, 83, .null, ["true": 1]])
    }

    @Test func kustomizeTakesAnnotationsAsWritten() throws {
        let text = Array("metadata: {annotations: {a: 1.10, b: ~, c: 0x1F}, labels: {a: 1.10}}\nannotations: {a: 1.10}\n".utf8)
        #expect(
            try YAML.parse(text, file: "", dialect: .kustomize).first?.value == [
                "metadata": ["annotations": ["a": "1.10", "b": "~", "c": "0x1F"], "labels": ["a": 1.1]], "annotations": ["a": 1.1],
            ])
    }

    @Test func kustomizeTakesDatesForMidnight() throws {
        let text = Array("[2001-01-02, 2001-1-2, '2001-01-02', 2001-01-02 10:00:00]\n".utf8)
        #expect(
            try YAML.parse(text, file: "", dialect: .kustomize).first?.value == [
                "2001-01-02T00:00:00Z", "2001-01-02T00:00:00Z", "2001-01-02", "2001-01-02 10:00:00",
            ])
        #expect(try YAML.parse(text, file: "").first?.value[1] == "2001-1-2")
    }

    @Test(
        arguments: [
            ("a: 1\nb: 2\na: 3\n", 3, "the key \"a\" occurs twice"),
            ("a: {1: x, \"1\": y}\n", 1, "the key \"1\" occurs twice"),
            ("z: 0\nb:\n  d: 1\n  c: 1\n  d: 2\n", 5, "the key \"d\" occurs twice"),
            ("a:\n\t- b\n", 2, "the line is indented with a tab, where YAML takes spaces only, at column 1"),
            ("a: b: c\n", 1, "mapping values are not allowed in this context at column 5"),
            ("a: [1, 2\nb: 3\n", 2, "did not find expected"),
            ("a: \"\\q\"\n", 1, "unknown escape character"),
            ("x: 1\ny: \u{1}\n", 2, "control characters are not allowed (0x1)"),
            ("a: *b\n", 1, "*b refers to no anchor"),
            ("a:\n  &b [1, *b]\n", 2, "*b stands inside"),
            ("a: 1\n[1]: 2\n", 2, "a key that is neither"),
            ("a: {~: 2}\n", 1, "a key that is neither"),
            ("a: {18446744073709551615: 2}\n", 1, "a key that is neither"),
            ("a: 1\nb: .inf\n", 2, "do not have"),
            ("b: !!int x\n", 1, "!!int does not fit \"x\", which is a string"),
            ("b: !!binary '*'\n", 1, "base64"),
            ("a:\n  <<: 1\n", 2, "not a number"),
            ("a:\n  <<: [{}, x]\n", 2, "not a string"),
            ("a: {<<: {b: 1}, <<: {c: 1}}\n", 1, "\"<<\" occurs twice"),
        ] as [(String, Int, String)])
    func namesTheLineOfAnError(text: String, line: Int, message: String) {
        let error = #expect(throws: ManifestError.self) { try YAML.parse(Array(text.utf8), file: "dir/a.yaml") }
        #expect(error?.origin == Origin(file: "dir/a.yaml", line: line))
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
