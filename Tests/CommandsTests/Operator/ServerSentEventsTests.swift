import Model
import Testing

@testable import Commands

/// A stream means the same however it is cut.
@Suite struct ServerSentEventsTests {
    private typealias Message = ServerSentEvents.Message

    @Test(arguments: [
        ("id: 1\ndata: a\n\n", [("1", "a")]), ("id:1\ndata:a\n\n", [("1", "a")]), ("data: a\ndata: b\n\n", [(nil, "a\nb")]),
        ("id: 1\r\ndata: a\r\n\r\nid: 2\r\ndata: b\r\n\r\n", [("1", "a"), ("2", "b")]), ("id: 1\rdata: a\r\r", [("1", "a")]),
        (": heartbeat\n\n", []), ("retry: 2000\n\n", []), ("event: x\nid: 1\n\n", []), ("data: a", []), ("data: a\n", []),
        ("data:  a: b\n\n", [(nil, " a: b")]), ("data\n\n", [(nil, "")]),
        ("id: 1\ndata: a\n\ndata: b\n\n", [("1", "a"), ("1", "b")]),
        ("data: größe → 5\n\n", [(nil, "größe → 5")]),
    ])
    func messagesOfAText(_ text: String, _ expected: [(String?, String)]) throws {
        let messages = expected.map { Message(id: $0.0, data: $0.1) }
        for size in 1...max(1, text.utf8.count) {
            var parser = ServerSentEvents()
            var found: [Message] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                found += try parser.feed(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            #expect(found == messages, "in pieces of \(size)")
        }
    }

    @Test func aLineThatNeverEndsIsAnError() {
        var parser = ServerSentEvents()
        let piece = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
        #expect(throws: PlumbError.self) { for _ in 0..<5 { _ = try parser.feed(piece) } }
    }

    @Test func aMessageThatNeverEndsIsAnError() {
        var parser = ServerSentEvents()
        let line = Array(("data: " + String(repeating: "x", count: 1 << 20) + "\n").utf8)
        #expect(throws: PlumbError.self) { for _ in 0..<5 { _ = try parser.feed(line) } }
    }
}
