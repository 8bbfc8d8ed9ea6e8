import Helm
import Manifests
import Model
import Template

/// A chart and values, to be rendered by Helm and by Plumb.
struct HelmCase: Sendable, CustomStringConvertible {
    var files: [String: String]
    var values: Object?
    var description: String

    /// A chart of one template, with a few values to work on.
    init(_ template: String) {
        files = [
            "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
            "values.yaml": "a: 1\ns: str\nl: [1, two, {k: v}]\nm: {x: {y: 1}}\nbig: 1000000\nb: true\n",
            "templates/x.yaml": template,
        ]
        description = template
    }

    init(_ description: String, files: [String: String], values: String? = nil) throws {
        self.description = description
        self.files = ["Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n"].merging(files) { $1 }
        self.values = try values.flatMap { try YAML.parse(Array($0.utf8), file: "values").first?.value.object }
    }

    var request: Value {
        var request = Object([("op", .string("render")), ("files", .object(Object(files.map { ($0.key, .string($0.value)) })))])
        request["values"] = values.map { .object($0) }
        return .object(request)
    }

    /// What Plumb makes of it: path and text of each template, or the error.
    func rendered() async -> Outcome {
        do {
            let tree = try MemoryTree(Dictionary(uniqueKeysWithValues: files.map { ("chart/" + $0.key, $0.value) }))
            let chart = try await Chart.load(from: tree, at: try TreePath("chart"))
            var options = RenderOptions(releaseName: "r", namespace: "n")
            options.environment.zone = { Zones.file($0) }
            if let values { options.values = [.object(values)] }
            return .result(.object(Object(try chart.render(options).map { ($0.path, .string($0.text)) })))
        } catch {
            return .error((error as? PlumbError)?.message ?? "\(error)")
        }
    }
}

/// What came of one request.
enum Outcome: Equatable, Sendable, CustomStringConvertible {
    case result(Value)
    case error(String)

    var description: String {
        switch self {
        case .result(let value): value.json
        case .error(let message): "error: \(message)"
        }
    }

    var isError: Bool { if case .error = self { true } else { false } }
}
