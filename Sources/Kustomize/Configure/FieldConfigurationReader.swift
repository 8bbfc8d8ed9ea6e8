import Manifests
import Model

/// Reads the files of `configurations:`. What they do not know they pass over, as Kustomize does.
enum FieldConfigurationReader {
    static func read(_ bytes: [UInt8], file: String) throws -> FieldConfiguration {
        var result = FieldConfiguration()
        guard let document = try Documents.parse(bytes, file: file, dialect: .kubernetes).first else { return result }
        let known = Set(FieldConfiguration.lists.map(\.key) + ["nameReference"])
        let fields = try FieldReader(document.value, file: file, known: known)
        for (key, path) in FieldConfiguration.lists { result[keyPath: path] = try fieldSpecs(key, of: fields) }
        result.nameReferences = try fields.list("nameReference", known: ["group", "version", "kind", "fieldSpecs"]) { target, _ in
            FieldConfiguration.NameReference(target: try gvk(of: target), referrers: try fieldSpecs("fieldSpecs", of: target))
        }
        result.sortByType()
        return result
    }

    static let fieldSpecKeys: Set<String> = ["group", "version", "kind", "path", "create"]

    /// A list of `{group, version, kind, path, create}`.
    static func fieldSpecs(_ key: String, of fields: FieldReader) throws -> [FieldSpec] {
        try fields.list(key, known: fieldSpecKeys) { spec, _ in
            FieldSpec(
                try spec.string("path"), kind: try spec.string("kind"), group: try spec.string("group"),
                version: try spec.string("version"), create: try spec.bool("create")
            )
        }
    }

    static func gvk(of fields: FieldReader) throws -> GVK {
        GVK(group: try fields.string("group"), version: try fields.string("version"), kind: try fields.string("kind"))
    }
}
