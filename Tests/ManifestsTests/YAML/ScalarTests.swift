import Manifests
import Testing

@Suite struct ScalarTests {
    @Test(arguments: ScalarTable.cases)
    func scalarsMeanWhatKubernetesReads(text: String, json: String?) throws {
        guard let json else {
            #expect(throws: ManifestError.self) { try YAML.value(of: text) }
            return
        }
        #expect(try YAML.value(of: text) == JSON.parse(Array(json.utf8)))
    }
}

extension YAML {
    /// What `v` becomes in the mapping `v: <text>`.
    static func value(of text: String) throws -> Value? {
        try YAML.parse(Array("v: \(text)\n".utf8), file: "test.yaml").first?.value["v"]
    }
}
