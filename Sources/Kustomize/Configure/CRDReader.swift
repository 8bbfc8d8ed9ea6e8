import Manifests
import Model

/// Reads the files of `crds:`: definitions of types in OpenAPI, whose marks say which fields are labels, annotations, names,
/// or names of other objects.
enum CRDReader {
    private static let depth = 32
    private static let fields = 10_000

    static func read(_ bytes: [UInt8], file: String) throws -> FieldConfiguration {
        var result = FieldConfiguration()
        for document in try Documents.parse(bytes, file: file, dialect: .kubernetes) {
            let definitions = document.value.object ?? Object()
            guard definitions.members.allSatisfy({ $0.value.object != nil }) else {
                throw PlumbError(
                    .invalid, "This file under crds does not map the names of types to their OpenAPI definitions.",
                    remedy: "List a CustomResourceDefinition under resources.", at: Origin(file: file, line: document.line))
            }
            for definition in definitions {
                guard let properties = properties(definition.value),
                    ["kind", "apiVersion", "metadata"].allSatisfy({ properties[$0] != nil })
                else { continue }
                let kind = String(definition.key.split(separator: ".", omittingEmptySubsequences: false).last ?? "")
                var walk = Walk(definitions: definitions, kind: kind, file: file)
                try walk.visit(properties, at: [])
                try result.merge(walk.found, file: file)
            }
        }
        return result
    }

    private static func properties(_ definition: Value) -> Object? {
        let schema = definition.object?.first { $0.key.lowercased() == "schema" }?.value
        return schema?["properties"]?.object
    }

    private struct Walk {
        let definitions: Object
        let kind: String
        let file: String
        var found = FieldConfiguration()
        private var visited = 0

        init(definitions: Object, kind: String, file: String) {
            (self.definitions, self.kind, self.file) = (definitions, kind, file)
        }

        mutating func visit(_ properties: Object, at path: [String]) throws {
            visited += properties.count
            guard path.count < CRDReader.depth, visited < CRDReader.fields else {
                throw PlumbError(
                    .limit, "The definition of \(kind) is too deep or too large to follow.",
                    remedy: "See whether its types refer to each other in a circle.", at: Origin(file: file))
            }
            for property in properties {
                let marks = property.value
                let field = FieldSpec((path + [property.key]).joined(separator: "/"), kind: kind)
                if marks["x-kubernetes-annotation"] != nil { found.commonAnnotations.append(field) }
                if marks["x-kubernetes-label-selector"] != nil { found.commonLabels.append(field) }
                if marks["x-kubernetes-identity"] != nil { found.namePrefix.append(field) }
                if let version = marks["x-kubernetes-object-ref-api-version"]?.string,
                    let target = marks["x-kubernetes-object-ref-kind"]?.string
                {
                    let key = marks["x-kubernetes-object-ref-name-key"]?.string ?? "name"
                    let referrer = FieldSpec((path + [property.key, key]).joined(separator: "/"), kind: kind)
                    found.nameReferences.append(
                        FieldConfiguration.NameReference(target: GVK(version: version, kind: target), referrers: [referrer]))
                }
                if let reference = marks["$ref"]?.string, let definition = definitions[reference],
                    let inner = CRDReader.properties(definition)
                {
                    try visit(inner, at: path + [property.key])
                }
            }
        }
    }
}
