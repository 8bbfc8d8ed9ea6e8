import Manifests
import Testing

@Suite struct ManifestReaderTests {
    @Test func readsManifestsWithTheirPlace() throws {
        let text =
            "---\n# c\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {generateName: b-}\n"
        let manifests = try ManifestReader.manifests(inFile: Array(text.utf8), file: "a.yaml")
        #expect(manifests.map(\.kind) == ["Namespace", "Deployment"])
        #expect(manifests.map(\.origin) == [Origin(file: "a.yaml", line: 3), Origin(file: "a.yaml", line: 8)])
        #expect(manifests.map(\.generateName) == [nil, "b-"])
    }

    @Test(
        arguments: [
            ("a.json", #"{"apiVersion":"v1","kind":"A","metadata":{"name":"😀"}}"#, ["A 😀"]),
            ("a.json", "", []), ("a.json", "null\n", []), ("a.yaml", "", []), ("a.yaml", "# nothing\n", []),
            ("a.yaml", #"{"apiVersion":"v1","kind":"A","metadata":{"name":"\ud83d\ude00"}}"#, ["A 😀"]),
            (
                "a.yaml", "{apiVersion: v1, kind: A, metadata: {name: x}}\n---\n{apiVersion: v1, kind: B, metadata: {name: z}}\n",
                ["A x", "B z"]
            ),
            ("noextension", "apiVersion: v1\nkind: A\nmetadata:\n  name: x\n", ["A x"]),
            (
                "a.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: x}}\n- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: B, metadata: {name: z}}]}\n",
                ["A x", "B z"]
            ),
            ("a.yaml", "apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: x}\n", ["ConfigMap x"]),
            ("a.yaml", "apiVersion: v1\nkind: List\nitems: []\n", []), ("a.yaml", "apiVersion: v1\nkind: List\nitems:\n", []),
            ("a.yaml", "apiVersion: v1\nkind: AccessList\nmetadata: {name: x}\n", ["AccessList x"]),
            ("a.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: x, labels: , annotations: {a: }, namespace: }\n", ["A x"]),
        ] as [(String, String, [String])])
    func readsFiles(file: String, text: String, names: [String]) throws {
        #expect(try ManifestReader.manifests(inFile: Array(text.utf8), file: file).map { "\($0.kind) \($0.name)" } == names)
    }

    @Test(arguments: [
        ("kind: A\nmetadata: {name: x}\n", "this document has no apiVersion"),
        ("apiVersion: v1\nmetadata: {name: x}\n", "this document has no kind"),
        (
            "apiVersion: 1\nkind: A\nmetadata: {name: x}\n",
            "apiVersion of this document is a number, not a string; put it in quotes"
        ),
        ("apiVersion: a/b/c\nkind: A\nmetadata: {name: x}\n", "more than one \"/\""),
        ("apiVersion: ''\nkind: A\nmetadata: {name: x}\n", "apiVersion of this document is empty"),
        ("apiVersion: v1\nkind: [A]\nmetadata: {name: x}\n", "kind of this document is a list, not a string"),
        ("apiVersion: v1\nkind: A\n", "this A has no metadata"),
        ("apiVersion: v1\nkind: A\nmetadata: x\n", "metadata of this A is a string, not a mapping"),
        ("apiVersion: v1\nkind: A\nmetadata: {}\n", "this A has no metadata.name"),
        ("apiVersion: v1\nkind: A\nmetadata: {name: 12}\n", "metadata.name of this A is a number, not a string; put it in quotes"),
        ("apiVersion: v1\nkind: A\nmetadata: {name: yes}\n", "metadata.name of this A is a boolean"),
        ("apiVersion: v1\nkind: A\nmetadata: {name: \"a\\nb\"}\n", "metadata.name \"a\\u{a}b\" has a control character"),
        ("apiVersion: v1\nkind: A\nmetadata: {name: x, namespace: 1}\n", "metadata.namespace of A x is a number"),
        ("apiVersion: v1\nkind: A\nmetadata: {name: x, labels: [a]}\n", "metadata.labels of A x is a list, not a mapping"),
        (
            "apiVersion: v1\nkind: A\nmetadata: {name: x, labels: {v: 1.5}}\n",
            "the value of \"v\" in metadata.labels of A x is a number, not a string; put it in quotes"
        ),
        (
            "apiVersion: v1\nkind: A\nmetadata: {name: x, annotations: {v: true}}\n",
            "the value of \"v\" in metadata.annotations of A x is a boolean"
        ),
        ("- 1\n", "this document is a list, not an object"),
        ("hello\n", "this document is a string, not an object"),
        ("apiVersion: v1\nkind: List\nitems: {a: 1}\n", "\"items\" of this List is a mapping, not a list"),
        ("apiVersion: v1\nkind: List\nitems: [1]\n", "this document is a number"),
        ("apiVersion: v1\nkind: PodList\nitems: [{spec: {}}]\n", "this Pod has no metadata"),
    ])
    func refusesWhatIsNoManifest(text: String, message: String) {
        let error = #expect(throws: ManifestError.self) {
            try ManifestReader.manifests(inFile: Array(("\n" + text).utf8), file: "dir/a.yaml")
        }
        #expect(error?.origin == Origin(file: "dir/a.yaml", line: 2))
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func aTooLargeFileIsRefused() {
        let bytes = Array(repeating: UInt8(ascii: " "), count: 101)
        for file in ["a.json", "a.yaml"] {
            #expect(throws: ManifestError.self) {
                try ManifestReader.manifests(inFile: bytes, file: file, limits: YAML.Limits(bytes: 100))
            }
        }
    }
}
