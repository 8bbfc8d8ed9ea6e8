import Testing

@testable import KubernetesTarget

/// What is known after watches, lists and writes, in every order in which they can come.
@Suite struct FollowedSetTests {
    struct Item: FollowedItem, Equatable {
        let name: ObjectName
        let uid: String
        let version: ResourceVersion

        /// `name/uid@version`
        init(_ text: String) {
            let parts = text.split { "/@".contains($0) }.map(String.init)
            name = ObjectName(namespace: "", name: parts[0])
            uid = parts[1]
            version = ResourceVersion(text: parts[2])
        }

        var text: String { "\(name.name)/\(uid)@\(version.text)" }
    }

    enum Step: Sendable {
        case list([String], String)
        case change(String)
        case delete(String)
        case write(String)
        /// Of a name, by uid.
        case erase(String, String)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        /// What there is then.
        let items: [String]
        /// What the last step told: `+name`, `-name`.
        let told: [String]

        init(_ name: String, _ steps: [Step], _ items: [String], told: [String]) {
            testDescription = name
            self.steps = steps
            self.items = items
            self.told = told
        }
    }

    static let cases = [
        Case("a list", [.list(["a/1@2", "b/2@3"], "5")], ["a/1@2", "b/2@3"], told: ["+a", "+b"]),
        Case("news", [.list(["a/1@2"], "5"), .change("a/1@6")], ["a/1@6"], told: ["+a"]),
        Case("an end", [.list(["a/1@2"], "5"), .delete("a/1@6")], [], told: ["-a"]),
        Case("a write and its own event", [.list([], "5"), .write("a/1@6"), .change("a/1@6")], ["a/1@6"], told: []),
        Case("a write and an older event", [.list(["a/1@2"], "5"), .write("a/1@9"), .change("a/1@8")], ["a/1@9"], told: []),
        Case("a write and a newer event", [.list(["a/1@2"], "5"), .write("a/1@9"), .change("a/1@10")], ["a/1@10"], told: ["+a"]),
        Case("an older answer to a write", [.list([], "5"), .change("a/1@10"), .write("a/1@9")], ["a/1@10"], told: ["+a"]),
        Case("a write and an older end", [.list(["a/1@2"], "5"), .write("a/2@9"), .delete("a/1@8")], ["a/2@9"], told: []),
        Case("a write and an older list", [.list([], "5"), .write("a/1@9"), .list([], "8")], ["a/1@9"], told: []),
        Case("a write and a newer list", [.list([], "5"), .write("a/1@9"), .list([], "10")], [], told: ["-a"]),
        Case("an erasure and its end", [.list(["a/1@2"], "5"), .erase("a", "1"), .delete("a/1@7")], [], told: []),
        Case("an erasure and late news", [.list(["a/1@2"], "5"), .erase("a", "1"), .change("a/1@6")], [], told: []),
        Case("an erasure and a late list", [.list(["a/1@2"], "5"), .erase("a", "1"), .list(["a/1@2"], "6")], [], told: []),
        Case("an erasure of another", [.list(["a/2@4"], "5"), .erase("a", "1")], ["a/2@4"], told: ["+a"]),
        Case(
            "erased, made anew by another", [.list(["a/1@2"], "5"), .erase("a", "1"), .change("a/2@8")], ["a/2@8"], told: ["+a"]),
        Case(
            "erased, made anew, and then the end of the first",
            [.list(["a/1@2"], "5"), .erase("a", "1"), .write("a/2@9"), .delete("a/1@7")], ["a/2@9"], told: []),
        Case(
            "a list that shows only what changed", [.list(["a/1@2", "b/2@3", "c/3@4"], "5"), .list(["a/1@2", "b/2@7"], "8")],
            ["a/1@2", "b/2@7"], told: ["+b", "-c"]),
        Case(
            "a server that was restored", [.list(["a/1@2"], "50"), .change("a/1@60"), .list(["a/1@7"], "10")], ["a/1@7"],
            told: ["+a"]),
        Case("versions that are no numbers", [.list(["a/1@x"], "y"), .change("a/1@w")], ["a/1@w"], told: ["+a"]),
    ]

    @Test(arguments: cases) func whatIsKnown(_ sample: Case) {
        var set = FollowedSet<Item>()
        var told: [String] = []
        for step in sample.steps {
            var changes: [FollowedSet<Item>.Change]?
            switch step {
            case .list(let items, let version): changes = set.listed(items.map(Item.init), at: ResourceVersion(text: version))
            case .change(let item): changes = set.changed(Item(item)).map { [$0] } ?? []
            case .delete(let item): changes = set.deleted(Item(item)).map { [$0] } ?? []
            case .write(let item): set.wrote(Item(item))
            case .erase(let name, let uid): set.erased(ObjectName(namespace: "", name: name), uid: uid)
            }
            guard let changes else { continue }
            told = changes.map { "\($0.new == nil ? "-" : "+")\(($0.new ?? $0.old)?.name.name ?? "")" }.sorted()
        }
        #expect(set.items.values.map(\.text).sorted() == sample.items)
        #expect(told == sample.told)
    }

    @Test func oneBrokenConnectionIsNoInterruption() {
        var set = FollowedSet<Item>()
        #expect(!set.isInSync)
        _ = set.listed([], at: ResourceVersion(text: "1"))
        set.interrupted()
        #expect(set.isInSync)
        set.interrupted()
        #expect(!set.isInSync)
        set.resumed()
        #expect(set.isInSync)
    }
}
