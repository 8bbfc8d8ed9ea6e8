import Helm
import Manifests
import Model
import Testing

/// Which values a schema refuses, compared with Helm's own check.
struct SchemaTests {
    private static let draft = [
        #""$schema":"http://json-schema.org/draft-04/schema#","#, #""$schema":"http://json-schema.org/draft-06/schema#","#,
        #""$schema":"https://json-schema.org/draft/2019-09/schema","#, #""$schema":"http://json-schema.org/draft-07/schema#","#,
        #""$schema":"https://json-schema.org/draft/2020-12/schema","#, "",
    ]

    private static let cases: [(schema: String, values: [String])] = [
        (#""properties":{"a":{"type":"integer"}}"#, ["a: 1", "a: 1.0", "a: 1.5", "a: x", "b: 1", "a: null"]),
        (#""properties":{"a":{"type":["string","null"]}}"#, ["a: x", "a: null", "a: 1"]),
        (#""required":["a","b"],"minProperties":2"#, ["a: 1", "a: 1\nb: 2", "{}"]),
        (#""properties":{"a":{}},"additionalProperties":false"#, ["a: 1", "b: 1"]),
        (
            #""patternProperties":{"^x-":{"type":"string"}},"additionalProperties":{"type":"number"}"#,
            ["x-a: s", "x-a: 1", "b: 1", "b: s"]
        ),
        (#""properties":{"a":{"enum":["x",1,null]}}"#, ["a: x", "a: 1", "a: null", "a: y", "a: 1.0"]),
        (#""properties":{"a":{"const":{"b":[1]}}}"#, ["a: {b: [1]}", "a: {b: [2]}"]),
        (#""properties":{"a":{"minimum":1,"maximum":5,"multipleOf":2}}"#, ["a: 2", "a: 0", "a: 6", "a: 3", "a: x"]),
        (#""properties":{"a":{"exclusiveMinimum":1,"exclusiveMaximum":3}}"#, ["a: 1", "a: 2", "a: 3"]),
        (
            #""properties":{"a":{"minLength":2,"maxLength":3,"pattern":"^[a-z]+$"}}"#,
            ["a: ab", "a: a", "a: abcd", "a: A1", "a: éé"]
        ),
        (
            #""properties":{"a":{"minItems":1,"maxItems":2,"uniqueItems":true,"items":{"type":"string"}}}"#,
            ["a: [x]", "a: []", "a: [x, x]", "a: [x, y, z]", "a: [1]"]
        ),
        (#""properties":{"a":{"contains":{"const":1}}}"#, ["a: [1, 2]", "a: [2]", "a: []"]),
        (#""anyOf":[{"required":["a"]},{"required":["b"]}]"#, ["a: 1", "b: 1", "c: 1"]),
        (#""oneOf":[{"required":["a"]},{"required":["b"]}]"#, ["a: 1", "a: 1\nb: 1", "c: 1"]),
        (#""allOf":[{"required":["a"]}],"not":{"required":["b"]}"#, ["a: 1", "a: 1\nb: 1"]),
        (
            #""if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]},"else":{"required":["c"]}"#,
            ["a: 1", "a: 1\nb: 1", "a: 2", "a: 2\nc: 1"]
        ),
        (##""definitions":{"p":{"type":"integer"}},"properties":{"a":{"$ref":"#/definitions/p"}}"##, ["a: 1", "a: x"]),
        (
            ##""$defs":{"n":{"properties":{"n":{"$ref":"#/$defs/n"},"v":{"type":"string"}}}},"$ref":"#/$defs/n""##,
            ["n: {n: {v: x}}", "n: {n: {v: 1}}"]
        ),
        (#""propertyNames":{"pattern":"^[a-z]+$"}"#, ["a: 1", "A: 1"]),
        (#""dependencies":{"a":["b"]}"#, ["a: 1\nb: 1", "b: 1"]),
        (#""properties":{"a":true,"b":false}"#, ["a: 1", "b: 1"]),
        (
            ##""definitions":{"p":{}},"properties":{"a":{"$ref":"#/definitions/p","const":2,"type":"string"}}"##,
            ["a: 1", "a: 2", "a: x"]
        ),
        (#""properties":{"a":{}},"patternProperties":{"^x-":{}},"unevaluatedProperties":false"#, ["a: 1", "x-a: 1", "b: 1"]),
        (
            #""allOf":[{"properties":{"a":{}}}],"anyOf":[{"properties":{"b":{"const":1}},"required":["b"]},{"properties":{"c":{}}}],"unevaluatedProperties":{"type":"string"}"#,
            ["a: 1\nb: 1", "b: 2", "c: 1", "d: 1", "d: x\nb: x", "b: 1\nc: 1"]
        ),
        (
            #""if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false"#,
            ["a: 1\nb: 1", "a: 2", "b: 1"]
        ),
        (
            #""properties":{"a":{"prefixItems":[{"type":"string"}],"contains":{"const":5},"unevaluatedItems":false}}"#,
            ["a: [x]", "a: [x, 5]", "a: [x, 5, 6]", "a: [5]"]
        ),
        (#""dependentRequired":{"a":["b"]},"dependentSchemas":{"c":{"required":["d"]}}"#, ["a: 1", "c: 1", "b: 1"]),
        (
            #""properties":{"a":{"contains":{"const":1},"minContains":2,"maxContains":3}}"#,
            ["a: [1]", "a: [1, 1]", "a: [1, 1, 1, 1]"]
        ),
        (#""properties":{"a":{"prefixItems":[{"type":"string"}],"additionalItems":false}}"#, ["a: [1]", "a: [x, 1]"]),
    ]

    @Test(arguments: draft) func valuesAreRefusedAlike(draft: String) async throws {
        var helmCases: [HelmCase] = []
        for (schema, values) in Self.cases {
            for text in values {
                let files = ["values.schema.json": "{\(draft)\(schema)}", "templates/x.yaml": "x"]
                helmCases.append(try HelmCase("\(schema) \(text)", files: files, values: text))
            }
        }
        let expected = try await HelmReference.answers(to: helmCases.map(\.request))
        for (helmCase, expected) in zip(helmCases, expected) {
            // What is no schema in this draft is nothing to compare.
            if expected.description.contains("is not valid against metaschema") { continue }
            let actual = await helmCase.rendered()
            #expect(actual.isError == expected.isError, "\(helmCase.description): \(expected) \(actual)")
        }
    }
}
