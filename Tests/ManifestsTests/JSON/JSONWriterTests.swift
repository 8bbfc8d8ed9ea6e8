import Manifests
import Testing

@Suite struct JSONWriterTests {
    /// The right side is what Go's encoding/json prints.
    @Test(
        arguments: [
            (0.5, "0.5"), (3, "3"), (-0.0, "-0"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (-1.5e300, "-1.5e+300"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"), (0.1, "0.1"), (123456789.123, "123456789.123"), (9_007_199_254_740_993, "9007199254740992"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (0.00001234, "0.00001234"), (1.25e-10, "1.25e-10"),
            (100.125, "100.125"),
        ] as [(Double, String)])
    func printsNumbersAsGo(double: Double, text: String) {
        #expect(Value.double(double).json == text)
    }

    @Test func sortsKeysByBytesAndEscapesOnlyWhatItMust() {
        let value: Value = ["é": "<&>\u{7F}", "b": "\u{1}\u{8}\u{C}\n\r\t\"\\/", "B": "\u{2028}\u{2029}\u{2027}", "a/b": .null]
        #expect(
            value.json == #"{"B":"\u2028\u2029"# + "\u{2027}" + #"","a/b":null,"b":"\u0001\b\f\n\r\t\"\\/","é":"<&>"# + "\u{7F}\"}")
    }

    @Test func indentsWhenAsked() {
        let value: Value = ["a": [1, [], [:]], "b": ["c": true]]
        let text = """
            {
              "a": [
                1,
                [],
                {}
              ],
              "b": {
                "c": true
              }
            }
            """
        #expect(String(decoding: JSON.serialize(value, pretty: true), as: UTF8.self) == text)
    }

    @Test func readsBackWhatItWrites() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<500 {
            let value = random.value(depth: 4)
            #expect(try JSON.parse(JSON.serialize(value)) == value)
            #expect(try JSON.parse(JSON.serialize(value, pretty: true)) == value)
        }
    }
}
