import Manifests
import Testing

@Suite struct YAMLWriterTests {
    @Test func printsWhatKubectlPrints() throws {
        let value = try JSON.parse(Array(WriterSample.json.utf8))
        #expect(YAML.serialize(value) == WriterSample.yaml)
    }
}
