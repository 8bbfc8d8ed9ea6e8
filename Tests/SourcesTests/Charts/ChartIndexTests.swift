import Model
import TestSupport
import Testing

@testable import Sources

struct ChartIndexTests {
    private static let digest = String(repeating: "a", count: 64)
    private static let other = String(repeating: "b", count: 64)

    private static func index(_ versions: [String]) -> String {
        ChartServer.index(versions.map { ChartServer.entry("web", $0, url: "web-\($0).tgz", digest: digest) })
    }

    private static func read(_ text: String) throws -> ChartIndex {
        try ChartIndex(Array(text.utf8), from: "https://h", limit: 1 << 20)
    }

    /// By Helm's rules.
    static let chosen: [(versions: [String], wanted: String?, version: String?)] = [
        (["1.0.0", "1.2.0", "1.10.0"], nil, "1.10.0"), (["1.0.0", "2.0.0-rc.1"], nil, "1.0.0"), (["2.0.0-rc.1"], nil, nil),
        (["1.0.0", "1.2.0", "2.0.0"], "^1.0", "1.2.0"), (["1.0.0", "1.2.0"], "1.0.0", "1.0.0"), (["1.0.0"], "2.x", nil),
        (["1.0.0", "1.1.0-rc.1"], "1.x", "1.0.0"), (["1.0.0", "1.1.0-rc.1"], ">=1.0.0-0", "1.1.0-rc.1"),
        (["1.0.0", "1.1.0-rc.1"], "1.1.0-rc.1", "1.1.0-rc.1"), (["v1.0.0", "v1.1.0"], "1.x", "v1.1.0"),
        (["v1.0.0"], "1.0.0", "v1.0.0"), (["1.0.0+a", "1.0.0+b"], "1.0.0+a", "1.0.0+a"), (["1.0.0+a"], "1.0.0", "1.0.0+a"),
        (["1.0"], "1.0", "1.0"), (["1.0.0", "1.0.1"], "~1.0.0, !=1.0.1", "1.0.0"),
    ]

    @Test(arguments: chosen) func choosesAsHelmDoes(_ versions: [String], wanted: String?, version: String?) throws {
        let index = try Self.read(Self.index(versions))
        let found = try? index.release(ChartReference(name: "web", version: wanted), in: "https://h")
        #expect(found?.version == version)
    }

    static let noIndex = [
        "", "[]", "a: 1", "apiVersion: v1\n: :", "<html>not found</html>", "{\"entries\": {}}", "apiVersion: {a: 1}\nentries: {}",
    ]

    @Test(arguments: noIndex) func whatIsNoIndexIsAnError(_ text: String) {
        let error = #expect(throws: PlumbError.self) { try Self.read(text) }
        #expect(error?.code == .invalid)
    }

    @Test func anEmptyIndexIsNoEmptySource() throws {
        let error = #expect(throws: PlumbError.self) {
            try Self.read("apiVersion: v1\nentries: {}").release(ChartReference(name: "web"), in: "https://h")
        }
        #expect(error?.code == .notFound)
    }

    /// What makes no sense is left out, as Helm does; what is left counts.
    @Test func entriesThatMakeNoSenseAreLeftOut() throws {
        let entries: [(name: String, text: String)] = [
            ("web", "  - null\n"), ("web", "  - {name: other, version: 3.0.0, urls: [x]}\n"),
            ("web", "  - {name: web, urls: [x]}\n"),
            ("web", "  - {name: web, version: nonsense, urls: [x]}\n"), ("web", "  - {name: web, version: 2.0.0}\n"),
            ("web", "  - {name: web, version: 1.5.0, urls: [x], digest: md5}\n"),
            ChartServer.entry("web", "1.0.0", url: "x", digest: "sha256:\(Self.digest)"),
        ]
        let index = try Self.read(ChartServer.index(entries))
        #expect(index.count == 1)
        #expect(try index.release(ChartReference(name: "web"), in: "https://h").digest?.hex == Self.digest)
        #expect(throws: PlumbError.self) { try index.release(ChartReference(name: "../web"), in: "https://h") }
    }

    @Test func oneVersionTwiceIsAnErrorWhereItIsNotTheSame() throws {
        let same = ChartServer.entry("web", "1.0.0", url: "x", digest: Self.digest)
        #expect(try Self.read(ChartServer.index([same, same])).release(ChartReference(name: "web"), in: "h").version == "1.0.0")
        let another = ChartServer.entry("web", "1.0.0", url: "y", digest: Self.other)
        let error = #expect(throws: PlumbError.self) {
            try Self.read(ChartServer.index([same, another])).release(ChartReference(name: "web"), in: "h")
        }
        #expect(error?.code == .conflict)
    }

    @Test func tenThousandEntriesAreRead() throws {
        let entries = (0..<10_000).map { number in
            ChartServer.entry("chart-\(number % 100)", "1.\(number / 100).0", url: "x-\(number).tgz", digest: Self.digest)
        }
        let index = try ChartIndex(Array(ChartServer.index(entries).utf8), from: "https://h", limit: 64 << 20)
        #expect(index.count == 10_000)
        #expect(try index.release(ChartReference(name: "chart-42", version: "1.x"), in: "h").version == "1.99.0")
    }

    // MARK: What was published does not change

    private static func release(_ version: String, _ hex: String) throws -> ChartRelease {
        ChartRelease(chart: "web", version: version, digest: try Revision.Digest(hex))
    }

    @Test func aVersionKeepsItsContent() throws {
        var memory = ChartMemory()
        let range = ChartReference(name: "web", version: "1.x")
        let first = try memory.check(range, try Self.release("1.0.0", Self.digest), in: "h")
        #expect(first.description == "web-1.0.0@sha256:\(Self.digest)")
        let error = #expect(throws: PlumbError.self) { try memory.check(range, try Self.release("1.0.0", Self.other), in: "h") }
        #expect(error?.code == .conflict && error?.message.contains("another content") == true)
        // As the next process sees it.
        var again = ChartMemory(memory.value)
        #expect(again == memory)
        #expect(throws: PlumbError.self) { try again.check(range, try Self.release("1.0.0", Self.other), in: "h") }
        // A person says that the new content is meant.
        let pinned = ChartReference(name: "web", version: "1.x", digest: try Revision.Digest(Self.other))
        #expect(try again.check(pinned, try Self.release("1.0.0", Self.other), in: "h").digest.hex == Self.other)
        #expect(throws: PlumbError.self) { try again.check(pinned, try Self.release("1.0.0", Self.digest), in: "h") }
    }

    @Test func aRangeDoesNotLeadBackByItself() throws {
        var memory = ChartMemory()
        let range = ChartReference(name: "web", version: "1.x")
        _ = try memory.check(range, try Self.release("1.1.0", Self.digest), in: "h")
        let error = #expect(throws: PlumbError.self) { try memory.check(range, try Self.release("1.0.0", Self.other), in: "h") }
        #expect(error?.message.contains("web 1.1.0, which 1.x led to, is not in h any more") == true)
        #expect(error?.remedy == "To go back, name the version: \"1.0.0\".")
        let named = ChartReference(name: "web", version: "1.0.0")
        #expect(try memory.check(named, try Self.release("1.0.0", Self.other), in: "h").name == "web-1.0.0")
        #expect(try memory.check(range, try Self.release("1.2.0", Self.other), in: "h").name == "web-1.2.0")
    }
}
