import Helm
import Manifests
import Model
import TestSupport
import Testing

/// Helm's own engine and Plumb, given the same charts and values, produce the same text, or fail with the same words.
/// Nothing is expected from memory: Helm is asked when the tests run.
struct DifferentialTests {
    @Test func syntax() async throws { try await compare(Cases.syntax) }
    @Test func syntaxErrors() async throws { try await compare(Cases.syntaxErrors) }
    @Test func executionErrors() async throws { try await compare(Cases.executionErrors) }
    @Test func formatting() async throws { try await compare(Cases.formatting) }
    @Test func strings() async throws { try await compare(Cases.strings) }
    @Test func lists() async throws { try await compare(Cases.lists) }
    @Test func dictionaries() async throws { try await compare(Cases.dictionaries) }
    @Test func numbers() async throws { try await compare(Cases.numbers) }
    @Test func dates() async throws { try await compare(Cases.dates) }
    @Test func encodings() async throws { try await compare(Cases.encodings) }
    @Test func unreadableTexts() async throws { try await compare(Cases.unreadable) }
    @Test func regexes() async throws { try await compare(Cases.regexes) }
    @Test func versions() async throws { try await compare(Cases.versions) }
    @Test func digests() async throws { try await compare(Cases.digests) }
    @Test func charts() async throws { try await compare(try Cases.charts()) }
    @Test func valuesFiles() async throws { try await compare(try Cases.valuesFiles()) }
    @Test func subcharts() async throws { try await compare(try Cases.subcharts()) }
    @Test func generatedFormats() async throws { try await compare(Generated.formats(seed: 1, count: 60)) }
    @Test func generatedValues() async throws { try await compare(try Generated.values(seed: 2, count: 60)) }
    @Test func generatedTemplates() async throws { try await compare(Generated.templates(seed: 3, count: 120)) }

    private func compare(_ templates: [String]) async throws { try await compare(templates.map { HelmCase($0) }) }

    private func compare(_ cases: [HelmCase]) async throws {
        let expected = try await HelmReference.answers(to: cases.map(\.request))
        for (helmCase, expected) in zip(cases, expected) {
            let actual = await helmCase.rendered()
            #expect(actual.comparable == expected.comparable, "\(helmCase.description)\n\(helmCase.files)")
        }
    }
}

extension Outcome {
    /// Problems of a schema come in any order, and charts that cannot be read fail in Plumb's own words.
    fileprivate var comparable: Outcome {
        guard case .error(let message) = self else { return self }
        if message.contains("meet the specifications of the schema") {
            return .error(message.split(separator: "\n").sorted().joined(separator: "\n"))
        }
        let isOwn = [
            "error unpacking", "cannot load values.yaml:", "chart/values.yaml:", "is no chart:", "type mismatch on",
            "has a chart of that name", "validation: ",
            "no semantic version",
            "has to be application or library", "have the name or alias",
        ].contains {
            message.contains($0)
        }
        return .error(isOwn ? "a chart or values that cannot be used" : message)
    }
}
