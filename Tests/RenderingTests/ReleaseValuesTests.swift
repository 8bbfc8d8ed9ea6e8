import Manifests
import Model
import Rendering
import Testing

/// A release's values beside an application's.
@Suite struct ReleaseValuesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var values = "{}"
        var defaults = "{}"
        /// In the Application.
        var own = "{}"
        var file = ""
        /// In the chart.
        var chart = ""
        let expected: [String]
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(name: "none", expected: []),
        Case(name: "the same", values: #"{"a":{"b":1}}"#, own: #"{"a":{"b":1}}"#, expected: []),
        Case(name: "another", values: #"{"a":{"b":1,"c":2}}"#, own: #"{"a":{"b":2,"c":2}}"#, expected: ["a.b"]),
        Case(name: "only the release's", values: #"{"a":1,"b":{"c":[1]}}"#, expected: ["a", "b.c"]),
        Case(name: "only the application's", own: #"{"a":1}"#, expected: ["a"]),
        Case(name: "a default by now", values: #"{"a":1}"#, chart: "a: 1\n", expected: []),
        Case(name: "a default before", defaults: #"{"a":1}"#, own: #"{"a":1}"#, expected: []),
        Case(name: "a default that nobody set has changed", defaults: #"{"a":1}"#, chart: "a: 2\n", expected: []),
        Case(name: "taken away", values: #"{"a":null}"#, defaults: #"{"a":1}"#, expected: []),
        Case(name: "taken away, and there", values: #"{"a":null}"#, chart: "a: 1\n", expected: ["a"]),
        Case(name: "from a file", values: #"{"a":1}"#, file: "a: 1\n", expected: []),
        Case(name: "an empty mapping", values: #"{"a":{}}"#, expected: ["a"]),
    ]

    @Test(arguments: cases) func differ(_ test: Case) async throws {
        func object(_ text: String) throws -> Object { try JSON.parse(Array(text.utf8)).object ?? Object() }
        let tree = try MemoryTree([
            "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "web/values.yaml": test.chart,
            "web/eu.yaml": test.file,
        ])
        var settings = HelmSettings()
        settings.values = try object(test.own)
        settings.valuesFiles = ["eu.yaml"]
        let source = Application.Source(path: "web", renderer: .helm(settings))
        let found = try await ReleaseValues.differences(
            try object(test.values), over: try object(test.defaults), from: source, in: tree)
        #expect(found == test.expected)
    }
}
