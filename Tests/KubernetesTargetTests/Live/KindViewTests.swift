import KubernetesClient
import Manifests
import Testing

@testable import KubernetesTarget

/// Two watches of one kind, of which one may be ahead of the other.
@Suite struct KindViewTests {
    enum Step: Sendable {
        /// An object as `uid@version`, with the label or without; nil says that nothing is there.
        case marked(String?)
        case markedEnds(String)
        case exists(String, isMarked: Bool)
        case ends(String)
        case ask
        case saw(String)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        /// `absent`, `unknown`, or the object's `uid@version`.
        let look: String
        /// Whether the last step is news.
        let isTold: Bool

        init(_ name: String, _ steps: [Step], _ look: String, isTold: Bool) {
            testDescription = name
            self.steps = steps
            self.look = look
            self.isTold = isTold
        }
    }

    static let cases = [
        Case("nothing", [], "absent", isTold: false),
        Case("only the content has come", [.marked("1@5")], "1@5", isTold: true),
        Case("only its existence has come", [.exists("1@5", isMarked: true)], "unknown", isTold: false),
        Case("both", [.exists("1@5", isMarked: true), .marked("1@5")], "1@5", isTold: true),
        Case("newer content on its way", [.marked("1@5"), .exists("1@6", isMarked: true)], "1@5", isTold: false),
        Case("gone, and told once", [.marked("1@5"), .exists("1@5", isMarked: true), .ends("1@6")], "absent", isTold: true),
        Case(
            "gone, the content first", [.marked("1@5"), .exists("1@5", isMarked: true), .markedEnds("1@6")], "unknown",
            isTold: false),
        Case(
            "the label was taken off", [.marked("1@5"), .exists("1@5", isMarked: true), .exists("1@6", isMarked: false)], "unknown",
            isTold: true),
        Case(
            "the label was taken off, and it was looked at",
            [.marked("1@5"), .exists("1@5", isMarked: true), .exists("1@6", isMarked: false), .saw("1@6")], "1@6", isTold: false),
        Case("of nobody's interest", [.exists("1@5", isMarked: false)], "unknown", isTold: false),
        Case("of somebody's interest", [.ask, .exists("1@5", isMarked: false)], "unknown", isTold: true),
        Case("looked at", [.ask, .exists("1@5", isMarked: false), .saw("1@5")], "1@5", isTold: false),
        Case(
            "looked at, and changed since", [.ask, .exists("1@5", isMarked: false), .saw("1@5"), .exists("1@7", isMarked: false)],
            "unknown", isTold: true),
        Case(
            "another in its place", [.marked("1@5"), .exists("1@5", isMarked: true), .exists("2@9", isMarked: false)], "unknown",
            isTold: true),
        Case("a new one of the same name", [.exists("1@5", isMarked: true), .marked("2@8")], "2@8", isTold: true),
    ]

    private static func object(_ text: String, isMarked: Bool) -> Value {
        let parts = text.split(separator: "@").map(String.init)
        var object: Value = ["metadata": ["name": "x", "uid": .string(parts[0]), "resourceVersion": .string(parts[1])]]
        if isMarked { object["metadata"]?["labels"] = ["plumb.dev/application": "hash"] }
        return object
    }

    @Test(arguments: cases) func whoKnowsBetter(_ sample: Case) throws {
        let name = ObjectName(namespace: "", name: "x")
        var view = KindView()
        _ = view.tell(marked: .listed([], version: "1"))
        _ = view.tell(existing: .listed([], version: "1"))
        var told: [ObjectName] = []
        for step in sample.steps {
            switch step {
            case .marked(let text):
                told = text.map { view.tell(marked: .changed(StoredObject(Self.object($0, isMarked: true)))) } ?? []
            case .markedEnds(let text): told = view.tell(marked: .deleted(StoredObject(Self.object(text, isMarked: true))))
            case .exists(let text, let isMarked):
                told = view.tell(existing: .changed(Existence(Self.object(text, isMarked: isMarked))))
            case .ends(let text): told = view.tell(existing: .deleted(Existence(Self.object(text, isMarked: true))))
            case .ask:
                let hasRoom = view.ask([name])
                #expect(hasRoom)
            case .saw(let text):
                let object = Self.object(text, isMarked: false)
                view.saw(StoredObject(object), Existence(object))
                told = []
            }
        }
        let look: String
        switch view.look(at: name) {
        case .absent: look = "absent"
        case .unknown: look = "unknown"
        case .here(let object): look = "\(object.uid)@\(object.version.text)"
        }
        #expect(look == sample.look)
        #expect(told == (sample.isTold ? [name] : []))
    }

    @Test func whoAskedForAllIsToldOfEach() {
        func object(_ name: String, _ version: String, in namespace: String, isMarked: Bool = false) -> Value {
            var metadata: Value = [
                "name": .string(name), "namespace": .string(namespace), "uid": .string(name), "resourceVersion": .string(version),
            ]
            if isMarked { metadata["labels"] = ["plumb.dev/application": "hash"] }
            return ["metadata": metadata]
        }
        var view = KindView()
        func changed(_ object: Value) -> [ObjectName] { view.tell(existing: .changed(Existence(object))) }
        func deleted(_ object: Value) -> [ObjectName] { view.tell(existing: .deleted(Existence(object))) }
        func ask(_ name: ObjectName) { _ = view.ask([name]) }
        _ = view.tell(marked: .listed([], version: "1"))
        _ = view.tell(existing: .listed([], version: "1"))
        ask(.all(in: "a"))
        let (a, other) = (ObjectName.all(in: "a"), ObjectName.all(in: ""))
        #expect(changed(object("x", "5", in: "a")) == [a])
        #expect(changed(object("x", "5", in: "a")) == [], "the same once more")
        #expect(changed(object("x", "5", in: "b")) == [])
        ask(other)
        #expect(changed(object("y", "6", in: "a", isMarked: true)) == [a, other])
        #expect(changed(object("y", "7", in: "b")) == [other])
        #expect(view.stamps(in: "a").map(\.version) == ["5", "6"])
        #expect(view.stamps(in: "").map { "\($0.name.namespace)/\($0.name.name)" } == ["a/x", "a/y", "b/x", "b/y"])
        #expect(deleted(object("x", "9", in: "a")) == [a, other])
        #expect(view.stamps(in: "a").map(\.version) == ["6"])
        #expect(view.stamp(of: ObjectName(namespace: "a", name: "x")) == nil)
    }

    @Test func aListAfterAGapTellsOnlyWhatIsAnother() {
        var view = KindView()
        let names = (1...1000).map { "o\($0)" }
        func object(_ name: String, _ version: String) -> Value {
            [
                "metadata": [
                    "name": .string(name), "uid": .string(name), "resourceVersion": .string(version),
                    "labels": ["plumb.dev/application": "hash"],
                ]
            ]
        }
        let before = names.map { object($0, "5") }
        _ = view.tell(marked: .listed(before.map(StoredObject.init), version: "9"))
        _ = view.tell(existing: .listed(before.map(Existence.init), version: "9"))
        let after = names.dropLast().map { object($0, $0 == "o7" ? "12" : "5") }
        let changed = view.tell(marked: .listed(after.map(StoredObject.init), version: "20"))
        #expect(changed.map(\.name) == ["o7"])
        let gone = view.tell(existing: .listed(after.map(Existence.init), version: "20"))
        #expect(gone.map(\.name) == ["o1000"])
    }
}
