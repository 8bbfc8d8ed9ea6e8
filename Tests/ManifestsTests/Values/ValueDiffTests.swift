import Manifests
import Testing

@Suite struct ValueDiffTests {
    @Test(arguments: [
        ("{}", "{}", []),
        (#"{"a":1}"#, #"{"a":2}"#, ["/a: 1 -> 2"]),
        (#"{"a":1,"b":{"c":1}}"#, #"{"b":{"c":1,"d":2},"e":null}"#, ["/a: 1 -> ", "/b/d:  -> 2", "/e:  -> null"]),
        (#"{"a":{"b":1}}"#, #"{"a":[1]}"#, [#"/a: {"b":1} -> [1]"#]),
        ("[1,2,3]", "[1,5]", ["/1: 2 -> 5", "/2: 3 -> "]),
        ("[1]", "[1,2]", ["/1:  -> 2"]),
        ("1", "2", [": 1 -> 2"]),
        (
            #"{"c":[{"name":"a","v":1},{"name":"b","v":1}]}"#, #"{"c":[{"name":"b","v":2},{"name":"n"}]}"#,
            [#"/c/[name=a]: {"name":"a","v":1} -> "#, "/c/[name=b]/v: 1 -> 2", #"/c/[name=n]:  -> {"name":"n"}"#]
        ),
        (
            #"[{"name":"a"},{"name":"b"}]"#, #"[{"name":"b"},{"name":"a"}]"#,
            [#": [{"name":"a"},{"name":"b"}] -> [{"name":"b"},{"name":"a"}]"#]
        ),
        (#"[{"name":"a"},{"name":"a"}]"#, #"[{"name":"a"},{"name":"c"}]"#, ["/1/name: \"a\" -> \"c\""]),
        (#"[{"port":80,"x":1}]"#, #"[{"port":81},{"port":80,"x":2}]"#, ["/[port=80]/x: 1 -> 2", #"/[port=81]:  -> {"port":81}"#]),
        ("[]", #"[{"name":"a"}]"#, [#"/[name=a]:  -> {"name":"a"}"#]),
        (#"{"a/b~c":1}"#, "{}", ["/a~1b~0c: 1 -> "]),
    ])
    func saysWhereValuesDiffer(old: String, new: String, changes: [String]) throws {
        let diff = ValueDiff(
            from: try JSON.parse(Array(old.utf8)), to: try JSON.parse(Array(new.utf8)), listKeys: ["name", "port"])
        #expect(diff.changes.map { "\($0.path): \($0.old?.json ?? "") -> \($0.new?.json ?? "")" } == changes)
        #expect(diff.isEmpty == changes.isEmpty)
        #expect(!diff.isTruncated)
    }

    @Test func isBounded() {
        let old = Value.array((0..<5000).map { .integer($0) })
        let diff = ValueDiff(from: old, to: [], limit: 10)
        #expect(diff.changes.count == 10)
        #expect(diff.isTruncated)
    }

    /// Writing each new value to its path must lead from the old value to the new one, unless lists moved.
    @Test func leavesNoDifferenceOut() {
        var random = SplitMix(seed: 5)
        for _ in 0..<500 {
            let (old, new) = (random.value(depth: 3), random.value(depth: 3))
            #expect(ValueDiff(from: old, to: new).isEmpty == (old == new))
            #expect(ValueDiff(from: old, to: old).isEmpty)
        }
    }
}
