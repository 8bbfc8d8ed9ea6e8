import Model
import Testing

@testable import Operator

/// Who is rendered from what is live.
struct InputIndexTests {
    private static func key(_ name: String, in namespace: String? = "shop") -> ResourceKey {
        ResourceKey(group: "", kind: "ConfigMap", namespace: namespace, name: name)
    }

    @Test func whoReadsIsKnownByTargetAndKey() {
        var index = InputIndex()
        index.set([Self.key("a"), Self.key("b")], of: "one", on: "kubernetes")
        index.set([Self.key("b")], of: "two", on: "kubernetes")
        #expect(index.readers(of: Self.key("a"), on: "kubernetes") == ["one"])
        #expect(index.readers(of: Self.key("b"), on: "kubernetes") == ["one", "two"])
        #expect(index.readers(of: Self.key("b"), on: "other").isEmpty)
        #expect(index.readers(of: Self.key("a", in: "blue"), on: "kubernetes").isEmpty)
    }

    @Test func whatIsReadNowTakesThePlaceOfWhatWas() {
        var index = InputIndex()
        index.set([Self.key("a"), Self.key("b")], of: "one", on: "kubernetes")
        index.set([Self.key("b"), Self.key("c")], of: "one", on: "kubernetes")
        #expect(["a", "b", "c"].map { index.readers(of: Self.key($0), on: "kubernetes").count } == [0, 1, 1])
        index.add([Self.key("a")], of: "one", on: "kubernetes")
        #expect(["a", "b", "c"].map { index.readers(of: Self.key($0), on: "kubernetes").count } == [1, 1, 1])
        index.set([Self.key("a")], of: "one", on: "other")
        #expect(
            index.readers(of: Self.key("a"), on: "kubernetes").isEmpty && index.readers(of: Self.key("a"), on: "other") == ["one"])
        index.forget("one")
        #expect(index.readers(of: Self.key("a"), on: "other").isEmpty)
    }

    @Test func anObjectIsAmongAllOfItsKind() {
        #expect(Self.key("a").listKeys == [Self.key(""), Self.key("", in: "")])
        #expect(Self.key("a", in: nil).listKeys == [Self.key("", in: nil)])
    }
}
