import Manifests
import Testing

/// Input made to fill the memory or the stack: each ends in an error, and soon.
@Suite(.timeLimit(.minutes(1))) struct YAMLHostileTests {
    @Test func anAliasBombIsRefused() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<40 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        let error = refusal(of: text)
        #expect(error?.message.contains("the aliases expand") == true)
        #expect(error?.origin?.line ?? 0 > 1)
    }

    @Test func aBombOfMergesIsRefused() {
        var text = "a0: &a0 {\((0..<500).map { "k\($0): v" }.joined(separator: ", "))}\n"
        for level in 1..<5000 { text += "b\(level): {<<: [\(Array(repeating: "*a0", count: 50).joined(separator: ", "))]}\n" }
        #expect(refusal(of: text)?.message.contains("the aliases expand") == true)
    }

    @Test func aLargeTextRepeatedIsRefused() {
        let text =
            "a: &a \(String(repeating: "x", count: 100_000))\nb: [\(Array(repeating: "*a", count: 1000).joined(separator: ", "))]\n"
        #expect(refusal(of: text)?.message.contains("the aliases expand") == true)
    }

    @Test func ordinaryAliasesAreNot() throws {
        let text = "a: &a {x: 1, y: [1, 2, 3]}\nb: [\(Array(repeating: "*a", count: 1000).joined(separator: ", "))]\n"
        #expect(try YAML.parse(Array(text.utf8), file: "").first?.value["b"]?.array?.count == 1000)
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "!!x [", "&a ["])
    func depthIsBounded(opening: String) {
        #expect(refusal(of: String(repeating: opening, count: 100_000)) != nil)
    }

    @Test func depthIsBoundedThroughAliases() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<300 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(refusal(of: text)?.message.contains("200 levels") == true)
    }

    @Test func sizeIsBounded() {
        let bytes = Array(repeating: UInt8(ascii: "\n"), count: (16 << 20) + 1)
        let error = #expect(throws: ManifestError.self) { try YAML.parse(bytes, file: "big.yaml") }
        #expect(error?.message.contains("16777217 bytes") == true)
        #expect(throws: Never.self) { try YAML.parse(Array("a: 1".utf8), file: "", limits: YAML.Limits(bytes: 4)) }
        #expect(throws: ManifestError.self) { try YAML.parse(Array("a: 12".utf8), file: "", limits: YAML.Limits(bytes: 4)) }
    }

    @Test(
        arguments: [
            [0x61, 0x3A, 0x20, 0xFF], [0x61, 0x3A, 0x20, 0xC0, 0x80], [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], [0xFF, 0xFE, 0x61],
        ] as [[UInt8]])
    func invalidEncodingsAreRefused(bytes: [UInt8]) {
        #expect(throws: ManifestError.self) { try YAML.parse(bytes, file: "") }
    }

    @Test func manyKeysAreRead() throws {
        let text = (0..<50_000).reversed().map { "key\($0): \($0)" }.joined(separator: "\n")
        #expect(try YAML.parse(Array(text.utf8), file: "").first?.value.object?.count == 50_000)
    }

    private func refusal(of text: String) -> ManifestError? {
        do {
            _ = try YAML.parse(Array(text.utf8), file: "hostile.yaml")
            return nil
        } catch {
            return error
        }
    }
}
