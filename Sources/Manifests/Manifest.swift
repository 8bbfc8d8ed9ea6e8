/// One desired object, and where it was written.
package struct Manifest: Sendable, Hashable {
    package var value: Value
    package var origin: Origin
    /// The strings of `value` whose meaning waits for the values of variables; see `YAML.Document`.
    package var templates: Set<ValuePath>

    package init(value: Value, origin: Origin, templates: Set<ValuePath> = []) {
        self.value = value
        self.origin = origin
        self.templates = templates
    }

    package var apiVersion: String { value["apiVersion"]?.string ?? "" }
    package var kind: String { value["kind"]?.string ?? "" }
    package var name: String { value.at("metadata", "name")?.string ?? "" }
    package var generateName: String? { value.at("metadata", "generateName")?.string }
    /// The namespace as written; whether one belongs there is for the target to say.
    package var namespace: String? { value.at("metadata", "namespace")?.string.flatMap { $0.isEmpty ? nil : $0 } }

    /// `apps` of `apps/v1`; empty for the core group.
    package var group: String {
        let version = apiVersion
        guard let slash = version.firstIndex(of: "/") else { return "" }
        return String(version[..<slash])
    }

    package var annotations: Object { value.at("metadata", "annotations")?.object ?? Object() }
    package var labels: Object { value.at("metadata", "labels")?.object ?? Object() }

    package func annotation(_ key: String) -> String? { annotations[key]?.string }
}

/// Where something was written: a file of the source, and the line (from 1) its text starts on.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    package var line: Int?

    package init(file: String, line: Int? = nil) {
        self.file = file
        self.line = line
    }

    package var description: String { line.map { "\(file):\($0)" } ?? file }
}
