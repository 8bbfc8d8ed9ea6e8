import Foundation
import Kustomize
import Manifests
import Model
import Subprocess
import Testing

/// Every case is built here and by `kubectl kustomize`: the same objects, in the same order.
@Suite(.serialized, .enabled(if: Kubectl.isThere, "kubectl is not on this machine: nothing to compare with"))
struct DifferentialTests {
    @Test(
        arguments: Cases.composition + Cases.layering + Cases.metadata + Cases.names + Cases.fields + Cases.orders + Cases.fidelity
            + Cases.fidelity2 + Cases.fidelity3)
    func composes(_ case: Case) async throws { try await compare(`case`) }

    @Test(
        arguments: Cases.strategicMerges + Cases.patches + Cases.patchOptions + Cases.patchOptions2 + Cases.jsonPatches
            + Cases.schemas + Cases.patchMetadata + Cases.listDirectives)
    func patches(_ case: Case) async throws { try await compare(`case`) }

    @Test(arguments: Cases.sharedLabels)
    func sharesLabels(_ case: Case) async throws { try await compare(`case`) }

    @Test(arguments: Cases.replacements + Cases.replacementOptions + Cases.replacementOptions2)
    func replaces(_ case: Case) async throws { try await compare(`case`) }

    @Test(arguments: Cases.generators + Cases.generatorOptions + Cases.images)
    func generates(_ case: Case) async throws { try await compare(`case`) }

    @Test(
        arguments: Cases.configurations + Cases.plugins + Cases.pluginGenerators + Cases.variables + Cases.buildMetadata
            + Cases.randomFinds)
    func configures(_ case: Case) async throws { try await compare(`case`) }

    @Test(
        arguments: Cases.refused + Cases.refusedPlugins + Cases.refusedVariables + Cases.refusedReplacements
            + Cases.refusedReplacementOptions + Cases.refusedPatchOptions + Cases.refusedSchemas + Cases.refusedJsonPatches)
    func refuses(_ case: Case) async throws { try await refuse(`case`) }

    @Test(
        arguments: Cases.refusedGeneratorOptions + Cases.refusedLayering + Cases.refusedFidelity + Cases.refusedFields
            + Cases.refusedOrders + Cases.refusedFidelity2 + Cases.refusedFidelity3 + Cases.refusedRandomFinds)
    func refusesWholes(_ case: Case) async throws { try await refuse(`case`) }

    private func refuse(_ case: Case) async throws {
        let theirs = try await Kubectl.kustomize(`case`)
        #expect(theirs == nil, "kubectl builds this")
        await #expect(throws: PlumbError.self) { try await Kustomize.build(TreePath(`case`.root), in: MemoryTree(`case`.files)) }
    }

    private func compare(_ case: Case) async throws {
        let text = try #require(try await Kubectl.kustomize(`case`), "kubectl refuses this case")
        let theirs = try YAML.parse(Array(text.utf8), file: "kubectl").map(\.value)
        let ours = try await Kustomize.build(TreePath(`case`.root), in: MemoryTree(`case`.files)).map(\.value)
        #expect(ours.map(name) == theirs.map(name))
        for (our, their) in zip(ours, theirs) where our != their {
            Issue.record("ours:\n\(YAML.serialize(our))\ntheirs:\n\(YAML.serialize(their))")
        }
    }

    private func name(_ value: Value) -> String {
        let parts = [value["kind"], value.at("metadata", "namespace"), value.at("metadata", "name")]
        return parts.map { $0?.string ?? "-" }.joined(separator: " ")
    }
}

enum Kubectl {
    static let isThere = ["/usr/bin", "/usr/local/bin", "/bin"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/kubectl")
    }

    /// What `kubectl kustomize` prints for the case, or nil where it fails.
    static func kustomize(_ case: Case) async throws -> String? {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("kustomize-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        for (path, content) in `case`.files {
            let file = directory.appendingPathComponent(path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
        }
        let result = try await run(
            .name("kubectl"), arguments: ["kustomize", directory.appendingPathComponent(`case`.root).path],
            output: .string(limit: 8 << 20), error: .string(limit: 1 << 20)
        )
        return result.terminationStatus.isSuccess ? result.standardOutput : nil
    }
}
