import Foundation
import Helm
import Manifests
import Model
import Testing

/// What Helm stores of a release.
@Suite struct ReleaseRecordTests {
    /// Two objects, a hook, and a test.
    private static let json = #"""
        {"name":"web","namespace":"shop","version":3,"info":{"status":"deployed"},"config":{"replicas":3},
         "chart":{"metadata":{"name":"web"},"values":{"replicas":1},"templates":[{"name":"templates/a.yaml","data":"eA=="}]},
         "manifest":"---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\n# Source: web/templates/b.yaml\napiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: other}\n---\n# Empty.\n",
         "hooks":[{"name":"j","kind":"Job","manifest":"apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, annotations: {helm.sh/hook: pre-upgrade}}"},
                  {"name":"t","kind":"Pod","manifest":"apiVersion: v1\nkind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}"}]}
        """#

    private static func base64(_ bytes: [UInt8]) -> [UInt8] { Array(Data(bytes).base64EncodedString().utf8) }

    /// A gzip member of blocks that are stored as they are.
    private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        for start in stride(from: 0, to: bytes.count, by: 65535) {
            let block = bytes[start..<min(start + 65535, bytes.count)]
            let length = UInt16(block.count)
            packed.append(start + 65535 >= bytes.count ? 1 : 0)
            packed += [length, ~length].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            packed += block
        }
        return packed + [UInt8](repeating: 0, count: 8)
    }

    @Test(arguments: [gzip(Array(json.utf8)), Array(json.utf8)])
    func `packed or not, its objects, hooks and values are there`(record: [UInt8]) throws {
        let release = try ReleaseRecord(Self.base64(record), place: "the release web")
        #expect(release.manifests.map { "\($0.kind) \($0.namespace ?? "-") \($0.name)" } == ["ConfigMap - a", "Secret other b"])
        #expect(release.chart == "web")
        #expect(release.hooks.map(\.name) == ["j"])
        #expect(Value.object(release.values) == ["replicas": 3] && Value.object(release.chartValues) == ["replicas": 1])
    }

    @Test func `what an older chart lacks is empty`() throws {
        let release = try ReleaseRecord(Self.base64(Array(#"{"name":"web"}"#.utf8)), place: "the release web")
        #expect(release.manifests.isEmpty && release.hooks.isEmpty && release.values.isEmpty && release.chartValues.isEmpty)
    }

    static let refused: [(record: [UInt8], reason: String, code: PlumbError.Code)] = [
        ([], "it is no JSON", .invalid),
        (Array("!".utf8), "it is no base64", .invalid),
        (base64(Array("no release".utf8)), "it is no JSON", .invalid),
        (base64([1, 2, 3]), "it is no JSON", .invalid),
        (base64(Array("[]".utf8)), "it is no JSON object", .invalid),
        (base64([0x1F, 0x8B, 8]), "it is damaged", .invalid),
        (base64(Array(gzip(Array(json.utf8)).prefix(200))), "it is damaged", .invalid),
        (base64(gzip([UInt8](repeating: 32, count: ReleaseRecord.limit + 1))), "it holds more than 16 MiB", .limit),
        (base64([UInt8](repeating: 32, count: ReleaseRecord.limit + 1)), "it holds more than 16 MiB", .limit),
        (base64(Array(#"{"manifest":"kind: Secret\npassword: [hunter2"}"#.utf8)), "its manifest is no YAML", .invalid),
    ]

    @Test(arguments: refused.indices) func `anything else is an error that says what to do`(index: Int) {
        let test = Self.refused[index]
        let error = #expect(throws: PlumbError.self) { try ReleaseRecord(test.record, place: "the release web") }
        #expect(error?.code == test.code)
        #expect(error?.message.hasPrefix("What Helm has stored of the release web cannot be read: \(test.reason)") ?? false)
        #expect(!"\(error as Any)".contains("hunter2"))
    }
}
