/// The types of an OpenAPI document, as far as patches and scopes need them.
package struct OpenAPISchema: Sendable {
    private let definitions: Object
    /// The names of definitions, by `apiVersion kind`.
    private let types: [String: String]
    private let scopes: [String: BuiltinKinds.Scope]

    /// Reads a document with `definitions` and perhaps `paths`; what it lacks is not known. Throws where it is no mapping.
    package init(_ document: Value) throws(ManifestError) {
        guard document.object != nil else { throw ManifestError("An OpenAPI document is a mapping, not \(document.typeName).") }
        definitions = document["definitions"]?.object ?? Object()
        var types: [String: String] = [:]
        for definition in definitions {
            let kinds = definition.value[Self.kindMark]?.array ?? []
            guard kinds.count == 1, let type = Self.type(kinds[0]) else { continue }
            types[type] = definition.key
        }
        self.types = types
        var scopes: [String: BuiltinKinds.Scope] = [:]
        for path in document["paths"]?.object ?? Object() {
            guard let mark = path.value.at("get", Self.kindMark), let type = Self.type(mark) else { continue }
            if path.key.contains("namespaces/{namespace}") {
                scopes[type] = .namespaced
            } else if scopes[type] == nil {
                scopes[type] = .cluster
            }
        }
        self.scopes = scopes
    }

    /// The scope of a kind, or nil where the document does not tell.
    package func scope(apiVersion: String, kind: String) -> BuiltinKinds.Scope? { scopes["\(apiVersion) \(kind)"] }

    func definition(apiVersion: String, kind: String) -> Value? { types["\(apiVersion) \(kind)"].flatMap { definitions[$0] } }

    /// The schema that a schema stands for, behind its references.
    func resolved(_ schema: Value?) -> Value? {
        var current = schema
        for _ in 0..<Self.references {
            guard let reference = current?["$ref"]?.string else { return current }
            current = definitions[reference.split(separator: "/").last.map(String.init) ?? ""]
        }
        return nil
    }

    private static let references = 32
    private static let kindMark = "x-kubernetes-group-version-kind"

    private static func type(_ mark: Value) -> String? {
        guard let version = mark["version"]?.string, let kind = mark["kind"]?.string else { return nil }
        let group = mark["group"]?.string ?? ""
        return "\(group.isEmpty ? version : "\(group)/\(version)") \(kind)"
    }
}
