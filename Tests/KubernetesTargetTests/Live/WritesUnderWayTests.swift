import Model
import Testing

@testable import KubernetesTarget

/// What a watch tells of a write before the server has answered it.
@Suite struct WritesUnderWayTests {
    private let key = ResourceKey(group: "", kind: "ConfigMap", namespace: "n", name: "a")

    @Test(arguments: [(true, []), (false, ["a"])]) func newsWaitForTheAnswer(_ isLatest: Bool, _ told: [String]) {
        var writes = WritesUnderWay<String>()
        writes.begin("x")
        let isKept = writes.keep([key], of: "x")
        #expect(isKept)
        let news = writes.end("x", isLatest: isLatest)
        #expect(news.map(\.name) == told)
    }

    @Test func ofOthersIsNotKept() {
        var writes = WritesUnderWay<String>()
        writes.begin("x")
        let isKept = writes.keep([key], of: "y")
        #expect(!isKept)
        _ = writes.end("x", isLatest: true)
        let isKeptLater = writes.keep([key], of: "x")
        #expect(!isKeptLater)
    }

    @Test func ofTwoWritesTheLastOneTells() {
        var writes = WritesUnderWay<String>()
        writes.begin("x")
        writes.begin("x")
        _ = writes.keep([key], of: "x")
        let first = writes.end("x", isLatest: false)
        #expect(first.isEmpty)
        let second = writes.end("x", isLatest: false)
        #expect(second == [key])
    }
}
