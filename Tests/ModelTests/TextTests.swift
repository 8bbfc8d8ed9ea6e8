import Model
import Testing

@Suite struct TextTests {
    static let durations: [(text: String, milliseconds: Int?)] = [
        ("90s", 90_000), ("2m", 120_000), ("1h30m", 5_400_000), ("500ms", 500), ("1d", 86_400_000), ("0s", 0),
        ("365d", 31_536_000_000),
        ("1m1ms", 60_001), ("", nil), ("5", nil), ("s", nil), ("-5s", nil), ("1.5s", nil), ("5 s", nil), ("5S", nil), ("366d", nil),
        ("365d1ms", nil), ("9999999999999s", nil), ("999999999999h", nil), ("٣s", nil),
    ]

    @Test(arguments: durations) func readsDuration(_ text: String, milliseconds: Int?) {
        #expect(DurationText.parse(text) == milliseconds.map { .milliseconds($0) })
    }

    static let printed: [(duration: Duration, text: String)] = [
        (.seconds(90), "1m30s"), (.seconds(5400), "1h30m"), (.milliseconds(1500), "1s500ms"), (.seconds(600), "10m"), (.zero, "0s"),
        (.seconds(-1), "0s"), (.microseconds(10), "0s"), (.seconds(90_061), "25h1m"), (.seconds(3605), "1h5s"),
        (.seconds(Int64.max), "2562047788015215h30m"),
    ]

    @Test(arguments: printed) func prints(_ duration: Duration, text: String) {
        #expect(DurationText.print(duration) == text)
    }

    @Test func whatIsPrintedReadsTheSame() {
        for milliseconds in [1, 999, 1000, 59_999, 60_000, 61_000, 3_600_000, 5_400_000, 86_400_000] {
            #expect(DurationText.parse(DurationText.print(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
        }
    }

    static let times: [(text: String, milliseconds: Int?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2026-01-31T18:00:00Z", 1_769_882_400_000), ("2000-02-29T12:30:15.25+02:00", 951_820_215_250),
        ("1969-12-31T23:59:59Z", -1000), ("2024-12-31 23:59:59z", 1_735_689_599_000), ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        ("2026-02-29T00:00:00Z", nil), ("2026-01-31", nil), ("2026-01-31T18:00:00", nil), ("2026-01-31T24:00:00Z", nil),
        ("2026-13-01T00:00:00Z", nil), ("2026-00-01T00:00:00Z", nil), ("2026-01-01T00:00:00.Z", nil),
        ("2026-01-01T00:00:00Z ", nil),
        ("2026-01-01T00:00:00+2:00", nil), ("tomorrow", nil), ("", nil),
    ]

    @Test(arguments: times) func readsTime(_ text: String, milliseconds: Int?) {
        #expect(TimeText.parse(text) == milliseconds.map { .milliseconds($0) })
    }

    static let quoted: [(text: String, quoted: String)] = [
        ("a b", "\"a b\""), ("", "\"\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("a\nb\u{1b}[31m", "\"a\\u{a}b\\u{1b}[31m\""),
        ("\u{202e}x\u{2066}\u{200f}", "\"\\u{202e}x\\u{2066}\\u{200f}\""), ("a\u{2028}b", "\"a\\u{2028}b\""), ("é", "\"é\""),
        (String(repeating: "a", count: 200), "\"" + String(repeating: "a", count: 200) + "\""),
        (String(repeating: "a", count: 201), "\"" + String(repeating: "a", count: 200) + "…\""),
    ]

    @Test(arguments: quoted) func quotes(_ text: String, as quoted: String) {
        #expect(text.quoted == quoted)
    }

    static let paths: [(text: String, components: [String]?)] = [
        ("apps/web", ["apps", "web"]), ("./apps//web/", ["apps", "web"]), (".", []), ("", []), ("a/../b", ["b"]), ("a/..", []),
        ("a/./b", ["a", "b"]), ("..a/b..", ["..a", "b.."]), ("...", ["..."]), ("a b/ü", ["a b", "ü"]),
        ("/etc", nil), ("..", nil), ("a/../..", nil), ("a/../../a", nil), ("a\0b", nil), ("a\nb", nil),
        // A slash is a slash, whatever a neighbouring mark makes of it on the screen.
        ("a/\u{301}b", ["a", "\u{301}b"]), ("\u{600}/../b", ["b"]), ("/\u{301}etc", nil), ("\u{600}/../../b", nil),
    ]

    @Test(arguments: paths) func readsPath(_ text: String, components: [String]?) {
        #expect((try? TreePath(text))?.components == components)
    }

    static let resolved: [(from: String, text: String, result: String?)] = [
        ("apps/web", "../base", "apps/base"), ("apps/web", "x.yaml", "apps/web/x.yaml"), ("apps/web", "../..", "."),
        ("apps/web", "../../..", nil), ("apps/web", "/base", nil), (".", "a", "a"),
    ]

    @Test(arguments: resolved) func resolves(_ from: String, _ text: String, result: String?) throws {
        #expect((try? TreePath(from).resolving(text))?.description == result)
    }

    @Test func pathsKnowTheirPlace() throws {
        let path = try TreePath("a/b")
        #expect(try path.isInside(TreePath("a")) && path.isInside(path) && path.isInside(.root))
        #expect(try !path.isInside(TreePath("a/b/c")) && !TreePath("ab").isInside(TreePath("a")))
        #expect(path.name == "b" && path.parent.description == "a" && TreePath.root.parent.isRoot && TreePath.root.name == ".")
        #expect(try [TreePath("b"), TreePath("a/c"), TreePath("a")].sorted().map(\.description) == ["a", "a/c", "b"])
    }
}
