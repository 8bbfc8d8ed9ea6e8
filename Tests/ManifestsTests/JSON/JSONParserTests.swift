import Manifests
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null),
            (" true ", .bool(true)),
            ("\n\tfalse\r", .bool(false)),
            ("0", .integer(0)),
            ("-0", .integer(0)),
            ("12345678901234567", .integer(12_345_678_901_234_567)),
            ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.5", .double(1.5)),
            ("1.0", .integer(1)),
            ("1e3", .integer(1000)),
            ("1E+2", .integer(100)),
            ("-2.5e-3", .double(-0.0025)),
            ("1e-400", .integer(0)),
            ("\"\"", ""),
            (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{c}\n\r\tz")),
            (#""\u00e9\u20AC\ud83d\ude00\u0000""#, .string("é€😀\0")),
            ("\"é€😀\"", "é€😀"),
            ("[]", []),
            ("[ 1 , [ ] , { } ]", [1, [], [:]]),
            (#"{"b":1,"a":{"c":[null]}}"#, ["a": ["c": [.null]], "b": 1]),
            ("\u{FEFF}{}", [:]),
        ] as [(String, Value)])
    func readsWhatTheStandardPermits(text: String, value: Value) throws {
        #expect(try JSON.parse(Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ("", 1, "the JSON ends"),
            ("\n\n", 3, "the JSON ends"),
            ("nul", 1, "where a value should begin"),
            ("True", 1, "where a value should begin"),
            ("NaN", 1, "where a value should begin"),
            ("'a'", 1, "where a value should begin"),
            ("{} {}", 1, "more text after the end"),
            ("1\n2", 2, "more text after the end"),
            ("01", 1, "needless 0"),
            ("-01", 1, "needless 0"),
            ("1.", 1, "digit"),
            (".5", 1, "where a value should begin"),
            ("+1", 1, "where a value should begin"),
            ("-", 1, "digit"),
            ("1e", 1, "digit"),
            ("1e400", 1, "too large"),
            ("[1,]", 1, "where a value should begin"),
            ("[1 2]", 1, "should follow"),
            ("[", 1, "ends"),
            ("{\"a\"\n1}", 2, "\":\" should follow"),
            ("{\"a\":1,}", 1, "double quotes"),
            ("{a:1}", 1, "double quotes"),
            ("{\"a\":1\n,\n\"a\":2}", 3, "the key \"a\" occurs twice"),
            ("{\"b\":{},\"a\":1,\"c\":0,\n\"b\":2}", 2, "the key \"b\" occurs twice"),
            ("\"a", 1, "no closing quote"),
            ("\"a\nb\"", 1, "control character 0x0A"),
            ("\"\\x\"", 1, "escape"),
            ("\"\\u12g4\"", 1, "four hexadecimal digits"),
            (#""\ud83d""#, 1, "surrogate"),
            (#""\ude00""#, 1, "surrogate"),
            (#""\ud83d\u0041""#, 1, "surrogate"),
            ("// comment\n{}", 1, "where a value should begin"),
            ("\0", 1, "the byte 0x00"),
        ] as [(String, Int, String)])
    func refusesWhatItForbids(text: String, line: Int, message: String) {
        let error = #expect(throws: ManifestError.self) { try JSON.parse(Array(text.utf8), file: "a.json") }
        #expect(error?.origin == Origin(file: "a.json", line: line))
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22]]
            as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        #expect(throws: ManifestError.self) { try JSON.parse(bytes) }
    }

    @Test func refusesDepthWithoutEnd() throws {
        let deep = { (levels: Int) in Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8) }
        #expect(throws: Never.self) { try JSON.parse(deep(200)) }
        let error = #expect(throws: ManifestError.self) { try JSON.parse(deep(201)) }
        #expect(error?.message.contains("200 levels") == true)
        #expect(throws: ManifestError.self) { try JSON.parse(Array(repeating: UInt8(ascii: "["), count: 1_000_000)) }
        #expect(throws: ManifestError.self) { try JSON.parse(Array(String(repeating: "{\"a\":", count: 200_000).utf8)) }
    }
}
