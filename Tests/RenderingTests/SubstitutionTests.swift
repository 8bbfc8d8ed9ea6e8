import Manifests
import Model
import Testing

@testable import Rendering

/// `${NAME}` in plain manifests: what it becomes, and what it may not be.
@Suite struct SubstitutionTests {
    private static let variables = [
        "N": "3", "F": "1.5", "T": "true", "ON": "on", "S": "text", "E": "", "NULL": "null", "OCT": "0644", "DATE": "2026-11-23",
        "TILDE": "~",
        "HEX": "0x1F", "LIST": "[a, b]", "INF": ".inf", "COLON": "a: b", "LEAD": "007", "_x1": "odd",
    ]

    /// The value of `field` in a ConfigMap whose YAML has `text` there.
    private static func value(_ text: String, file: String = "a.yaml") async throws -> Value? {
        let yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nfield: \(text)\n"
        return try await render([file: yaml], variables).first?.value["field"]
    }

    static func render(_ files: [String: String], _ variables: [String: String]) async throws -> [Manifest] {
        try await Rendering.manifests(of: Application.Source(), in: try MemoryTree(files), substitute: variables)
    }

    @Test(
        arguments: [
            ("${N}", .integer(3)),
            ("\"${N}\"", "3"),
            ("'${N}'", "3"),
            ("|-\n  ${N}", "3"),
            (">-\n  ${N}", "3"),
            ("!!str ${N}", "3"),
            ("${F}", .double(1.5)),
            ("${T}", .bool(true)),
            ("'${T}'", "true"),
            ("${ON}", .bool(true)),
            ("${S}", "text"),
            ("${E}", .null),
            ("'${E}'", ""),
            ("${NULL}", .null),
            ("${TILDE}", .null),
            ("${OCT}", .integer(420)),
            ("${HEX}", .integer(31)),
            ("${DATE}", "2026-11-23"),
            ("${LIST}", "[a, b]"),
            ("${COLON}", "a: b"),
            ("${_x1}", "odd"),
            ("${N}${N}", .integer(33)),
            ("${N}.${N}", .double(3.3)),
            ("v${N}", "v3"),
            ("-${N}", .integer(-3)),
            ("${NONE:-7}", .integer(7)),
            ("'${NONE:-7}'", "7"),
            ("${NONE:-}", .null),
            ("a${NONE:-}b", "ab"),
            ("${N:-7}", .integer(3)),
            ("$${N}", "${N}"),
            ("$${N}-${N}", "${N}-3"),
            ("$N", "$N"),
            ("$(N)", "$(N)"),
            ("a$", "a$"),
            ("$$", "$$"),
            ("3", .integer(3)),
            ("[${N}, '${N}']", nil),
            ("\n- ${N}\n- '${N}'\n- [\"${N}\"]", .array([.integer(3), "3", ["3"]])),
            ("\n  a: ${N}\n  b: '${N}'\n  c/d~e: ${T}", ["a": .integer(3), "b": "3", "c/d~e": .bool(true)]),
            ("\n  a: &a ${N}\n  b: *a", ["a": .integer(3), "b": .integer(3)]),
            ("\n  a: &a '${N}'\n  b: *a", ["a": "3", "b": "3"]),
            (
                "\n  base: &b {x: '${N}'}\n  more:\n    <<: *b\n    z: ${N}",
                ["base": ["x": "3"], "more": ["x": "3", "z": .integer(3)]]
            ),
            ("\n  base: &b\n    x: ${N}\n  more:\n    <<: *b\n    x: '${N}'", ["base": ["x": .integer(3)], "more": ["x": "3"]]),
            ("\n  one: &b\n    x: ${N}\n  more:\n    <<: *b", ["one": ["x": .integer(3)], "more": ["x": .integer(3)]]),
            (
                "\n  one: &a\n    x: ${N}\n  two: &b\n    x: '${N}'\n  more:\n    <<: [*b, *a]",
                ["one": ["x": .integer(3)], "two": ["x": "3"], "more": ["x": "3"]]
            ),
        ] as [(String, Value?)])
    func aPlainScalarIsResolvedAgain(text: String, expected: Value?) async throws {
        guard let expected else {
            // In a flow list a brace begins a mapping, so a variable has to be in quotes there.
            await #expect(throws: (any Error).self) { try await Self.value(text) }
            return
        }
        #expect(try await Self.value(text) == expected)
    }

    @Test func everyStringOfJSONStaysOne() async throws {
        let json = #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "field": "${N}"}"#
        let manifests = try await Self.render(["a.json": json], ["N": "3"])
        #expect(manifests.first?.value["field"] == "3")
    }

    @Test func whatKustomizeHasRenderedStaysText() async throws {
        let manifests = try await Self.render(
            [
                "kustomization.yaml": "resources: [a.yaml]",
                "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  n: ${N}\n",
            ], ["N": "3"])
        #expect(manifests.first?.value.at("data", "n") == "3")
    }

    @Test func itemsOfAListAreResolvedToo() async throws {
        let yaml = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: a}
              field: "${N}"
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: b}
              field: ${N}
            """
        let manifests = try await Self.render(["a.yaml": yaml], ["N": "3"])
        #expect(manifests.map { $0.value["field"] } == ["3", .integer(3)])
    }

    @Test func whatIsAnnotatedToBeLeftAloneIs() async throws {
        let yaml = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}}
            field: ${NONE}
            """
        #expect(try await Self.render(["a.yaml": yaml], ["N": "3"]).first?.value["field"] == "${NONE}")
    }

    @Test func withoutVariablesNothingIsATemplate() async throws {
        let yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nfield: ${N}\n"
        #expect(try await Self.render(["a.yaml": yaml], [:]).first?.value["field"] == "${N}")
    }

    @Test func keysAreLeftAsTheyAre() async throws {
        let yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  ${N}: x\n"
        #expect(try await Self.render(["a.yaml": yaml], ["N": "3"]).first?.value.at("data", "${N}") == "x")
    }

    // MARK: Errors

    @Test(
        arguments: [
            (
                "${NONE}",
                ["a.yaml:1: ", "ConfigMap \"x\" needs the variable NONE at /field, and it has no value", "${NONE:-default}"]
            ),
            ("'a ${NONE} b'", ["needs the variable NONE at /field"]),
            ("\n- a\n- ${NONE}", ["at /field/1"]),
            ("\n  c/d: ${NONE}", ["at /field/c~1d"]),
            ("'${}'", ["\"${}\"", "is no variable"]),
            ("'${A B}'", ["\"${A B}\"", "is no variable", "$${…}"]),
            ("'${1A}'", ["is no variable"]),
            ("'${A-b}'", ["is no variable"]),
            ("'${A:=b}'", ["is no variable"]),
            ("'${A'", ["\"${A\"", "is no variable"]),
            ("'${N:-${N}}'", ["\"${N:-${N}\"", "is no variable"]),
            ("${INF}", ["a.yaml:1", "/field", ".inf is a number that Kubernetes and JSON do not have"]),
        ] as [(String, [String])])
    func whatCannotBeFilledInIsAnErrorWithItsPlace(text: String, words: [String]) async throws {
        let error = await #expect(throws: PlumbError.self) { try await Self.value(text) }
        for word in words { #expect("\(error as Any)".contains(word), "\(error as Any)") }
    }

    @Test(arguments: [
        ("metadata:\n  name: ${N}", "3", "metadata.name of this ConfigMap is a number, not a string; put it in quotes"),
        ("metadata:\n  name: x\n  labels:\n    version: ${N}", "1.2", "\"version\" in metadata.labels of ConfigMap x is a number"),
        ("metadata:\n  name: '${N}'", "", "metadata.name of this ConfigMap is empty"),
    ])
    func whatWasAManifestHasToStayOne(metadata: String, value: String, sentence: String) async throws {
        let yaml = "apiVersion: v1\nkind: ConfigMap\n\(metadata)\n"
        let error = await #expect(throws: (any Error).self) { try await Self.render(["a.yaml": yaml], ["N": value]) }
        #expect("\(error as Any)".contains("a.yaml:1: ") && "\(error as Any)".contains(sentence), "\(error as Any)")
    }
}
