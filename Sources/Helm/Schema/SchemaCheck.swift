import Manifests
import Model
import Template

/// Values against the `values.schema.json` of a chart and of the charts in it.
enum SchemaCheck {
    /// Throws `invalid` that names every value that does not fit.
    static func check(_ chart: Chart, values: GoMap) throws {
        let problems = try self.problems(chart, values: values)
        guard !problems.isEmpty else { return }
        throw PlumbError(
            .invalid,
            "values don't meet the specifications of the schema(s) in the following chart(s):\n"
                + problems.joined(separator: "\n"))
    }

    private static func problems(_ chart: Chart, values: GoMap) throws -> [String] {
        var result: [String] = []
        if let schema = chart.schema {
            let root: Value
            do { root = try JSON.parse(schema, file: "\(chart.name)/values.schema.json", lastKeyCounts: true) } catch {
                throw PlumbError(.invalid, error.message, at: error.origin)
            }
            var validator = SchemaValidator(root: root)
            let found = try validator.validate(.object(values.object))
            if !found.isEmpty {
                result += ["\(chart.name):"] + found.map { "- at '\($0.path)': \($0.message)" }
            }
        }
        for child in chart.dependencies {
            guard case .map(let own)? = values[child.name] else { continue }
            result += try problems(child, values: own)
        }
        return result
    }
}
