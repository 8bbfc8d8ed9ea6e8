import Foundation
import Testing

/// The page that tells newcomers what each module knows names all of them.
@Suite struct ArchitectureTests {
    @Test func everyModuleIsInTheTable() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
        let modules = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
        #expect(modules.count > 10)
        for module in modules where !module.hasPrefix(".") { #expect(page.contains("| `\(module)` |"), "\(module)") }
    }
}
