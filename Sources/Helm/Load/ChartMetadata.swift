package import Manifests
import Model

/// What `Chart.yaml` says.
package struct ChartMetadata: Sendable {
    package var apiVersion: String
    package var name: String
    package var version: String
    package var kubeVersion: String
    package var type: String
    package var dependencies: [ChartDependency]
    /// Everything, as it was written.
    let fields: Object

    /// Throws `invalid` for a file that is no mapping, or lacks what every chart has.
    init(_ bytes: [UInt8], file: String) throws {
        guard case .object(let fields)? = try YAML.parse(bytes, file: file).first?.value else {
            throw PlumbError(.invalid, "\(file) is no mapping.", remedy: "A Chart.yaml has at least apiVersion, name and version.")
        }
        self.fields = fields
        func text(_ key: String) -> String { Self.text(fields[key]) }
        apiVersion = text("apiVersion").isEmpty ? "v1" : text("apiVersion")
        (name, version, kubeVersion, type) = (text("name"), text("version"), text("kubeVersion"), text("type"))
        dependencies = try (fields["dependencies"]?.array ?? []).map { try ChartDependency($0, file: file) }
        for (key, value) in [("name", name), ("version", version)] where value.isEmpty {
            throw PlumbError(.invalid, "\(file) has no \(key).", remedy: "Every chart has apiVersion, name and version.")
        }
        guard !name.contains("/"), name != ".", name != ".." else {
            throw PlumbError(.invalid, "\(file): the name \(name.quoted) of the chart is a path.")
        }
    }

    /// Scalars as text, as Helm takes `appVersion: 1.16`.
    static func text(_ value: Value?) -> String {
        switch value {
        case .string(let text)?: text
        case nil, .null?: ""
        case let other?: other.json
        }
    }

    var isLibrary: Bool { type.lowercased() == "library" }
}

/// A chart that a chart asks for.
package struct ChartDependency: Sendable {
    package var name: String
    package var version: String
    package var repository: String
    package var condition: String
    package var tags: [String]
    package var alias: String
    package var importValues: [Value]
    package var isEnabled = true

    init(_ value: Value, file: String) throws {
        guard case .object(let fields) = value else {
            throw PlumbError(.invalid, "\(file): an entry of dependencies is no mapping.")
        }
        func text(_ key: String) -> String { ChartMetadata.text(fields[key]) }
        (name, version, repository) = (text("name"), text("version"), text("repository"))
        (condition, alias) = (text("condition"), text("alias"))
        tags = (fields["tags"]?.array ?? []).compactMap(\.string)
        importValues = fields["import-values"]?.array ?? []
        guard !name.isEmpty else { throw PlumbError(.invalid, "\(file): an entry of dependencies has no name.") }
    }
}
