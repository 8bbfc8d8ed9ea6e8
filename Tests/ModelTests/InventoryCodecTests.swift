import Manifests
import Model
import Testing

@Suite struct InventoryCodecTests {
    static let identity = ApplicationIdentity(installation: "i", namespace: "n", name: "shop")
    static let digest = Digest(bytes: [1])

    static var full: Inventory {
        var inventory = Inventory(identity: identity)
        inventory.entries = [
            ResourceKey(group: "", kind: "ConfigMap", namespace: "s", name: "a"): .init(state: .intended),
            ResourceKey(group: "apps", kind: "Deployment", namespace: "s", name: "web"): .init(
                state: .applied, uid: "u", digest: digest, returned: Digest(bytes: [2]), wave: -3, isKept: true),
            ResourceKey(group: "", kind: "Namespace", name: "s"): .init(state: .deleting, uid: "v"),
        ]
        inventory.sync = .init(operation: "1", renderedDigest: digest, revision: "r", hooks: ["PreSync batch/Job s/j": .running])
        inventory.entries[ResourceKey(group: "", kind: "ConfigMap", namespace: "s", name: "a")]?.origin =
            "Helm's release web, revision 1"
        inventory.deletionHooks = digest
        inventory.releases = [.init(number: 3, inputs: digest), .init(number: 4, inputs: Digest(bytes: [3]))]
        inventory.synced = .init(renderedDigest: digest, revision: "r")
        inventory.lease = .init(holder: "h", until: 1_800_000_000)
        return inventory
    }

    @Test(arguments: [Inventory(identity: identity), full]) func roundTrip(_ inventory: Inventory) throws {
        #expect(try Inventory(value: inventory.value) == inventory)
    }

    static let entry: Value = ["group": "", "kind": "ConfigMap", "name": "a", "state": "applied"]

    static let refused: [(path: [String], value: Value?, message: String)] = [
        (["format"], nil, "lacks the field format"),
        (["format"], "plumb.dev/inventory/v2", "reads plumb.dev/inventory/v1"),
        (["name"], nil, "lacks the field name"),
        (["entries"], nil, "lacks the field entries"),
        (["entries"], [:], "has to be a list"),
        (["entries"], [3], "has to be a mapping"),
        (["entries"], [["group": "", "kind": "ConfigMap", "name": "a", "state": "gone"]], "one of: intended, applied, deleting"),
        (["entries"], [["group": "", "kind": "ConfigMap", "state": "applied"]], "lacks the field name"),
        (["entries"], [["group": "", "kind": "ConfigMap", "name": "a", "state": "applied", "colour": "red"]], "\"colour\""),
        (["entries"], [["group": "", "kind": "ConfigMap", "name": "a", "state": "applied", "digest": "x"]], "no digest"),
        (["entries"], [["group": "", "kind": "ConfigMap", "name": "a", "state": "applied", "wave": .integer(.min)]], "wave"),
        (["entries"], [entry, entry], "twice"),
        (["sync", "hooks"], ["a"], "has to be a mapping"),
        (["sync", "hooks"], ["PreSync Job j": "lost"], "one of: intended"),
        (["sync", "renderedDigest"], "x", "no digest"),
        (["sync", "attempt"], 2, "\"attempt\""),
        (["synced", "by"], "x", "\"by\""),
        (["lease", "until"], "soon", "an integer"),
        (["releases"], [["number": 0, "inputs": .string(digest.description)]], "the number 0"),
        (["releases"], [["number": 1]], "lacks the field inputs"),
        (["lease", "since"], 3, "\"since\""),
        (["future"], true, "\"future\""),
    ]

    @Test(arguments: refused) func refuses(_ path: [String], _ value: Value?, message: String) throws {
        var stored = Self.full.value
        if path.count == 1 {
            stored[path[0]] = value
        } else {
            var inner = try #require(stored[path[0]])
            inner[path[1]] = value
            stored[path[0]] = inner
        }
        let error = try #require(throws: PlumbError.self) { try Inventory(value: stored) }
        #expect(error.message.contains(message), "\(error)")
    }

    @Test func theStoredFormIsTheSameEveryTime() {
        #expect(Self.full.value == Self.full.value)
        let names = Self.full.value["entries"]?.array?.compactMap { $0["name"]?.string }
        #expect(names == ["a", "s", "web"])
    }
}
