import Manifests
import Testing

/// The rules in brief; the module Kustomize compares many more cases with kubectl.
struct StrategicMergeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var patch: Value
        /// Of `spec`; nil: the object is deleted.
        var spec: Value?

        init(_ name: String, _ patch: Value, _ spec: Value?) {
            (self.name, self.patch, self.spec) = (name, patch, spec)
        }

        var testDescription: String { name }
    }

    private static let spec: Value = [
        "containers": [["name": "a", "image": "a:1"], ["name": "b", "args": ["x"]]], "tolerations": [["key": "k"]],
        "hostNetwork": true,
    ]

    static let cases: [Case] = [
        Case(
            "elements merge by their key, the patch's first",
            ["spec": ["containers": [["name": "c"], ["name": "b", "args": ["y"]]]]],
            [
                "containers": [["name": "c"], ["name": "b", "args": ["y"]], ["name": "a", "image": "a:1"]],
                "tolerations": [["key": "k"]],
                "hostNetwork": true,
            ]),
        Case(
            "an element goes", ["spec": ["containers": [["name": "a", "$patch": "delete"]]]],
            ["containers": [["name": "b", "args": ["x"]]], "tolerations": [["key": "k"]], "hostNetwork": true]),
        Case(
            "lists without a key are replaced, null removes", ["spec": ["tolerations": [], "containers": .null]],
            ["tolerations": [], "hostNetwork": true]),
        Case("a mapping is replaced", ["spec": ["$patch": "replace", "x": 1]], ["x": 1]),
        Case("the object goes", ["$patch": "delete"], nil),
    ]

    @Test(arguments: cases) func merges(_ case: Case) throws {
        let pod: Value = ["apiVersion": "v1", "kind": "Pod", "spec": Self.spec]
        #expect(try StrategicMerge.apply(`case`.patch, to: pod)?["spec"] == `case`.spec)
    }

    @Test func listsOfUnknownKindsAreReplaced() throws {
        let thing: Value = ["apiVersion": "example.com/v1", "kind": "Thing", "spec": Self.spec]
        let merged = try StrategicMerge.apply(["spec": ["containers": [["name": "c"]]]], to: thing)
        #expect(merged?.at("spec", "containers") == [["name": "c"]])
    }

    @Test(arguments: [["spec": [1]], ["spec": ["containers": "x"]], ["spec": ["$patch": "drop"]]] as [Value])
    func contradictionsAreErrors(_ patch: Value) {
        let pod: Value = ["apiVersion": "v1", "kind": "Pod", "spec": Self.spec]
        #expect(throws: ManifestError.self) { try StrategicMerge.apply(patch, to: pod) }
    }

    @Test func aSchemaTakesThePlaceOfTheBuiltInOne() throws {
        let list: Value = ["type": "array", "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "id"]
        let kind: Value = ["group": "example.com", "version": "v1", "kind": "Thing"]
        let schema = try OpenAPISchema([
            "definitions": [
                "Thing": ["properties": ["spec": ["$ref": "#/definitions/Spec"]], "x-kubernetes-group-version-kind": [kind]],
                "Spec": ["properties": ["items": list, "again": ["$ref": "#/definitions/Spec"]]],
                "Loop": ["$ref": "#/definitions/Loop"],
            ],
            "paths": ["/apis/example.com/v1/things": ["get": ["x-kubernetes-group-version-kind": kind]]],
        ])
        let thing: Value = [
            "apiVersion": "example.com/v1", "kind": "Thing",
            "spec": ["items": [["id": 1, "a": 1]], "again": ["items": [["id": 2]]]],
        ]
        let patch: Value = ["spec": ["items": [["id": 1, "b": 2]], "again": ["items": [["id": 3]]]]]
        let merged = try StrategicMerge.apply(patch, to: thing, schema: schema)
        #expect(merged?["spec"] == ["items": [["id": 1, "a": 1, "b": 2]], "again": ["items": [["id": 3], ["id": 2]]]])
        #expect(schema.scope(apiVersion: "example.com/v1", kind: "Thing") == .cluster)
        let pod: Value = ["apiVersion": "v1", "kind": "Pod", "spec": Self.spec]
        let replaced = try StrategicMerge.apply(["spec": ["containers": [["name": "c"]]]], to: pod, schema: schema)
        #expect(replaced?.at("spec", "containers") == [["name": "c"]])
    }
}
