import Manifests
import Testing

@Suite struct YAMLWriterTests {
    @Test func printsWhatKubectlPrints() throws {
        let value = try JSON.parse(Array(WriterSample.json.utf8))
        #expect(YAML.serialize(value) == WriterSample.yaml)
    }

    @Test(
        arguments: [
            (.null, "null\n"), ([], "[]\n"), ([:], "{}\n"), ("", "\"\"\n"), ("a\nb", "|-\n  a\n  b\n"),
            ([[], [[]]], "- []\n- - []\n"),
            (["a": ["b": []]], "a:\n  b: []\n"), (["a\nb": [1]], "? |-\n  a\n  b\n: - 1\n"), ("\u{85}", "\"\\N\"\n"),
            (.double(1e6 + 0.5), "1.0000005e+06\n"),
        ] as [(Value, String)])
    func printsOddDocuments(value: Value, text: String) throws {
        #expect(YAML.serialize(value) == text)
        if value != .null { #expect(try YAML.parse(Array(text.utf8), file: "").map(\.value) == [value]) }
    }

    @Test func printsStreams() {
        #expect(YAML.serialize(stream: [["a": 1], ["b": 2]]) == "a: 1\n---\nb: 2\n")
    }

    @Test func readsBackWhatItWrites() throws {
        var random = SplitMix(seed: 2)
        for _ in 0..<2000 {
            let value: Value = ["value": random.value(depth: 4)]
            let text = YAML.serialize(value)
            #expect(try YAML.parse(Array(text.utf8), file: "").map(\.value) == [value], "\(text)")
        }
    }
}
