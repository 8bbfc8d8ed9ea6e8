import Manifests
import Testing

@Suite struct ValuePathTests {
    static let pod: Value = [
        "spec": [
            "containers": [["name": "app", "image": "a:1", "ports": [["containerPort": 80]]], ["name": "log/x~", "image": "l:1"]]
        ],
        "metadata": ["labels": ["a/b": "1", "*": "star", "[x": "open", "0": "zero"]],
    ]

    @Test(
        arguments: [
            ("", [pod]),
            ("/metadata/labels/a~1b", ["1"]),
            ("/metadata/labels/~2", ["star"]),
            ("/metadata/labels/~3x", ["open"]),
            ("/metadata/labels/0", ["zero"]),
            ("/metadata/labels/*", ["star", "zero", "open", "1"]),
            ("/spec/containers/0/image", ["a:1"]),
            ("/spec/containers/[name=app]/image", ["a:1"]),
            ("/spec/containers/[name=log~1x~0]/image", ["l:1"]),
            ("/spec/containers/*/image", ["a:1", "l:1"]),
            ("/spec/containers/0/ports/[containerPort=80]/containerPort", [80]),
            ("/spec/containers/2", []), ("/spec/containers/00", []), ("/spec/containers/-", []), ("/spec/containers/-1", []),
            ("/spec/containers/[name=none]/image", []), ("/spec/[name=app]", []), ("/metadata/labels/a~1b/c", []), ("/", []),
        ] as [(String, [Value])])
    func findsWhatItNames(text: String, values: [Value]) throws {
        let path = try ValuePath(parsing: text)
        #expect(path.description == text)
        #expect(Self.pod.values(at: path) == values)
        #expect(Self.pod.get(path) == values.first)
    }

    @Test(arguments: ["a", "spec/x", "/a~", "/a~9", "/[name]", "/[=x]", "/[name=x", "/[]"])
    func refusesWhatIsNoPath(text: String) {
        #expect(throws: ManifestError.self) { try ValuePath(parsing: text) }
    }

    @Test(arguments: [
        ("/a/b", #"{"a":{"c":2},"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 1),
        ("/a", #"{"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 1),
        ("/l/0", #"{"a":{"b":1,"c":2},"l":[{"name":"y","v":2},3]}"#, 1),
        ("/l/[name=y]", #"{"a":{"b":1,"c":2},"l":[{"name":"x","v":1},3]}"#, 1),
        ("/l/*/v", #"{"a":{"b":1,"c":2},"l":[{"name":"x"},{"name":"y"},3]}"#, 2),
        ("/l/*", #"{"a":{"b":1,"c":2},"l":[]}"#, 3),
        ("/a/*", #"{"a":{},"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 2),
        ("/a/none", #"{"a":{"b":1,"c":2},"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 0),
        ("/none/b", #"{"a":{"b":1,"c":2},"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 0),
        ("/l/-", #"{"a":{"b":1,"c":2},"l":[{"name":"x","v":1},{"name":"y","v":2},3]}"#, 0),
        ("", "null", 1),
    ])
    func removes(text: String, json: String, count: Int) throws {
        var value: Value = ["a": ["b": 1, "c": 2], "l": [["name": "x", "v": 1], ["name": "y", "v": 2], 3]]
        #expect(value.remove(try ValuePath(parsing: text)) == count)
        #expect(value.json == json)
    }

    @Test(arguments: [
        ("/a/b", false, #"{"a":{"b":9},"l":[{"name":"x"}]}"#, 1),
        ("/a/z", false, #"{"a":{"b":1,"z":9},"l":[{"name":"x"}]}"#, 1),
        ("/n/z", false, #"{"a":{"b":1},"l":[{"name":"x"}]}"#, 0),
        ("/n/y/z", true, #"{"a":{"b":1},"l":[{"name":"x"}],"n":{"y":{"z":9}}}"#, 1),
        ("/l/-", false, #"{"a":{"b":1},"l":[{"name":"x"},9]}"#, 1),
        ("/l/-/q", true, #"{"a":{"b":1},"l":[{"name":"x"},{"q":9}]}"#, 1),
        ("/l/[name=x]/image", false, #"{"a":{"b":1},"l":[{"image":9,"name":"x"}]}"#, 1),
        ("/l/5", false, #"{"a":{"b":1},"l":[{"name":"x"}]}"#, 0),
        ("/a/b/c", true, #"{"a":{"b":1},"l":[{"name":"x"}]}"#, 0),
        ("", false, "9", 1),
    ])
    func writes(text: String, creatingParents: Bool, json: String, count: Int) throws {
        var value: Value = ["a": ["b": 1], "l": [["name": "x"]]]
        #expect(value.set(try ValuePath(parsing: text), to: 9, creatingParents: creatingParents) == count)
        #expect(value.json == json)
    }
}
