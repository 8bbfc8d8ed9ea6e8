import Manifests
import Testing

struct JSONPatchTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var document: Value
        var patch: Value
        /// Nil: the patch does not apply.
        var result: Value?

        init(_ name: String, _ document: Value, _ patch: Value, _ result: Value?) {
            (self.name, self.document, self.patch, self.result) = (name, document, patch, result)
        }

        var testDescription: String { name }
    }

    static func op(_ name: String, _ path: String, _ value: Value? = nil, from: String? = nil) -> Value {
        var operation: Value = ["op": .string(name), "path": .string(path)]
        operation["value"] = value
        operation["from"] = from.map { .string($0) }
        return operation
    }

    /// The examples of RFC 6902, appendix A, and the edges around them.
    static let cases: [Case] = [
        Case("A.1 add a member", ["foo": "bar"], [op("add", "/baz", "qux")], ["baz": "qux", "foo": "bar"]),
        Case("A.2 add an element", ["foo": ["bar", "baz"]], [op("add", "/foo/1", "qux")], ["foo": ["bar", "qux", "baz"]]),
        Case("A.3 remove a member", ["baz": "qux", "foo": "bar"], [op("remove", "/baz")], ["foo": "bar"]),
        Case("A.4 remove an element", ["foo": ["bar", "qux", "baz"]], [op("remove", "/foo/1")], ["foo": ["bar", "baz"]]),
        Case("A.5 replace", ["baz": "qux", "foo": "bar"], [op("replace", "/baz", "boo")], ["baz": "boo", "foo": "bar"]),
        Case(
            "A.6 move a value", ["foo": ["bar": "baz", "waldo": "fred"], "qux": ["corge": "grault"]],
            [op("move", "/qux/thud", from: "/foo/waldo")],
            ["foo": ["bar": "baz"], "qux": ["corge": "grault", "thud": "fred"]]),
        Case(
            "A.7 move an element", ["foo": ["all", "grass", "cows", "eat"]], [op("move", "/foo/3", from: "/foo/1")],
            ["foo": ["all", "cows", "eat", "grass"]]),
        Case(
            "A.8 tests that hold", ["baz": "qux", "foo": ["a", 2, "c"]], [op("test", "/baz", "qux"), op("test", "/foo/1", 2)],
            ["baz": "qux", "foo": ["a", 2, "c"]]),
        Case("A.9 a test that fails", ["baz": "qux"], [op("test", "/baz", "bar")], nil),
        Case(
            "A.10 add a mapping", ["foo": "bar"], [op("add", "/child", ["grandchild": [:]])],
            ["foo": "bar", "child": ["grandchild": [:]]]),
        Case(
            "A.11 other members do not count", ["foo": "bar"], [["op": "add", "path": "/baz", "value": "qux", "xyz": 123]],
            ["foo": "bar", "baz": "qux"]),
        Case("A.12 add to nothing", ["foo": "bar"], [op("add", "/baz/bat", "qux")], nil),
        Case("A.14 escapes", ["/": 9, "~1": 10], [op("test", "/~01", 10), op("replace", "/~1", 8)], ["/": 8, "~1": 10]),
        Case("A.15 a string is no number", ["/": 9, "~1": 10], [op("test", "/~01", "10")], nil),
        Case("A.16 add to the end", ["foo": ["bar"]], [op("add", "/foo/-", ["abc", "def"])], ["foo": ["bar", ["abc", "def"]]]),
        Case("copy", ["a": ["b": 1]], [op("copy", "/c", from: "/a"), op("replace", "/c/b", 2)], ["a": ["b": 1], "c": ["b": 2]]),
        Case("copy of nothing", ["a": 1], [op("copy", "/c", from: "/b")], nil),
        Case("numbers compare by value", ["a": 1], [op("test", "/a", 1.0)], ["a": 1]),
        Case("the whole document", ["a": 1], [op("replace", "", [1, 2])], [1, 2]),
        Case("the member of an empty name", ["": 1], [op("replace", "/", 2)], ["": 2]),
        Case("replace of nothing", ["a": 1], [op("replace", "/b", 2)], nil),
        Case("remove of nothing", ["a": 1], [op("remove", "/b")], nil),
        Case("an index beyond the end", ["a": [1]], [op("add", "/a/2", 2)], nil),
        Case("an index at the end", ["a": [1]], [op("add", "/a/1", 2)], ["a": [1, 2]]),
        Case("an index with a leading zero", ["a": [1, 2]], [op("remove", "/a/01")], nil),
        Case("a member of a number", ["a": 1], [op("add", "/a/b", 2)], nil),
        Case("move into itself", ["a": ["b": 1]], [op("move", "/a/b/c", from: "/a")], nil),
        Case("move onto itself", ["a": 1], [op("move", "/a", from: "/a")], ["a": 1]),
        Case("a missing value is null", ["a": 1], [op("add", "/b")], ["a": 1, "b": .null]),
        Case("an unknown operation", ["a": 1], [op("drop", "/a")], nil),
        Case("no operation", ["a": 1], [["path": "/a"]], nil),
        Case("a path without its slash", ["a": 1], [op("remove", "a")], nil),
        Case("not a list", ["a": 1], ["op": "remove", "path": "/a"], nil),
        Case("nothing at all", ["a": 1], [], ["a": 1]),
    ]

    /// What Kustomize takes beyond the standard.
    static let casesOfKustomize: [Case] = [
        Case("the last element", ["a": [1, 2]], [op("remove", "/a/-1")], ["a": [1]]),
        Case("before the end", ["a": [1, 2]], [op("add", "/a/-1", 3)], ["a": [1, 2, 3]]),
        Case("at the beginning, from the end", ["a": [1, 2]], [op("add", "/a/-3", 0)], ["a": [0, 1, 2]]),
        Case("past the beginning", ["a": [1, 2]], [op("remove", "/a/-3")], nil),
        Case("an element on the way", ["a": [["b": 1]]], [op("replace", "/a/-1/b", 2)], ["a": [["b": 2]]]),
        Case("an index with a leading zero", ["a": [1, 2]], [op("remove", "/a/01")], ["a": [1]]),
        Case("replace of nothing", ["a": 1], [op("replace", "/b", 2)], ["a": 1, "b": 2]),
        Case("copy of nothing", ["a": 1], [op("copy", "/c", from: "/b")], ["a": 1, "c": .null]),
        Case("move of nothing", ["a": 1], [op("move", "/c", from: "/b")], nil),
        Case("a path without its slash", ["a": ["b": 1]], [op("remove", "x/a/b")], ["a": [:]]),
    ]

    @Test(arguments: cases) func applies(_ case: Case) throws { try check(`case`, .rfc6902) }

    @Test(arguments: casesOfKustomize) func appliesAsKustomize(_ case: Case) throws { try check(`case`, .kustomize) }

    private func check(_ case: Case, _ dialect: JSONPatch.Dialect) throws {
        guard let result = `case`.result else {
            #expect(throws: ManifestError.self) {
                try JSONPatch(`case`.patch, dialect: dialect).applied(to: `case`.document)
            }
            return
        }
        #expect(try JSONPatch(`case`.patch, dialect: dialect).applied(to: `case`.document) == result)
    }

    @Test func errorsNameOperationAndPath() throws {
        let patch = try JSONPatch([Self.op("add", "/a", 1), Self.op("remove", "/x~1y")])
        let error = #expect(throws: ManifestError.self) { try patch.applied(to: [:]) }
        #expect(error?.message == "Operation 1 of the JSON patch (remove /x~1y) does not apply: there is no member \"x/y\".")
    }
}

struct MergePatchTests {
    /// The table of RFC 7386, appendix A: target, patch, result.
    static let cases: [(Value, Value, Value)] = [
        (["a": "b"], ["a": "c"], ["a": "c"]),
        (["a": "b"], ["b": "c"], ["a": "b", "b": "c"]),
        (["a": "b"], ["a": .null], [:]),
        (["a": "b", "b": "c"], ["a": .null], ["b": "c"]),
        (["a": ["b"]], ["a": "c"], ["a": "c"]),
        (["a": "c"], ["a": ["b"]], ["a": ["b"]]),
        (["a": ["b": "c"]], ["a": ["b": "d", "c": .null]], ["a": ["b": "d"]]),
        (["a": [["b": "c"]]], ["a": [1]], ["a": [1]]),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        (["a": "b"], ["c"], ["c"]),
        (["a": "foo"], .null, .null),
        (["a": "foo"], "bar", "bar"),
        (["e": .null], ["a": 1], ["e": .null, "a": 1]),
        ([1, 2], ["a": "b", "c": .null], ["a": "b"]),
        ([:], ["a": ["bb": ["ccc": .null]]], ["a": ["bb": [:]]]),
    ]

    @Test(arguments: cases) func merges(target: Value, patch: Value, result: Value) {
        #expect(MergePatch.apply(patch, to: target) == result)
    }
}
